import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Provider } from './provider.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import type { Tokens } from './tokens.ts';

/** So long before its end a token is not begun with any more: a connection has to come about with it. At most a fifth of its life. */
const aheadMs = 5 * 60_000;
/** A provider that said that a sign-in has ended is not asked again at every cycle. */
const endedForMs = 60 * 60_000;

interface Access {
  readonly token: string;
  readonly endsAtMs: number | null;
  readonly freshUntilMs: number;
}

export interface SignedInParts {
  /** As the person calls the account; for the sentence. */
  readonly name: () => string;
  readonly provider: Provider;
  readonly tokens: RefreshTokens;
  readonly clock: Clock;
  /** Whether the provider says that the sign-in has ended; told when an answer says one or the other. */
  readonly onEnded: (hasEnded: boolean) => void;
  /** When it will, where an answer says that. */
  readonly onEnd: (endsAtMs: number) => void;
}

/** A sign-in that was made, kept alive for as long as the provider lets it live. However many need a token, one question is asked. */
export class SignedIn {
  readonly #parts: SignedInParts;
  #access: Access | undefined;
  #asking: Promise<Access> | undefined;
  #endsAtMs: number | undefined;
  #ended: { readonly failure: StrataError; readonly atMs: number } | undefined;

  /** `first`: as it came from the sign-in, where that was just now. */
  constructor(parts: SignedInParts, first?: Tokens) {
    this.#parts = parts;
    if (first !== undefined) this.#access = this.#accessOf(first);
    this.#endsAtMs = first?.signInEndsAtMs;
  }

  async read(): Promise<{ kind: 'token'; accessToken: string; drop(): void }> {
    const isFresh = this.#access !== undefined && this.#parts.clock.nowMs() < this.#access.freshUntilMs;
    const access = isFresh && this.#access !== undefined ? this.#access : await this.#renewed();
    return {
      kind: 'token',
      accessToken: access.token,
      drop: () => {
        if (this.#access === access) this.#access = undefined;
      },
    };
  }

  /** All that there is of it now, to be kept elsewhere. */
  async newest(): Promise<Tokens> {
    const { token: accessToken, endsAtMs } = this.#access ?? (await this.#renewed());
    const [refreshToken = null] = await this.#parts.tokens.all();
    return { accessToken, endsAtMs, refreshToken, signInEndsAtMs: this.#endsAtMs };
  }

  #renewed(): Promise<Access> {
    this.#asking ??= this.#renew().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #renew(): Promise<Access> {
    const { clock, tokens, onEnded } = this.#parts;
    if (this.#ended !== undefined && clock.nowMs() < this.#ended.atMs + endedForMs) throw this.#ended.failure;
    const all = await tokens.all();
    if (all.length === 0) throw new StrataError('source.needs-sign-in', 'after-user-action', { source: this.#parts.name() });
    try {
      const { used, answer } = await this.#ask(all);
      // Before anybody has anything of it: from here on the old one may be worth nothing.
      const newest = answer.refreshToken ?? used;
      if (newest !== all[0] || all.length > 1) await tokens.replace(newest);
      this.#access = this.#accessOf(answer);
      this.#ended = undefined;
      onEnded(false);
      this.#endsAtMs = answer.signInEndsAtMs ?? this.#endsAtMs;
      if (answer.signInEndsAtMs !== undefined) this.#parts.onEnd(answer.signInEndsAtMs);
      return this.#access;
    } catch (error) {
      if (!isEnd(error)) throw error;
      const failure = new StrataError(
        'source.sign-in-expired',
        'after-user-action',
        { source: this.#parts.name() },
        { cause: error },
      );
      this.#ended = { failure, atMs: clock.nowMs() };
      onEnded(true);
      throw failure;
    }
  }

  /** The older one of two only when the newer one is refused: used earlier, it would look like a thief's. */
  async #ask([token = '', ...older]: readonly string[]): Promise<{ used: string; answer: Tokens }> {
    try {
      return { used: token, answer: await this.#parts.provider.refresh(token) };
    } catch (error) {
      if (!isEnd(error) || older.length === 0) throw error;
      return this.#ask(older);
    }
  }

  #accessOf({ accessToken: token, endsAtMs }: Tokens): Access {
    if (endsAtMs === null) return { token, endsAtMs, freshUntilMs: Number.POSITIVE_INFINITY };
    const lifeMs = endsAtMs - this.#parts.clock.nowMs();
    return { token, endsAtMs, freshUntilMs: endsAtMs - Math.min(aheadMs, lifeMs / 5) };
  }
}

/** RFC 6749, 5.2: invalid, expired, revoked; all the same to us. */
const isEnd = (error: unknown): boolean => isStrataError(error) && error.facts['reason'] === 'invalid_grant';

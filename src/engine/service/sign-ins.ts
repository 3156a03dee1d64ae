import type { GrantId } from '../../shared/domain/ids.ts';
import { canonicalJson, type JsonValue } from '../../shared/domain/json.ts';
import type { OAuthSignIn } from '../../shared/domain/sign-in.ts';
import { Cancelled, StrataError } from '../../shared/domain/strata-error.ts';
import { newId } from '../kernel/random.ts';
import type { Web } from '../kernel/web.ts';
import {
  inMemory,
  type Page,
  Provider,
  RefreshTokens,
  SignedIn,
  signInByCode,
  signInInBrowser,
  type Tokens,
} from '../sign-in/index.ts';
import type { Parts } from './parts.ts';

/** What a sign-in brought. Good for trying it out; a token that is renewed meanwhile is in it as well. */
export interface Grant {
  readonly signIn: OAuthSignIn;
  readonly clientSecret: string | null;
  readonly signedIn: SignedIn;
}

export interface SignInRequest {
  readonly signIn: OAuthSignIn;
  readonly user: string;
  readonly clientSecret: string | null;
  readonly way: 'browser' | 'code';
  readonly page: Page;
}

interface Pending {
  readonly grant: Promise<Grant>;
  readonly stop: AbortController;
}

/** Each of them holds a port or asks a provider again and again: whoever begins more gives up the oldest. */
const mostAtOnce = 4;

/** Sign-ins that somebody is in the middle of, and what those that are done have brought. In memory alone: a source keeps it, or it is gone. */
export class SignIns {
  readonly #parts: Parts;
  readonly #web: Web;
  readonly #pending = new Map<GrantId, Pending>();

  constructor(parts: Parts, web: Web) {
    this.#parts = parts;
    this.#web = web;
  }

  async begin({ signIn, user, clientSecret, way, page }: SignInRequest) {
    const { clock, random } = this.#parts;
    const [oldest] = this.#pending.keys();
    if (oldest !== undefined && this.#pending.size >= mostAtOnce) this.cancel(oldest);
    const provider = new Provider(signIn, clientSecret, { web: this.#web, clock });
    const stop = new AbortController();
    const attempt =
      way === 'code'
        ? await signInByCode(provider, stop.signal, clock)
        : await signInInBrowser(provider, { user, page, signal: stop.signal }, { clock, random });
    const grant = attempt.tokens.then(async (tokens) => {
      const signedIn = await this.#inMemory(provider, user, tokens);
      return { signIn, clientSecret, signedIn };
    });
    grant.catch(() => undefined); // whoever waits is told
    const id = newId<GrantId>(random);
    this.#pending.set(id, { grant, stop });
    const { address, code, endsAtMs } = attempt;
    return { grant: id, address, code, endsAtMs };
  }

  /** Until the person is done, or has failed. */
  async wait(id: GrantId): Promise<void> {
    await this.#granted(id);
  }

  /** Also puts away what is done. */
  cancel(id: GrantId): void {
    this.#pending.get(id)?.stop.abort();
    this.#pending.delete(id);
  }

  /** For the very sign-in that was made: what it brought is shown to no other server. */
  async take(id: GrantId, signIn: OAuthSignIn): Promise<Grant> {
    const grant = await this.#granted(id);
    if (isSameSignIn(grant.signIn, signIn)) return grant;
    throw new StrataError('input.invalid', 'never', { field: 'grant' });
  }

  async #inMemory(provider: Provider, user: string, first: Tokens): Promise<SignedIn> {
    const tokens = new RefreshTokens(inMemory(), inMemory());
    if (first.refreshToken !== null) await tokens.replace(first.refreshToken);
    const { clock } = this.#parts;
    return new SignedIn({ name: () => user, provider, tokens, clock, onEnded: () => undefined, onEnd: () => undefined }, first);
  }

  close(): void {
    for (const id of this.#pending.keys()) this.cancel(id);
  }

  async #granted(id: GrantId): Promise<Grant> {
    const pending = this.#pending.get(id);
    if (pending === undefined) throw new StrataError('sign-in.cancelled', 'after-user-action');
    try {
      return await pending.grant;
    } catch (error) {
      this.#pending.delete(id);
      if (error instanceof Cancelled) throw new StrataError('sign-in.cancelled', 'after-user-action');
      throw error;
    }
  }
}

export const isSameSignIn = (one: OAuthSignIn | undefined, other: OAuthSignIn | undefined): boolean =>
  canonicalJson((one ?? null) as unknown as JsonValue) === canonicalJson((other ?? null) as unknown as JsonValue);

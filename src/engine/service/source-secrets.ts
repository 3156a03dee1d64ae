import type { SourceId } from '../../shared/domain/ids.ts';
import { type OAuthSignIn, oauthOf } from '../../shared/domain/sign-in.ts';
import { failureOf, StrataError } from '../../shared/domain/strata-error.ts';
import type { StoredSource } from '../catalog/index.ts';
import type { Web } from '../kernel/web.ts';
import { Provider, RefreshTokens, SignedIn, type TokenPlace, type Tokens } from '../sign-in/index.ts';
import type { Credential } from '../sources/credential.ts';
import type { Parts } from './parts.ts';
import type { Secrets } from './secrets.ts';
import { lifeOf } from './endings.ts';
import type { Grant } from './sign-ins.ts';
import { needsSecret } from './source-factory.ts';

const passwordOf = (id: SourceId): string => `source/${id}`;
const tokenOf = (id: SourceId): string => `source/${id}/sign-in`;
const newerTokenOf = (id: SourceId): string => `source/${id}/sign-in-newer`;
const clientSecretOf = (id: SourceId): string => `source/${id}/client`;

/** What lets Strata in at a source: its password, or what a sign-in in the browser has left. One entry each of the keychain. */
export class SourceSecrets {
  readonly #parts: Parts;
  readonly #secrets: Secrets;
  readonly #web: Web;
  /** One for each source, or two would ask for tokens beside each other. */
  readonly #signedIn = new Map<SourceId, Promise<SignedIn>>();

  constructor(parts: Parts, secrets: Secrets, web: Web) {
    this.#parts = parts;
    this.#secrets = secrets;
    this.#web = web;
  }

  async read(source: StoredSource): Promise<Credential> {
    const signIn = oauthOf(source.settings);
    if (signIn !== undefined) return (await this.#signedInTo(source, signIn)).read();
    const password = await this.#secrets.read(passwordOf(source.id), source.secretInKeychain);
    if (password === undefined) throw new StrataError('source.needs-secret', 'after-user-action', { source: source.name });
    return { kind: 'password', password };
  }

  async keepPassword(id: SourceId, password: string, inKeychain: boolean): Promise<void> {
    await this.#secrets.keep(passwordOf(id), password, inKeychain);
  }

  /** Returns when it ends, where that is known. */
  async keepGrant(id: SourceId, { signIn, clientSecret, signedIn }: Grant, inKeychain: boolean): Promise<number | undefined> {
    const tokens = await signedIn.newest();
    if (clientSecret === null) await this.#secrets.forget(clientSecretOf(id), inKeychain);
    else await this.#secrets.keep(clientSecretOf(id), clientSecret, inKeychain);
    const kept = this.#refreshTokens(id, inKeychain);
    if (tokens.refreshToken !== null) await kept.replace(tokens.refreshToken);
    this.#signedIn.set(id, Promise.resolve(this.#make(id, signIn, clientSecret, kept, tokens)));
    return tokens.signInEndsAtMs;
  }

  clientSecret({ id, secretInKeychain }: StoredSource): Promise<string | undefined> {
    return this.#secrets.read(clientSecretOf(id), secretInKeychain);
  }

  state(source: StoredSource): 'keychain' | 'memory' | 'missing' | 'expired' | null {
    const { id, settings, secretInKeychain } = source;
    if (!needsSecret(settings)) return null;
    if (source.signInEnded === true) return 'expired';
    if (secretInKeychain) return 'keychain';
    const account = oauthOf(settings) === undefined ? passwordOf(id) : tokenOf(id);
    return this.#secrets.isInMemory(account) ? 'memory' : 'missing';
  }

  /** All of it, whatever the source is by now. */
  async forget({ id, secretInKeychain }: StoredSource): Promise<void> {
    this.#signedIn.delete(id);
    await this.#refreshTokens(id, secretInKeychain).forget();
    await this.#secrets.forget(clientSecretOf(id), secretInKeychain);
    await this.#secrets.forget(passwordOf(id), secretInKeychain);
  }

  /** Tells the provider that the sign-in is needed no more. It ends by itself where that cannot be told, so nothing waits for it. */
  async revoke(source: StoredSource): Promise<void> {
    const signIn = oauthOf(source.settings);
    if (signIn === undefined) return;
    try {
      const [token] = await this.#refreshTokens(source.id, source.secretInKeychain).all();
      const provider = this.#provider(signIn, (await this.clientSecret(source)) ?? null);
      if (token !== undefined) await provider.revoke(token);
    } catch (error) {
      this.#parts.log.warn('source.revoke', { source: source.id, code: failureOf(error).code });
    }
  }

  #signedInTo(source: StoredSource, signIn: OAuthSignIn): Promise<SignedIn> {
    const { id, secretInKeychain } = source;
    const made =
      this.#signedIn.get(id) ??
      this.clientSecret(source).then((secret) =>
        this.#make(id, signIn, secret ?? null, this.#refreshTokens(id, secretInKeychain)),
      );
    this.#signedIn.set(id, made);
    made.catch(() => this.#signedIn.delete(id)); // whoever asked is told; the next one tries again
    return made;
  }

  #make(id: SourceId, signIn: OAuthSignIn, secret: string | null, tokens: RefreshTokens, first?: Tokens): SignedIn {
    const { store, clock } = this.#parts;
    const stored = (): StoredSource | undefined => store.sources().find((other) => other.id === id);
    const onEnded = (hasEnded: boolean): void => {
      const source = stored();
      if (source === undefined || (source.signInEnded ?? false) === hasEnded) return;
      store.putSource({ ...source, signInEnded: hasEnded });
      this.#parts.changed('sources');
    };
    const onEnd = (endsAtMs: number): void => {
      const source = stored();
      if (source === undefined) return;
      const signInLife = lifeOf(endsAtMs, source.signInLife, clock.nowMs());
      if (signInLife === source.signInLife) return;
      store.putSource({ ...source, signInLife });
      this.#parts.changed('sources');
    };
    const name = (): string => stored()?.name ?? '';
    return new SignedIn({ name, provider: this.#provider(signIn, secret), tokens, clock, onEnded, onEnd }, first);
  }

  #provider(signIn: OAuthSignIn, secret: string | null): Provider {
    return new Provider(signIn, secret, { web: this.#web, clock: this.#parts.clock });
  }

  #refreshTokens(id: SourceId, inKeychain: boolean): RefreshTokens {
    const place = (account: string): TokenPlace => ({
      read: () => this.#secrets.read(account, inKeychain),
      write: (token) => this.#secrets.keep(account, token, inKeychain),
      remove: () => this.#secrets.forget(account, inKeychain),
    });
    return new RefreshTokens(place(tokenOf(id)), place(newerTokenOf(id)));
  }
}

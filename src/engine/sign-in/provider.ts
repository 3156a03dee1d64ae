import type { AuthorizationServer, ClientAuth } from 'oauth4webapi';
import type { OAuthSignIn } from '../../shared/domain/sign-in.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Web } from '../kernel/web.ts';
import { signInFailure } from './failure.ts';
import { askMetadata } from './metadata.ts';
import { type TokenAnswer, type Tokens, tokensOf } from './tokens.ts';
import { webFetch } from './web-fetch.ts';

type Library = typeof import('oauth4webapi');
/** Loaded when somebody signs in: few commands do. */
const load = (): Promise<Library> => import('oauth4webapi');

export interface ProviderDeps {
  readonly web: Web;
  readonly clock: Clock;
}

/** What a person is to type, and where (RFC 8628, 3.2). */
export interface DeviceCode {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly address: string;
  readonly endsInMs: number;
  readonly intervalMs: number;
}

/** What a browser brought back, checked to be an answer to this very question. */
export interface Redeemable {
  readonly parameters: URLSearchParams;
  readonly state: string;
  readonly redirectUri: string;
  readonly verifier: string;
}

type TokenQuestion = (
  library: Library,
  server: AuthorizationServer,
  asked: readonly [AuthorizationServer, { client_id: string }, ClientAuth],
) => Promise<TokenAnswer>;

/** The questions that are asked of who lets people in. Every failure is one that a person can read. */
export class Provider {
  readonly #settings: OAuthSignIn;
  readonly #secret: string | null;
  readonly #deps: ProviderDeps;
  #server: Promise<AuthorizationServer> | undefined;

  /** `secret`: where the provider gave one with the client id. */
  constructor(settings: OAuthSignIn, secret: string | null, deps: ProviderDeps) {
    this.#settings = settings;
    this.#secret = secret;
    this.#deps = deps;
  }

  /** The address of the page on which a person signs in. */
  async page(parameters: Readonly<Record<string, string>>): Promise<URL> {
    const { authorization_endpoint: address } = await this.#metadata();
    const url = this.#https(address, 'authorization_endpoint');
    const all = { client_id: this.#settings.clientId, scope: this.#settings.scopes.join(' '), ...parameters };
    for (const [name, value] of Object.entries(all)) if (value !== '') url.searchParams.set(name, value);
    return url;
  }

  /** RFC 7636, 4.2: S256. */
  async challenge(verifier: string): Promise<string> {
    return (await load()).calculatePKCECodeChallenge(verifier);
  }

  redeem({ parameters, state, redirectUri, verifier }: Redeemable): Promise<Tokens> {
    return this.#lasting(async (library, server, asked) => {
      const checked = library.validateAuthResponse(server, this.#client, this.#spoken(parameters), state);
      const answer = await library.authorizationCodeGrantRequest(...asked, checked, redirectUri, verifier, this.#way(library));
      return library.processAuthorizationCodeResponse(server, this.#client, answer);
    });
  }

  async askCode(): Promise<DeviceCode> {
    const server = await this.#metadata();
    const url = this.#https(server.device_authorization_endpoint, 'device_authorization_endpoint');
    return this.#asked(url, async (library) => {
      const parameters = { scope: this.#settings.scopes.join(' ') };
      const auth = this.#auth(library, server);
      const answer = await library.deviceAuthorizationRequest(server, this.#client, auth, parameters, this.#way(library));
      const told = await library.processDeviceAuthorizationResponse(server, this.#client, answer);
      const isSayable = /^[\x20-\x7e]{1,40}$/.test(told.user_code);
      if (!isSayable) throw new StrataError('sign-in.failed', 'later', { host: url.hostname, reason: 'user_code' });
      return {
        deviceCode: told.device_code,
        userCode: told.user_code,
        address: this.#https(told.verification_uri, 'verification_uri').href,
        endsInMs: told.expires_in * 1000,
        intervalMs: (told.interval ?? 5) * 1000,
      };
    });
  }

  redeemCode(deviceCode: string): Promise<Tokens> {
    return this.#lasting(async (library, server, asked) => {
      const answer = await library.deviceCodeGrantRequest(...asked, deviceCode, this.#way(library));
      return library.processDeviceCodeResponse(server, this.#client, answer);
    });
  }

  refresh(refreshToken: string): Promise<Tokens> {
    return this.#tokens(async (library, server, asked) => {
      const answer = await library.refreshTokenGrantRequest(...asked, refreshToken, this.#way(library));
      return library.processRefreshTokenResponse(server, this.#client, answer);
    });
  }

  /** RFC 7009. A provider that offers no such thing is left to forget by itself. */
  async revoke(refreshToken: string): Promise<void> {
    const server = await this.#metadata();
    if (server.revocation_endpoint === undefined) return;
    await this.#asked(this.#https(server.revocation_endpoint, 'revocation_endpoint'), async (library) => {
      const auth = this.#auth(library, server);
      const answer = await library.revocationRequest(server, this.#client, auth, refreshToken, this.#way(library));
      await library.processRevocationResponse(answer);
    });
  }

  /** A person signs in once, and a backup runs for years. */
  async #lasting(ask: TokenQuestion): Promise<Tokens> {
    const tokens = await this.#tokens(ask);
    if (tokens.refreshToken !== null) return tokens;
    const { hostname: host } = this.#https((await this.#metadata()).token_endpoint, 'token_endpoint');
    throw new StrataError('sign-in.not-lasting', 'after-user-action', { host });
  }

  async #tokens(ask: TokenQuestion): Promise<Tokens> {
    const server = await this.#metadata();
    const url = this.#https(server.token_endpoint, 'token_endpoint');
    const answer = await this.#asked(url, (library) => ask(library, server, [server, this.#client, this.#auth(library, server)]));
    return tokensOf(answer, url.hostname, this.#deps.clock.nowMs());
  }

  async #asked<T>(url: URL, ask: (library: Library) => Promise<T>): Promise<T> {
    const library = await load();
    try {
      return await ask(library);
    } catch (error) {
      throw signInFailure(error, url);
    }
  }

  get #client(): { client_id: string } {
    return { client_id: this.#settings.clientId };
  }

  #way(library: Library) {
    return { [library.customFetch]: webFetch(this.#deps.web) };
  }

  /** In the body, as most do, unless the server says that it reads the header alone. */
  #auth(library: Library, server: AuthorizationServer): ClientAuth {
    if (this.#secret === null) return library.None();
    const methods = server.token_endpoint_auth_methods_supported;
    const wantsHeader =
      methods !== undefined && !methods.includes('client_secret_post') && methods.includes('client_secret_basic');
    return wantsHeader ? library.ClientSecretBasic(this.#secret) : library.ClientSecretPost(this.#secret);
  }

  /** Without who says it (RFC 9207) where settings name addresses only: then nobody knows what that name should be. */
  #spoken(parameters: URLSearchParams): URLSearchParams {
    if (this.#settings.server.by === 'issuer') return parameters;
    const rest = new URLSearchParams(parameters);
    rest.delete('iss');
    return rest;
  }

  async #metadata(): Promise<AuthorizationServer> {
    const { server } = this.#settings;
    if (server.by === 'endpoints')
      return {
        issuer: new URL(server.authorization).origin,
        authorization_endpoint: server.authorization,
        token_endpoint: server.token,
        ...(server.device === null ? {} : { device_authorization_endpoint: server.device }),
        ...(server.revocation === null ? {} : { revocation_endpoint: server.revocation }),
      };
    this.#server ??= load().then((library) => askMetadata(library, new URL(server.issuer), this.#way(library)));
    try {
      return await this.#server;
    } catch (error) {
      this.#server = undefined;
      throw error;
    }
  }

  #https(address: string | undefined, what: string): URL {
    const url = URL.parse(address ?? '');
    if (url?.protocol === 'https:' && url.username === '' && url.password === '') return url;
    const { server } = this.#settings;
    const { hostname: host } = new URL(server.by === 'issuer' ? server.issuer : server.authorization);
    throw new StrataError('sign-in.no-such-address', 'after-user-action', { host, reason: what });
  }
}

import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { systemWeb } from '../../../src/engine/kernel/system-web.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OAuthEndpoints, OAuthSignIn } from '../../../src/shared/domain/sign-in.ts';
import type { Web } from '../../../src/engine/kernel/web.ts';
import { authorityFile, SecureServer } from '../web/secure-server.ts';

interface Grant {
  readonly user: string;
  readonly scope: string;
  /** Newest last; all but the newest end where tokens are changed at each use. */
  refresh: string[];
  isRevoked: boolean;
}
interface Code {
  readonly user: string;
  readonly scope: string;
  readonly challenge: string;
  readonly redirectUri: string;
}
interface Device {
  readonly user: string;
  readonly scope: string;
  readonly userCode: string;
  state: 'pending' | 'allowed' | 'denied' | 'expired';
}
type Answer = (request: IncomingMessage, response: ServerResponse, form: URLSearchParams) => void;

/**
 * An OAuth 2 server of **our own**: a real https server with the endpoints of RFC 6749, 7009, 7636, 7662, 8414 and 8628, strict about
 * what those demand of a client. No provider's server is like it, so it proves what our side does, and that a real mail server
 * believes the tokens; nothing about any provider.
 */
export class OwnOAuthServer {
  readonly #server: SecureServer;
  readonly #port: number;
  readonly #codes = new Map<string, Code>();
  readonly #devices = new Map<string, Device>();
  readonly #access = new Map<string, { readonly grant: Grant; readonly endsAtMs: number }>();
  readonly #grants: Grant[] = [];
  readonly clientId = 'strata-of-this-test';
  /** Wanted with the client id. */
  clientSecret: string | null = null;
  /** Whether the person on its page agrees. */
  decision: 'allow' | 'deny' = 'allow';
  lifeSeconds = 3600;
  /** In how many seconds a person has to sign in again, as it says with each token; undefined: it does not say. */
  lasts: (() => number) | undefined;
  /** Each use of a refresh token gives another one, and ends it. Where it is used again, so does everything (RFC 9700, 4.14.2). */
  rotates = true;
  /** What the device's questions get before its state counts. */
  readonly delays: string[] = [];
  interval = 1;
  /** In place of what it would say, by path. */
  readonly instead = new Map<string, Answer>();
  /** Every request, as `METHOD /path grant_type`. */
  readonly asked: string[] = [];
  /** All that is secret and was ever given out. */
  readonly secrets: string[] = [];

  private constructor(server: SecureServer) {
    this.#server = server;
    this.#port = server.port;
  }

  static async start(): Promise<OwnOAuthServer> {
    const own: { server?: OwnOAuthServer } = {};
    const server = await SecureServer.start((request, response) => void own.server?.hear(request, response));
    own.server = new OwnOAuthServer(server);
    return own.server;
  }

  get origin(): string {
    return `https://127.0.0.1:${this.#port}`;
  }

  /** What a person would put into the settings. */
  signIn(by: 'issuer' | 'endpoints' = 'issuer'): OAuthSignIn {
    const endpoints: OAuthEndpoints = {
      by: 'endpoints',
      authorization: `${this.origin}/authorize`,
      token: `${this.origin}/token`,
      device: `${this.origin}/device`,
      revocation: `${this.origin}/revoke`,
    };
    const server = by === 'issuer' ? ({ by, issuer: this.origin } as const) : endpoints;
    return { method: 'oauth', server, clientId: this.clientId, scopes: ['mail', 'offline_access'] };
  }

  /** Access tokens stop being good, all at once. */
  expireAccess(): void {
    this.#access.clear();
  }

  /** The person withdraws what was allowed. */
  revokeAll(): void {
    for (const grant of this.#grants) grant.isRevoked = true;
    this.expireAccess();
  }

  get liveGrants(): number {
    return this.#grants.filter(({ isRevoked }) => !isRevoked).length;
  }

  /** To where its page sends the browser. */
  async wayBack(address: string): Promise<string> {
    const { status, headers } = await this.web.ask({ url: address });
    const { location } = headers;
    if (location === undefined) throw new Error(`the page leads nowhere: ${status}`);
    return location;
  }

  get web(): Web {
    const trust = createSecureContext({ ca: readFileSync(authorityFile) });
    return systemWeb({ trust: () => trust });
  }

  decide(userCode: string, state: Device['state']): void {
    for (const device of this.#devices.values()) if (device.userCode === userCode) device.state = state;
  }

  async close(): Promise<void> {
    await this.#server.close();
  }

  private async hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece as string;
    const form = new URLSearchParams(request.method === 'POST' ? body : url.search);
    this.asked.push(`${request.method} ${url.pathname} ${form.get('grant_type') ?? ''}`.trim());
    const answer = this.instead.get(url.pathname) ?? this.#answers[`${request.method} ${url.pathname}`];
    if (answer === undefined) response.writeHead(404).end();
    else answer.call(this, request, response, form);
  }

  readonly #answers: Readonly<Record<string, Answer>> = {
    'GET /.well-known/oauth-authorization-server': (_request, response) =>
      json(response, 200, {
        issuer: this.origin,
        authorization_endpoint: `${this.origin}/authorize`,
        token_endpoint: `${this.origin}/token`,
        device_authorization_endpoint: `${this.origin}/device`,
        revocation_endpoint: `${this.origin}/revoke`,
        introspection_endpoint: `${this.origin}/introspect`,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
      }),
    'GET /authorize': (_request, response, form) => this.#authorize(response, form),
    'POST /device': (_request, response, form) => this.#giveDevice(response, form),
    'POST /token': (_request, response, form) => this.#giveTokens(response, form),
    'POST /revoke': (_request, response, form) => {
      for (const grant of this.#grants) if (grant.refresh.includes(form.get('token') ?? '')) grant.isRevoked = true;
      response.writeHead(200).end();
    },
    'POST /introspect': (_request, response, form) => {
      const found = this.#access.get(form.get('token') ?? '');
      const active = found !== undefined && !found.grant.isRevoked && Date.now() < found.endsAtMs;
      json(response, 200, active ? { active, username: found.grant.user, scope: found.grant.scope } : { active: false });
    },
  };

  /** The page: whoever comes is the one whom the hint names, and decides at once. */
  #authorize(response: ServerResponse, form: URLSearchParams): void {
    const redirectUri = form.get('redirect_uri') ?? '';
    const isOurs = form.get('client_id') === this.clientId && /^http:\/\/(?:127\.0\.0\.1|localhost):\d+$/.test(redirectUri);
    if (!isOurs) return void response.writeHead(400).end('unknown client or way back');
    const back = new URL(redirectUri);
    back.searchParams.set('state', form.get('state') ?? '');
    back.searchParams.set('iss', this.origin);
    const challenge = form.get('code_challenge') ?? '';
    const isWhole = form.get('response_type') === 'code' && form.get('code_challenge_method') === 'S256' && challenge !== '';
    if (!isWhole) back.searchParams.set('error', 'invalid_request');
    else if (this.decision === 'deny') back.searchParams.set('error', 'access_denied');
    else {
      const code = this.#secret();
      this.#codes.set(code, { user: form.get('login_hint') ?? '', scope: form.get('scope') ?? '', challenge, redirectUri });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  #giveDevice(response: ServerResponse, form: URLSearchParams): void {
    if (!this.#knows(response, form)) return;
    const deviceCode = this.#secret();
    const userCode = `QUAY-${1000 + this.#devices.size}`;
    this.#devices.set(deviceCode, { user: 'device', scope: form.get('scope') ?? '', userCode, state: 'pending' });
    json(response, 200, {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: `${this.origin}/activate`,
      expires_in: 600,
      interval: this.interval,
    });
  }

  #giveTokens(response: ServerResponse, form: URLSearchParams): void {
    if (!this.#knows(response, form)) return;
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return this.#byCode(response, form);
      case 'refresh_token':
        return this.#byRefreshToken(response, form.get('refresh_token') ?? '');
      case 'urn:ietf:params:oauth:grant-type:device_code':
        return this.#byDevice(response, form.get('device_code') ?? '');
      default:
        return refuse(response, 'unsupported_grant_type');
    }
  }

  #byCode(response: ServerResponse, form: URLSearchParams): void {
    const code = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    const digest = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (code === undefined || digest !== code.challenge || form.get('redirect_uri') !== code.redirectUri)
      return refuse(response, 'invalid_grant');
    this.#give(response, this.#newGrant(code));
  }

  #byRefreshToken(response: ServerResponse, token: string): void {
    const grant = this.#grants.find(({ refresh }) => refresh.includes(token));
    if (grant === undefined || grant.isRevoked) return refuse(response, 'invalid_grant');
    if (this.rotates && grant.refresh.at(-1) !== token) {
      grant.isRevoked = true;
      return refuse(response, 'invalid_grant');
    }
    if (this.rotates) grant.refresh.push(this.#secret());
    this.#give(response, grant);
  }

  #byDevice(response: ServerResponse, deviceCode: string): void {
    const device = this.#devices.get(deviceCode);
    if (device === undefined) return refuse(response, 'invalid_grant');
    const delay = this.delays.shift();
    if (delay !== undefined) return refuse(response, delay);
    if (device.state === 'pending') return refuse(response, 'authorization_pending');
    if (device.state === 'denied') return refuse(response, 'access_denied');
    if (device.state === 'expired') return refuse(response, 'expired_token');
    this.#devices.delete(deviceCode);
    this.#give(response, this.#newGrant(device));
  }

  #newGrant({ user, scope }: { readonly user: string; readonly scope: string }): Grant {
    const grant = { user, scope, refresh: [this.#secret()], isRevoked: false };
    this.#grants.push(grant);
    return grant;
  }

  #give(response: ServerResponse, grant: Grant): void {
    const token = this.#secret();
    this.#access.set(token, { grant, endsAtMs: Date.now() + this.lifeSeconds * 1000 });
    json(response, 200, {
      access_token: token,
      token_type: 'Bearer',
      expires_in: this.lifeSeconds,
      scope: grant.scope,
      refresh_token: grant.refresh.at(-1),
      ...(this.lasts === undefined ? {} : { refresh_token_expires_in: this.lasts() }),
    });
  }

  #knows(response: ServerResponse, form: URLSearchParams): boolean {
    if (form.get('client_id') === this.clientId && form.get('client_secret') === this.clientSecret) return true;
    refuse(response, 'invalid_client', 401);
    return false;
  }

  #secret(): string {
    const secret = `quay-${randomBytes(16).toString('hex')}`;
    this.secrets.push(secret);
    return secret;
  }
}

export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(value));
}

export const refuse = (response: ServerResponse, error: string, status = 400): void => json(response, status, { error });

/** What a browser does with the address: opens the page, where its person decides, and follows to the end. Returns the page there. */
export async function browse(server: OwnOAuthServer, address: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(await server.wayBack(address));
  return { status: answer.status, text: await answer.text() };
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browse, OwnOAuthServer, refuse } from '../../../test/kit/oauth/own-oauth-server.ts';
import { fakeClock } from '../../../test/kit/fake-clock.ts';
import type { OAuthSignIn } from '../../shared/domain/sign-in.ts';
import { Cancelled } from '../../shared/domain/strata-error.ts';
import { systemClock } from '../kernel/system-clock.ts';
import { systemRandom } from '../kernel/system-random.ts';
import type { Attempt } from './attempt.ts';
import { browserMs, signInInBrowser } from './in-browser.ts';
import { Provider } from './provider.ts';

const pageOf = (failure: unknown): string => (failure === undefined ? 'done' : `failed: ${(failure as { code: string }).code}`);

describe('signing in in a browser', () => {
  let server: OwnOAuthServer;
  let stop: AbortController;
  beforeEach(async () => {
    server = await OwnOAuthServer.start();
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await server.close();
  });

  const provider = (signIn: OAuthSignIn = server.signIn(), secret: string | null = null): Provider =>
    new Provider(signIn, secret, { web: server.web, clock: systemClock });
  const begin = async (from = provider(), clock = systemClock): Promise<Attempt> => {
    const attempt = await signInInBrowser(
      from,
      { user: 'ada@nord.example', page: pageOf, signal: stop.signal },
      { random: systemRandom, clock },
    );
    attempt.tokens.catch(() => undefined); // looked at by the test
    return attempt;
  };
  const redirectOf = ({ address }: Attempt): string => new URL(address).searchParams.get('redirect_uri') ?? '';

  it('is proved by the code that the browser brings back, and by nothing that it could have read', async () => {
    const attempt = await begin();
    const asked = new URL(attempt.address).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'mail offline_access',
    });
    expect(asked.get('login_hint')).toBe('ada@nord.example');
    expect(await browse(server, attempt.address)).toEqual({ status: 200, text: 'done' });
    const tokens = await attempt.tokens;
    expect(server.secrets).toEqual(expect.arrayContaining([tokens.accessToken, tokens.refreshToken]));
    expect(tokens.endsAtMs).toBeGreaterThan(Date.now() + 3_500_000);
    expect(attempt.address).not.toContain(tokens.accessToken);
  });

  it('agrees with RFC 7636 about what S256 is (appendix B)', async () => {
    expect(await provider().challenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });

  it('works where addresses are given one by one, and with a secret of the client', async () => {
    server.clientSecret = 'told to the client alone';
    const attempt = await begin(provider(server.signIn('endpoints'), server.clientSecret));
    await browse(server, attempt.address);
    await expect(attempt.tokens).resolves.toMatchObject({ refreshToken: expect.stringMatching(/^quay-/) });
    expect(server.asked).toEqual(['GET /authorize', 'POST /token authorization_code']);
  });

  it('shows an answer of another state the door, and goes on waiting for its own', async () => {
    const attempt = await begin();
    const back = redirectOf(attempt);
    for (const path of ['/?code=x&state=wrong', '/?code=x', '/favicon.ico', '/?state=a&state=b'])
      expect((await fetch(back + path)).status).toBe(400);
    const right = new URL(await server.wayBack(attempt.address));
    expect((await fetch(right, { method: 'POST' })).status).toBe(400);
    expect((await fetch(`http://localhost:${right.port}${right.search.replace('?', '/?')}`)).status).toBe(400);
    expect((await fetch(right)).status).toBe(200);
    await expect(attempt.tokens).resolves.toBeDefined();
  });

  it('lets nobody in after the one answer', async () => {
    const attempt = await begin();
    const right = await server.wayBack(attempt.address);
    await fetch(right);
    await attempt.tokens;
    await expect(fetch(right)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });

  it('shows nothing of what came on its page, which may load nothing', async () => {
    const attempt = await begin();
    const answer = await fetch(await server.wayBack(attempt.address));
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('says so when the person declines, here and in the browser', async () => {
    server.decision = 'deny';
    const attempt = await begin();
    expect((await browse(server, attempt.address)).text).toBe('failed: sign-in.declined');
    await expect(attempt.tokens).rejects.toMatchObject({ code: 'sign-in.declined', facts: { reason: 'access_denied' } });
  });

  it('believes no answer that names another server than the one that was asked', async () => {
    const attempt = await begin();
    const right = new URL(await server.wayBack(attempt.address));
    right.searchParams.set('iss', 'https://elsewhere.example');
    await fetch(right);
    await expect(attempt.tokens).rejects.toMatchObject({ code: 'sign-in.failed' });
    expect(server.asked).not.toContain('POST /token authorization_code');
  });

  it('is over after ten minutes, or when it is broken off, and its port with it', async () => {
    const clock = fakeClock();
    const late = await begin(provider(), clock);
    const broken = await begin();
    await clock.advance(browserMs);
    await expect(late.tokens).rejects.toMatchObject({ code: 'sign-in.timed-out' });
    stop.abort();
    await expect(broken.tokens).rejects.toBeInstanceOf(Cancelled);
    for (const attempt of [late, broken])
      await expect(fetch(redirectOf(attempt))).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });

  it('is refused where it would not last', async () => {
    server.instead.set('/token', (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"a","token_type":"bearer"}'),
    );
    const attempt = await begin();
    await browse(server, attempt.address);
    await expect(attempt.tokens).rejects.toMatchObject({ code: 'sign-in.not-lasting' });
  });

  it.for([
    ['invalid_client', 401, 'sign-in.client-refused'],
    ['unauthorized_client', 400, 'sign-in.client-refused'],
    ['invalid_scope', 400, 'sign-in.client-refused'],
    ['invalid_grant', 400, 'sign-in.failed'],
    ['<script>alert(1)</script>', 400, 'sign-in.failed'],
  ] as const)('tells what it means that the provider says %s', async ([error, status, code]) => {
    server.instead.set('/token', (_request, response) => refuse(response, error, status));
    const attempt = await begin();
    await browse(server, attempt.address);
    const reason = error.startsWith('<') ? 'error' : error;
    await expect(attempt.tokens).rejects.toMatchObject({ code, facts: { host: '127.0.0.1', reason } });
  });

  it('begins with no server that speaks for another one, has no page, or sends people to plain http', async () => {
    const metadata = (value: object) => (_request: unknown, response: Parameters<typeof refuse>[0]) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const place = '/.well-known/oauth-authorization-server';
    const whole = {
      issuer: server.origin,
      authorization_endpoint: `${server.origin}/authorize`,
      token_endpoint: `${server.origin}/token`,
    };
    for (const odd of [
      { ...whole, issuer: 'https://elsewhere.example' },
      { issuer: server.origin },
      { ...whole, authorization_endpoint: 'http://127.0.0.1/authorize' },
      { ...whole, authorization_endpoint: 'file:///etc/passwd' },
      { ...whole, authorization_endpoint: 'https://user:password@nord.example/' },
    ]) {
      server.instead.set(place, metadata(odd));
      await expect(begin()).rejects.toMatchObject({ code: 'sign-in.no-such-address', retry: 'after-user-action' });
    }
  });

  it('looks at the place of OpenID Connect where a server says nothing at that of OAuth', async () => {
    server.instead.set('/.well-known/oauth-authorization-server', (_request, response) => response.writeHead(404).end());
    server.instead.set('/.well-known/openid-configuration', (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          issuer: server.origin,
          authorization_endpoint: `${server.origin}/authorize`,
          token_endpoint: `${server.origin}/token`,
        }),
      ),
    );
    const attempt = await begin();
    await browse(server, attempt.address);
    await expect(attempt.tokens).resolves.toBeDefined();
  });
});

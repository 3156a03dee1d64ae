import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OwnOAuthServer } from '../../../test/kit/oauth/own-oauth-server.ts';
import { SecureServer } from '../../../test/kit/web/secure-server.ts';
import { systemClock } from '../kernel/system-clock.ts';
import { Provider } from './provider.ts';

const jsonOf = (text: string) => (_request: IncomingMessage, response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(text);
const good = { access_token: 'a', token_type: 'Bearer', refresh_token: 'r' };

describe('a token endpoint that gives no proper answer', () => {
  let server: OwnOAuthServer;
  beforeEach(async () => {
    server = await OwnOAuthServer.start();
  });
  afterEach(() => server.close());

  const refresh = (web = server.web) =>
    new Provider(server.signIn('endpoints'), null, { web, clock: systemClock }).refresh('canary-refresh-token');

  it.for<[what: string, answer: (request: IncomingMessage, response: ServerResponse) => void, reason: string]>([
    ['a body of a megabyte', jsonOf(JSON.stringify({ ...good, more: 'x'.repeat(1024 * 1024) })), 'WEB_TOO_LONG'],
    ['a redirect', (_, response) => void response.writeHead(307, { location: 'https://sued.example/token' }).end(), 'HTTP 307'],
    ['no JSON', jsonOf('<html>Welcome to our hotel'), 'OAUTH_PARSE_ERROR'],
    ['JSON that is no object', jsonOf('[1]'), 'OAUTH_INVALID_RESPONSE'],
    ['no token', jsonOf('{}'), 'OAUTH_INVALID_RESPONSE'],
    ['a token that is a number', jsonOf(JSON.stringify({ ...good, access_token: 7 })), 'OAUTH_INVALID_RESPONSE'],
    ['a token that ends its line', jsonOf(JSON.stringify({ ...good, access_token: 'a\r\nX-Evil: 1' })), 'token'],
    ['a token that ends its field', jsonOf(JSON.stringify({ ...good, access_token: 'a\u0001auth=Bearer b' })), 'token'],
    ['a token that is far too long', jsonOf(JSON.stringify({ ...good, access_token: 'a'.repeat(20_000) })), 'token'],
    ['a refresh token with a line’s end', jsonOf(JSON.stringify({ ...good, refresh_token: 'r\n' })), 'token'],
    ['a life of less than nothing', jsonOf(JSON.stringify({ ...good, expires_in: -1 })), 'OAUTH_INVALID_RESPONSE'],
    ['tokens of another kind', jsonOf(JSON.stringify({ ...good, token_type: 'mac' })), 'OAUTH_UNSUPPORTED_OPERATION'],
    ['500', (_, response) => void response.writeHead(500).end('canary-of-the-answer'), 'HTTP 500'],
    ['404', (_, response) => void response.writeHead(404).end(), 'HTTP 404'],
  ])('%s is told, and tried again later', async ([, answer, reason]) => {
    server.instead.set('/token', answer);
    await expect(refresh()).rejects.toMatchObject({ code: 'sign-in.failed', retry: 'later', facts: { reason } });
  });

  it('drips, or says nothing: it is not waited for', async () => {
    const silent = await SecureServer.start(() => undefined);
    const signIn = server.signIn('endpoints');
    const web = silent.web({ ms: 200, bytes: 1000 });
    const asked = new Provider(signIn, null, { web, clock: systemClock }).refresh('r');
    await expect(asked).rejects.toMatchObject({ code: 'source.timed-out', retry: 'later' });
    await silent.close();
  });

  it('is not there: that is told of its network, and not of the sign-in', async () => {
    const { web } = server;
    await server.close();
    await expect(refresh(web)).rejects.toMatchObject({ code: 'source.connection-refused', facts: { host: '127.0.0.1' } });
  });

  it('is not the one that its certificate vouches for: nothing is told to it', async () => {
    const { systemWeb } = await import('../kernel/system-web.ts');
    const { secureContext } = await import('../sources/certificate.ts');
    await expect(refresh(systemWeb({ trust: secureContext }))).rejects.toMatchObject({
      code: 'source.tls-untrusted',
      facts: { reason: 'unknown-issuer' },
    });
    expect(server.asked).toEqual([]);
  });

  it('sends an identity token that nobody asked for: it is passed over', async () => {
    server.instead.set('/token', jsonOf(JSON.stringify({ ...good, id_token: 'no.such.thing' })));
    await expect(refresh()).resolves.toMatchObject({ accessToken: 'a', refreshToken: 'r' });
  });

  it('leaves nothing of tokens and answers in what is told of it', async () => {
    const told = async (): Promise<string> => {
      const error = await refresh().catch((reason: unknown) => reason);
      return inspect(error, { depth: 20, showHidden: true });
    };
    server.instead.set('/token', jsonOf(JSON.stringify({ ...good, access_token: 'canary-access-token', expires_in: -1 })));
    expect(await told()).not.toMatch(/canary/);
    server.instead.set('/token', (_, response) => void response.writeHead(500).end('canary-of-the-answer'));
    expect(await told()).not.toMatch(/canary/);
  });
});

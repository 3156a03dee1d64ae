import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../test/kit/fake-clock.ts';
import { json, OwnOAuthServer } from '../../../test/kit/oauth/own-oauth-server.ts';
import { Cancelled } from '../../shared/domain/strata-error.ts';
import type { Attempt } from './attempt.ts';
import { signInByCode } from './by-code.ts';
import { Provider } from './provider.ts';

const question = 'POST /token urn:ietf:params:oauth:grant-type:device_code';

describe('signing in with a code on another device', () => {
  let server: OwnOAuthServer;
  let clock: FakeClock;
  let stop: AbortController;
  beforeEach(async () => {
    server = await OwnOAuthServer.start();
    server.interval = 5;
    clock = fakeClock();
    stop = new AbortController();
  });
  afterEach(() => server.close());

  const begin = async (): Promise<Attempt> => {
    const provider = new Provider(server.signIn(), null, { web: server.web, clock });
    const attempt = await signInByCode(provider, stop.signal, clock);
    attempt.tokens.catch(() => undefined); // looked at by the test
    return attempt;
  };
  const questions = (): number => server.asked.filter((asked) => asked === question).length;
  /** Seconds pass one by one, and each answer arrives before the next: how often was asked after each. */
  const after = async (seconds: number): Promise<number> => {
    for (let passed = 0; passed < seconds; passed += 1) {
      const before = questions();
      await clock.advance(1000);
      // A question that this second brought is on its way over a real socket.
      for (let turn = 0; turn < 40 && questions() === before; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    return questions();
  };

  it('shows the code and the page, and goes on when the person is done there', async () => {
    const attempt = await begin();
    expect(attempt).toMatchObject({ code: 'QUAY-1000', address: `${server.origin}/activate` });
    expect(attempt.endsAtMs).toBe(clock.nowMs() + 600_000);
    expect(await after(5)).toBe(1);
    server.decide('QUAY-1000', 'allowed');
    await after(5);
    await expect(attempt.tokens).resolves.toMatchObject({ refreshToken: expect.stringMatching(/^quay-/) });
  });

  it('asks no faster than it was told, and more slowly when it is told so', async () => {
    await begin();
    expect(await after(4)).toBe(0);
    server.delays.push('slow_down');
    expect(await after(1)).toBe(1);
    expect(await after(9)).toBe(1);
    expect(await after(1)).toBe(2);
  });

  it('takes a provider that cannot be reached for one that is slow', async () => {
    const attempt = await begin();
    server.instead.set('/token', (_request, response) => response.writeHead(503).end());
    await after(5);
    server.instead.clear();
    server.decide('QUAY-1000', 'allowed');
    await after(10);
    await expect(attempt.tokens).resolves.toBeDefined();
  });

  it.for([
    ['denied', 'sign-in.declined'],
    ['expired', 'sign-in.timed-out'],
  ] as const)('says so when the code is %s', async ([state, code]) => {
    const attempt = await begin();
    server.decide('QUAY-1000', state);
    await after(5);
    await expect(attempt.tokens).rejects.toMatchObject({ code });
  });

  it('is over when the code is, or when it is broken off, and asks no more', async () => {
    const attempt = await begin();
    stop.abort();
    await expect(attempt.tokens).rejects.toBeInstanceOf(Cancelled);
    const asked = questions();
    await clock.advance(60_000);
    expect(questions()).toBe(asked);
    stop = new AbortController();
    server.instead.set('/token', () => undefined); // never answered
    const late = await begin();
    await after(5);
    await clock.advance(600_000);
    await expect(late.tokens).rejects.toMatchObject({ code: 'sign-in.timed-out' });
  });

  it('shows no code that would play tricks with a terminal, and no page but an https one', async () => {
    const told = { device_code: 'd', user_code: 'AB', verification_uri: 'https://nord.example/', expires_in: 600 };
    for (const odd of [
      { user_code: '\u001b[2J' },
      { user_code: 'x'.repeat(100) },
      { verification_uri: 'http://nord.example/' },
    ]) {
      server.instead.set('/device', (_request, response) => json(response, 200, { ...told, ...odd }));
      await expect(begin()).rejects.toMatchObject({ code: expect.stringMatching(/^sign-in\./) });
    }
  });
});

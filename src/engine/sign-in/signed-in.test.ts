import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../test/kit/fake-clock.ts';
import { browse, OwnOAuthServer } from '../../../test/kit/oauth/own-oauth-server.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { systemClock } from '../kernel/system-clock.ts';
import { systemRandom } from '../kernel/system-random.ts';
import { signInInBrowser } from './in-browser.ts';
import { Provider } from './provider.ts';
import { inMemory, RefreshTokens, type TokenPlace } from './refresh-tokens.ts';
import { SignedIn } from './signed-in.ts';

describe('a sign-in that is kept alive', () => {
  let server: OwnOAuthServer;
  let clock: FakeClock;
  let ended: boolean[];
  let ends: number[];
  beforeEach(async () => {
    server = await OwnOAuthServer.start();
    clock = fakeClock();
    ended = [];
    ends = [];
  });
  afterEach(() => server.close());

  const refreshes = (): number => server.asked.filter((asked) => asked === 'POST /token refresh_token').length;
  const provider = (): Provider => new Provider(server.signIn('endpoints'), null, { web: server.web, clock });
  /** What a first sign-in leaves. */
  const firstToken = async (): Promise<string> => {
    const attempt = await signInInBrowser(
      provider(),
      { user: 'ada', page: () => '', signal: new AbortController().signal },
      { random: systemRandom, clock: systemClock },
    );
    await browse(server, attempt.address);
    return (await attempt.tokens).refreshToken ?? '';
  };
  const signedIn = (tokens: RefreshTokens): SignedIn =>
    new SignedIn({
      name: () => 'Ada’s mail',
      provider: provider(),
      tokens,
      clock,
      onEnded: (has) => ended.push(has),
      onEnd: (atMs) => ends.push(atMs),
    });
  const kept = async (): Promise<SignedIn> => {
    const tokens = new RefreshTokens(inMemory(), inMemory());
    await tokens.replace(await firstToken());
    return signedIn(tokens);
  };
  const tokenOf = async (from: SignedIn): Promise<string> => (await from.read()).accessToken;

  it('tells when a person has to sign in again, where the provider says so, by whatever name', async () => {
    const account = await kept();
    await tokenOf(account);
    expect(ends).toEqual([]);
    server.lasts = () => 7 * 86_400;
    (await account.read()).drop();
    await tokenOf(account);
    expect(ends).toEqual([clock.nowMs() + 7 * 86_400_000]);
  });

  it('asks once, however many need a token at the same time', async () => {
    const account = await kept();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => tokenOf(account)));
    expect(new Set(tokens).size).toBe(1);
    expect(refreshes()).toBe(1);
  });

  it('gets a new token before the old one ends, and not earlier', async () => {
    const account = await kept();
    const first = await tokenOf(account);
    await clock.advance(3600_000 - 5 * 60_000 - 1);
    expect(await tokenOf(account)).toBe(first);
    await clock.advance(1);
    expect(await tokenOf(account)).not.toBe(first);
    expect(refreshes()).toBe(2);
  });

  it('gets a new token for one that was refused, and keeps it when a second one speaks of the old', async () => {
    const account = await kept();
    const [one, other] = [await account.read(), await account.read()];
    one.drop();
    const fresh = await tokenOf(account);
    expect(fresh).not.toBe(one.accessToken);
    other.drop();
    expect(await tokenOf(account)).toBe(fresh);
    expect(refreshes()).toBe(2);
  });

  it('tells that it has ended when the provider says so, and does not ask again at every turn', async () => {
    const account = await kept();
    await tokenOf(account);
    server.revokeAll();
    (await account.read()).drop();
    const expired = { code: 'source.sign-in-expired', retry: 'after-user-action', facts: { source: 'Ada’s mail' } };
    await expect(account.read()).rejects.toMatchObject(expired);
    await expect(account.read()).rejects.toMatchObject(expired);
    expect(refreshes()).toBe(2);
    expect(ended).toEqual([false, true]);
    await clock.advance(60 * 60_000);
    await expect(account.read()).rejects.toMatchObject(expired);
    expect(refreshes()).toBe(3);
  });

  it('does not take a provider that is out of order for a sign-in that has ended', async () => {
    const account = await kept();
    server.instead.set('/token', (_request, response) => response.writeHead(503).end());
    await expect(account.read()).rejects.toMatchObject({ code: 'sign-in.failed', retry: 'later' });
    server.instead.clear();
    await expect(account.read()).resolves.toBeDefined();
    expect(ended).toEqual([false]);
  });

  it('tells that nobody has signed in where nothing is kept', async () => {
    const account = signedIn(new RefreshTokens(inMemory(), inMemory()));
    await expect(account.read()).rejects.toMatchObject({ code: 'source.needs-sign-in' });
  });

  /** A keychain of two entries that outlives the process; the nth call of it and all later ones fail: before it did its work, after it, or in the middle, with the old gone and the new not there. */
  function breaking(
    contents: Map<string, string>,
    atCall: number,
    when: 'before' | 'during' | 'after',
  ): [TokenPlace, TokenPlace] {
    let calls = 0;
    const call = async <T>(work: () => T, half: () => unknown = () => undefined): Promise<T> => {
      calls += 1;
      const failure = new StrataError('keychain.unavailable', 'after-user-action');
      if (calls > atCall || (calls === atCall && when === 'before')) throw failure;
      if (calls === atCall && when === 'during') half();
      else {
        const result = work();
        if (calls < atCall) return result;
      }
      throw failure;
    };
    const place = (name: string): TokenPlace => ({
      read: () => call(() => contents.get(name)),
      write: (token) =>
        call(
          () => void contents.set(name, token),
          () => contents.delete(name),
        ),
      remove: () => call(() => void contents.delete(name)),
    });
    return [place('token'), place('newer')];
  }

  it('loses no token at whatever point of a change the process ends, though each change ends the old one', async () => {
    for (let atCall = 1; atCall <= 6; atCall += 1) {
      for (const when of ['before', 'during', 'after'] as const) {
        const contents = new Map([['token', await firstToken()]]);
        await signedIn(new RefreshTokens(...breaking(contents, atCall, when)))
          .read()
          .catch(() => undefined); // the process ends here
        const isLostAlready = atCall === 3 && when !== 'after';
        const again = signedIn(new RefreshTokens(...breaking(contents, Number.POSITIVE_INFINITY, 'before'))).read();
        // Between the provider's answer and the first write nothing can be done by anybody: it is told by name.
        if (isLostAlready) await expect(again).rejects.toMatchObject({ code: 'source.sign-in-expired' });
        else await expect(again, `call ${atCall}, ${when}`).resolves.toBeDefined();
        expect(contents.size, `call ${atCall}, ${when}`).toBeGreaterThan(0);
      }
    }
  });

  it('keeps a token in memory that the keychain did not take, hands out nothing until it has, and then goes on', async () => {
    const contents = new Map([['token', await firstToken()]]);
    let isLocked = false;
    const place = (name: string): TokenPlace => ({
      read: async () => contents.get(name),
      write: async (token) => {
        if (isLocked) throw new StrataError('keychain.unavailable', 'after-user-action');
        contents.set(name, token);
      },
      remove: async () => void contents.delete(name),
    });
    const account = signedIn(new RefreshTokens(place('token'), place('newer')));
    isLocked = true;
    await expect(account.read()).rejects.toMatchObject({ code: 'keychain.unavailable' });
    await expect(account.read()).rejects.toMatchObject({ code: 'keychain.unavailable' });
    expect(refreshes()).toBe(1);
    isLocked = false;
    await expect(account.read()).resolves.toBeDefined();
    expect([...contents.keys()]).toEqual(['token']);
  });

  it('uses the older of two tokens only when the newer one is refused', async () => {
    const good = await firstToken();
    const tokens = new RefreshTokens(inMemory(), inMemory());
    const places = { token: inMemory(), newer: inMemory() };
    await places.token.write(good);
    await places.newer.write('made up');
    const account = signedIn(new RefreshTokens(places.token, places.newer));
    await expect(account.read()).resolves.toBeDefined();
    expect(refreshes()).toBe(2);
    expect(await places.newer.read()).toBeUndefined();
    expect(await tokens.all()).toEqual([]);
  });

  it('lets a provider keep the token that it gave first', async () => {
    server.rotates = false;
    const contents = new Map([['token', await firstToken()]]);
    const places = breaking(contents, Number.POSITIVE_INFINITY, 'before');
    const before = contents.get('token');
    await signedIn(new RefreshTokens(...places)).read();
    expect(contents).toEqual(new Map([['token', before]]));
  });
});

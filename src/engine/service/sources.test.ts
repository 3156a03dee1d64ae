import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browse, OwnOAuthServer } from '../../../test/kit/oauth/own-oauth-server.ts';
import { ServiceWorld } from '../../../test/kit/service-world.ts';
import type { GrantId, SourceId } from '../../shared/domain/ids.ts';
import type { OAuthSignIn } from '../../shared/domain/sign-in.ts';
import type { SourceSettings } from '../../shared/domain/source-settings.ts';
import type { Keychain } from '../kernel/keychain.ts';
import type { Log } from '../kernel/log.ts';
import { Secrets } from './secrets.ts';
import { SignIns } from './sign-ins.ts';
import { SourceSecrets } from './source-secrets.ts';
import { Sources } from './sources.ts';

describe('a source with a sign-in in the browser', () => {
  let server: OwnOAuthServer;
  let keychain: Map<string, string>;
  let warnings: string[];
  let signIns: SignIns;
  let world: ServiceWorld;
  /** As after a start: nothing is in memory. */
  let start: () => Sources;
  let sources: Sources;
  beforeEach(async () => {
    server = await OwnOAuthServer.start();
    world = await ServiceWorld.make(['x']);
    keychain = new Map();
    warnings = [];
    const port: Keychain = {
      status: () => Promise.resolve('available'),
      read: (account) => Promise.resolve(keychain.get(account)),
      write: (account, secret) => Promise.resolve(void keychain.set(account, secret)),
      remove: (account) => Promise.resolve(void keychain.delete(account)),
    };
    const log: Log = { info: () => undefined, warn: (event) => void warnings.push(event), error: () => undefined };
    const parts = { ...world.parts, keychain: port, log };
    signIns = new SignIns(parts, server.web);
    start = () => new Sources(parts, { secrets: new SourceSecrets(parts, new Secrets(port), server.web), signIns }, world.opened);
    sources = start();
  });
  afterEach(async () => {
    signIns.close();
    await server.close();
  });

  const settingsWith = (signIn: OAuthSignIn | undefined): SourceSettings => ({
    ...{ kind: 'imap', host: 'mail.nord.example', port: 993, tls: 'implicit', user: 'ada', certificateSha256: null, exclude: [] },
    ...(signIn === undefined ? {} : { signIn }),
  });
  const settings = (): SourceSettings => settingsWith(server.signIn());
  const granted = async (signIn = server.signIn()): Promise<GrantId> => {
    const request = { signIn, user: 'ada', clientSecret: server.clientSecret, way: 'browser', page: () => '' } as const;
    const { grant, address } = await signIns.begin(request);
    await browse(server, address);
    await signIns.wait(grant);
    return grant;
  };
  const add = async (): Promise<SourceId> =>
    (await sources.add({ name: 'mail', settings: settings(), secret: null, grant: await granted(), keepInKeychain: true })).id;
  const refreshes = (): number => server.asked.filter((asked) => asked === 'POST /token refresh_token').length;

  it('is let in again after a start, with what the keychain has', async () => {
    server.clientSecret = 'of the client';
    const id = await add();
    expect([...keychain.keys()].sort()).toEqual([`source/${id}/client`, `source/${id}/sign-in`]);
    expect(JSON.stringify(world.parts.store.sources())).not.toContain('quay-');
    sources = start();
    expect(await sources.credentialReader(id)()).toMatchObject({ kind: 'token' });
    expect(await sources.show(id)).toMatchObject({ secret: 'keychain' });
  });

  it('keeps the token that is newest, where trying it out has brought another one', async () => {
    const grant = await granted();
    server.expireAccess();
    const { signedIn } = await signIns.take(grant, server.signIn());
    (await signedIn.read()).drop();
    await signedIn.read();
    const { id } = await sources.add({ name: 'mail', settings: settings(), secret: null, grant, keepInKeychain: true });
    sources = start();
    await expect(sources.credentialReader(id)()).resolves.toMatchObject({ kind: 'token' });
  });

  it('shows what one provider gave to no other, whatever the settings say by then', async () => {
    const id = await add();
    const other = await OwnOAuthServer.start();
    const elsewhere = settingsWith(other.signIn('endpoints'));
    const tested = await sources.test({ settings: elsewhere, secret: null, id });
    expect(tested).toMatchObject({ ok: false, failure: { code: 'source.needs-sign-in' } });
    const grant = await granted();
    const stolen = sources.edit({ id, name: 'mail', settings: elsewhere, secret: null, grant, keepInKeychain: true });
    await expect(stolen).rejects.toMatchObject({ code: 'input.invalid' });
    expect(keychain.size).toBe(1);
    await sources.edit({ id, name: 'mail', settings: elsewhere, secret: null, keepInKeychain: true });
    expect([...keychain]).toEqual([]);
    await expect(sources.credentialReader(id)()).rejects.toMatchObject({ code: 'source.needs-sign-in' });
    expect(await sources.show(id)).toMatchObject({ secret: 'missing' });
    expect(other.asked).toEqual([]);
    await other.close();
  });

  it('keeps its sign-in when something else of it is edited', async () => {
    const id = await add();
    await sources.edit({ id, name: 'post', settings: { ...settings(), exclude: ['Junk'] }, secret: null, keepInKeychain: true });
    sources = start();
    await expect(sources.credentialReader(id)()).resolves.toMatchObject({ kind: 'token' });
  });

  it('remembers beyond a start that the sign-in has ended, until somebody has signed in again', async () => {
    const id = await add();
    server.revokeAll();
    sources = start();
    await expect(sources.credentialReader(id)()).rejects.toMatchObject({
      code: 'source.sign-in-expired',
      facts: { source: 'mail' },
    });
    sources = start();
    expect(await sources.show(id)).toMatchObject({ secret: 'expired' });
    await sources.renewSignIn(id, await granted(), true);
    expect(await sources.show(id)).toMatchObject({ secret: 'keychain' });
    const asked = refreshes();
    await expect(sources.credentialReader(id)()).resolves.toMatchObject({ kind: 'token' });
    expect(refreshes()).toBe(asked);
  });

  it('says in time that its sign-in will end, as the provider said, over a start and an edit, until somebody has signed in again', async () => {
    const untilMs = world.clock.nowMs() + 90 * 86_400_000;
    server.lasts = () => (untilMs - world.clock.nowMs()) / 1000;
    const id = await add();
    const endings = async () => (await sources.show(id)).endings.map(({ failure: { code } }) => code);
    expect(await endings()).toEqual([]);
    await world.later(86);
    sources = start();
    await sources.credentialReader(id)();
    expect(await endings()).toEqual([]);
    await world.later(2);
    await sources.edit({ id, name: 'post', settings: settings(), secret: null, keepInKeychain: true });
    expect(await endings()).toEqual(['source.sign-in-ends']);
    server.lasts = () => 90 * 86_400;
    await sources.renewSignIn(id, await granted(), true);
    expect(await endings()).toEqual([]);
  });

  it('takes no password for its sign-in', async () => {
    const id = await add();
    const before = [...keychain];
    await expect(sources.unlock(id, 'a password', true)).rejects.toMatchObject({ code: 'input.invalid' });
    await sources.edit({ id, name: 'mail', settings: settings(), secret: 'a password', keepInKeychain: true });
    expect([...keychain]).toEqual(before);
  });

  it('withdraws its sign-in when it is removed, and is removed where that cannot be told', async () => {
    const first = await add();
    await sources.remove(first);
    expect(server.liveGrants).toBe(0);
    expect(keychain.size).toBe(0);
    const second = await add();
    server.instead.set('/revoke', (_request, response) => response.writeHead(500).end());
    await sources.remove(second);
    expect(keychain.size).toBe(0);
    expect(warnings).toEqual(['source.revoke']);
  });

  it('moves to memory alone when that is wanted, and leaves nothing in the keychain', async () => {
    const id = await add();
    await sources.renewSignIn(id, await granted(), false);
    expect(keychain.size).toBe(0);
    expect(await sources.show(id)).toMatchObject({ secret: 'memory' });
    await expect(sources.credentialReader(id)()).resolves.toMatchObject({ kind: 'token' });
  });

  it('is not made of a sign-in that was broken off, or was used already', async () => {
    const { grant } = await signIns.begin({
      ...{ signIn: server.signIn(), user: 'ada', clientSecret: null, way: 'browser' },
      page: () => '',
    });
    const waiting = signIns.wait(grant);
    signIns.cancel(grant);
    await expect(waiting).rejects.toMatchObject({ code: 'sign-in.cancelled' });
    const used = await granted();
    await sources.add({ name: 'mail', settings: settings(), secret: null, grant: used, keepInKeychain: true });
    for (const gone of [grant, used])
      await expect(
        sources.add({ name: 'other', settings: settings(), secret: null, grant: gone, keepInKeychain: true }),
      ).rejects.toMatchObject({ code: 'sign-in.cancelled' });
    expect(world.parts.store.sources()).toHaveLength(1);
  });

  it('is one of at most four sign-ins that wait at once: the oldest is given up', async () => {
    const begin = async (): Promise<GrantId> =>
      (
        await signIns.begin({
          ...{ signIn: server.signIn(), user: 'ada', clientSecret: null, way: 'browser' },
          page: () => '',
        })
      ).grant;
    const first = signIns.wait(await begin());
    first.catch(() => undefined); // looked at below
    for (let n = 0; n < 4; n += 1) await begin();
    await expect(first).rejects.toMatchObject({ code: 'sign-in.cancelled' });
  });
});

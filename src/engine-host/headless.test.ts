import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireMessage } from '../shared/contract/wire.ts';
import { createClient } from '../shared/contract/client.ts';
import { carrierPair } from './carrier-pair.ts';
import { type Headless, openHeadless } from './headless.ts';
import { relayTo } from './relay.ts';
import { takeSeat } from './seat.ts';

let profileDir: string;
const opened: Headless[] = [];
beforeEach(() => {
  process.env['STRATA_KEYCHAIN'] = 'off';
  profileDir = realpathSync(mkdtempSync('/tmp/strata-headless-'));
});
afterEach(async () => {
  for (const headless of opened.splice(0).reverse()) await headless.close('now');
  rmSync(profileDir, { recursive: true });
});

async function open(appVersion: string): Promise<Headless> {
  const headless = await openHeadless({ profileDir, appVersion });
  opened.push(headless);
  return headless;
}
const versionOf = async (headless: Headless): Promise<string> => (await headless.client.call('app.info', {})).version;

describe('the engine without a window', () => {
  it('starts without Node’s second web client, which takes as long to load as all else of HTTP and TLS', () => {
    const start = `await import(${JSON.stringify(join(import.meta.dirname, 'headless.ts'))}); console.log(process.moduleLoadList.join())`;
    const loaded = execFileSync(process.execPath, ['--input-type=module', '-e', start], { encoding: 'utf8' });
    expect(loaded).toContain('NativeModule _http_client');
    expect(loaded).not.toContain('undici');
  });

  it('opens in this process, and answers the contract', async () => {
    const headless = await open('1.0.0');
    expect(headless.engine).toBe('own');
    expect(await headless.client.call('app.info', {})).toMatchObject({
      profile: profileDir,
      version: '1.0.0',
      keychain: 'unavailable',
    });
    await expect(headless.client.call('job.show', { id: '0'.repeat(20) })).rejects.toMatchObject({ code: 'name.unknown' });
  });

  it('is shared by whoever comes second, notices included', async () => {
    const first = await open('1.0.0');
    const second = await open('2.0.0');
    expect(second.engine).toBe('shared');
    expect(await versionOf(second)).toBe('1.0.0');
    const heard = new Promise((resolve) => first.client.on('changed', resolve));
    await second.client.call('app.setPreferences', { theme: 'dark' });
    expect(await heard).toEqual({ what: 'preferences' });
  });

  it('gives the profile to the next one when it is closed', async () => {
    const first = await open('1.0.0');
    const second = await open('2.0.0');
    const lost = new Promise<void>((resolve) => second.client.onLost(resolve));
    await first.close();
    await lost;
    await expect(second.client.call('app.info', {})).rejects.toMatchObject({ code: 'engine.lost' });
    expect((await open('3.0.0')).engine).toBe('own');
  });

  it('gives the profile back when it cannot be opened', async () => {
    writeFileSync(join(profileDir, 'state.sqlite'), 'this is no database, and never was one');
    await expect(openHeadless({ profileDir, appVersion: '1.0.0' })).rejects.toThrow();
    const place = await takeSeat(profileDir, 1000);
    expect(place.role).toBe('engine');
    if (place.role === 'engine') place.seat.leave();
  });

  it('says in a sentence why a profile cannot be', async () => {
    writeFileSync(join(profileDir, 'file'), '');
    await expect(openHeadless({ profileDir: join(profileDir, 'file', 'profile'), appVersion: '1.0.0' })).rejects.toMatchObject({
      code: 'path.not-a-directory',
    });
  });

  it.runIf(process.platform !== 'win32')('takes the profile from everybody else', async () => {
    chmodSync(profileDir, 0o755);
    await open('1.0.0');
    expect(statSync(profileDir).mode & 0o777).toBe(0o700);
  });

  it('ends its runs before it closes', async () => {
    const headless = await open('1.0.0');
    const { id: storage } = await headless.client.call('storage.create', {
      name: 'Storage',
      path: join(profileDir, 'storage'),
      password: 'correct horse battery staple',
      keepInKeychain: false,
    });
    const { run } = await headless.client.call('storage.check', { id: storage, level: 'all' });
    await headless.close();
    const again = await open('1.0.0');
    expect((await again.client.call('run.show', { id: run })).status).toBe('success');
  }, 30_000);
});

describe('a relay', () => {
  it('passes each port to the engine of the other process, and says when that has gone', async () => {
    const first = await open('1.0.0');
    const place = await takeSeat(profileDir);
    if (place.role !== 'client') throw new Error('two engines');
    let isFree = (): void => undefined;
    const free = new Promise<void>((resolve) => {
      isFree = resolve;
    });
    const relay = relayTo(place.carrier, profileDir, isFree);
    const clients = [1, 2].map(() => {
      const [near, far] = carrierPair();
      relay.attach(far);
      return createClient(near, 'command');
    });
    // Both number their calls from 1: their answers must not be mixed up.
    const answers = clients.map((client, index) => client.call('app.setPreferences', { closeToTray: index === 0 }));
    expect((await Promise.all(answers)).map(({ closeToTray }) => closeToTray)).toEqual([true, false]);
    const lost = Promise.all(clients.map((client) => new Promise<void>((resolve) => client.onLost(resolve))));
    await first.close();
    await free;
    await lost;
  });
});

describe('two ends in one process', () => {
  const hello: WireMessage = { type: 'hello', protocol: 1 };

  it('deliver what came early first, and never in the call of who sends', async () => {
    const [near, far] = carrierPair();
    near.send(hello);
    near.send({ ...hello, protocol: 2 });
    const received: unknown[] = [];
    await Promise.resolve();
    far.listen(
      (message) => received.push(message),
      () => undefined,
    );
    near.send({ ...hello, protocol: 3 });
    expect(received).toHaveLength(2);
    await Promise.resolve();
    expect(received).toEqual([1, 2, 3].map((protocol) => ({ type: 'hello', protocol })));
  });

  it('close together', () => {
    const [near, far] = carrierPair();
    let closed = 0;
    near.listen(
      () => undefined,
      () => closed++,
    );
    far.listen(
      () => undefined,
      () => closed++,
    );
    near.close();
    far.close();
    expect(closed).toBe(2);
  });
});

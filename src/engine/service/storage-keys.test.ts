import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { StorageId } from '../../shared/domain/ids.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Keychain } from '../kernel/keychain.ts';
import { silentLog } from '../kernel/log.ts';
import type { Proof } from '../storage/index.ts';
import { type Engine, openEngine } from './engine.ts';
import { storageAccount } from './open-storages.ts';

/** As in the app but for the cost of a password: what it takes to guess one is not what is tried here. */
vi.mock(import('../crypto/open-sodium.ts'), async (original) => {
  const [real, { cheapenArgon }] = await Promise.all([original(), import('../../../test/kit/remembered-argon.ts')]);
  const cheap = real.openSodium().then(cheapenArgon);
  return { ...real, openSodium: () => cheap };
});

const password = 'correct horse battery';
const proof: Proof = { by: 'password', password };
const wrong: Proof = { by: 'password', password: 'correct horse batter' };
const refuses = (code: string): unknown => expect.objectContaining({ code });

/** Outlives the engine, and can go on strike. */
let kept: Map<string, string>;
let isOnStrike: boolean;
const keychain: Keychain = {
  status: () => Promise.resolve('available'),
  read: (account) => Promise.resolve(kept.get(account)),
  write: (account, secret) =>
    isOnStrike
      ? Promise.reject(new StrataError('keychain.unavailable', 'after-user-action'))
      : Promise.resolve(void kept.set(account, secret)),
  remove: (account) => Promise.resolve(void kept.delete(account)),
};

let root: string;
let engine: Engine;
let storage: StorageId;
let recoveryKey: string;

const start = (): Promise<Engine> =>
  openEngine({ profileDir: path.join(root, 'profile'), keychain, appVersion: '0', log: silentLog });
async function restart(): Promise<void> {
  await engine.close('now');
  engine = await start();
}

beforeEach(async () => {
  root = temporaryFolder();
  kept = new Map();
  isOnStrike = false;
  engine = await start();
  const request = { name: 'S', path: path.join(root, 'storage'), password, keepInKeychain: true };
  ({ id: storage, recoveryKey } = await engine.storages.create(request));
  engine.storages.confirmRecoveryKey(storage);
});
afterEach(() => engine.close('now'));

const shown = () => engine.storages.show(storage);
const keysOf = async (kind: string) => (await shown()).keys.filter((key) => key.kind === kind);
const isConfirmed = async (): Promise<boolean> => (await shown()).recoveryKeyConfirmed;

describe('a change of keys', () => {
  it('asks for a password or the recovery key, although the storage is open', async () => {
    const { state, keys } = await shown();
    expect(state).toBe('open');
    const { keyring } = engine;
    const device = keys.find(({ kind }) => kind === 'device')?.slot ?? '';
    const asking: Readonly<Record<string, () => Promise<unknown>>> = {
      change: () => keyring.changePassword(storage, wrong, 'battery staple'),
      add: () => keyring.addPassword(storage, wrong, 'Ben', 'battery staple'),
      remove: () => keyring.removeKey(storage, wrong, device),
      show: () => keyring.showRecoveryKey(storage, wrong.by === 'password' ? wrong.password : ''),
      renew: () => keyring.renewRecoveryKey(storage, wrong),
      renewed: () => keyring.newKey(storage, wrong.by === 'password' ? wrong.password : ''),
    };
    for (const [what, ask] of Object.entries(asking)) {
      await expect(ask(), what).rejects.toEqual(refuses('storage.wrong-password'));
    }
    expect(await shown()).toMatchObject({ keys, recoveryKeyConfirmed: true });
  });

  it('is refused where another storage lies at the place now', async () => {
    const other = { name: 'T', path: path.join(root, 'other'), password, keepInKeychain: false };
    await engine.storages.create(other);
    engine.parts.store.putStorage({ ...(await stored()), path: other.path });
    await expect(engine.keyring.changePassword(storage, proof, 'battery staple')).rejects.toEqual(
      refuses('storage.not-this-one'),
    );
  });

  it('of the recovery key makes the sheet that somebody confirmed an old one, and is no change when it is refused', async () => {
    await expect(engine.keyring.renewRecoveryKey(storage, wrong)).rejects.toEqual(refuses('storage.wrong-password'));
    expect(await isConfirmed()).toBe(true);
    const sheet = await engine.keyring.renewRecoveryKey(storage, { by: 'recovery-key', recoveryKey });
    expect(await isConfirmed()).toBe(false);
    expect(await engine.keyring.showRecoveryKey(storage, password)).toEqual(sheet);
  });
});

describe('the key of this computer', () => {
  it('is a slot of its own, once, however often the password is typed, and opens the storage at the next start', async () => {
    for (let times = 0; times < 3; times += 1) await engine.storages.unlock(storage, proof, true);
    expect(await keysOf('device')).toMatchObject([{ isThisDevice: true }]);
    await restart();
    expect(await shown()).toMatchObject({ state: 'open', keyInKeychain: true });
  });

  it('is forgotten by the keychain when its slot is removed', async () => {
    expect(kept.has(storageAccount(storage))).toBe(true);
    const [device] = await keysOf('device');
    await engine.keyring.removeKey(storage, proof, device?.slot ?? '');
    expect(kept.size).toBe(0);
    expect(await shown()).toMatchObject({ keyInKeychain: false });
    await restart();
    expect(await shown()).toMatchObject({ state: 'locked', failure: { code: 'storage.needs-password' } });
  });

  it('of another computer is removed without touching this one’s', async () => {
    const { slot } = (await keysOf('device'))[0] ?? expect.unreachable();
    const open = await engine.storages.show(storage);
    // Another installation keeps a key of its own.
    const second = await openEngine({
      profileDir: path.join(root, 'second'),
      keychain: noted(),
      appVersion: '0',
      log: silentLog,
    });
    await second.storages.attach({ name: 'S', path: open.path, unlock: proof, keepInKeychain: true, taking: 'adopt' });
    await second.close('now');
    const others = (await keysOf('device')).filter((key) => key.slot !== slot);
    expect(others).toMatchObject([{ isThisDevice: false }]);
    await engine.keyring.removeKey(storage, proof, others[0]?.slot ?? '');
    expect(kept.has(storageAccount(storage))).toBe(true);
    await restart();
    expect(await shown()).toMatchObject({ state: 'open', keyInKeychain: true });
  });

  it('that the keychain refuses to keep leaves no slot behind, however often it is tried', async () => {
    const [device] = await keysOf('device');
    await engine.keyring.removeKey(storage, proof, device?.slot ?? '');
    isOnStrike = true;
    for (let times = 0; times < 3; times += 1) {
      await expect(engine.storages.unlock(storage, proof, true)).rejects.toEqual(refuses('keychain.unavailable'));
    }
    expect(await keysOf('device')).toEqual([]);
  });

  it('gives way to one under the new key when the storage gets one', async () => {
    const [before] = await keysOf('device');
    const sheet = await engine.keyring.newKey(storage, password);
    expect(await isConfirmed()).toBe(false);
    const [after, ...more] = await keysOf('device');
    expect(more).toEqual([]);
    expect(after).toMatchObject({ isThisDevice: true });
    expect(after?.slot).not.toBe(before?.slot);
    await restart();
    expect(await shown()).toMatchObject({ state: 'open' });
    expect(await engine.keyring.showRecoveryKey(storage, password)).toEqual(sheet);
  });
});

describe('what a profile remembers of keys', () => {
  it('is when each was used and when a person last typed a right password', async () => {
    const [slot] = await keysOf('password');
    expect(slot?.lastUsedAtMs).toBeNull();
    const created = (await shown()).passwordTypedAtMs;
    await expect(engine.keyring.tryPassword(storage, 'correct horse batter')).rejects.toEqual(refuses('storage.wrong-password'));
    expect((await shown()).passwordTypedAtMs).toBe(created);
    await engine.keyring.tryPassword(storage, password);
    const [tried] = await keysOf('password');
    expect(tried?.lastUsedAtMs).toBe((await shown()).passwordTypedAtMs);
    expect(tried?.lastUsedAtMs).not.toBeNull();
  });

  it('opens nothing, and is gone with the storage', async () => {
    const use = engine.parts.store.preference(`keys/${storage}`) ?? '';
    for (const secret of [...kept.values(), password, recoveryKey]) expect(use).not.toContain(secret);
    await engine.storages.detach(storage);
    expect(kept.size).toBe(0);
    expect(JSON.parse(engine.parts.store.preference(`keys/${storage}`) ?? '{}')).toEqual({
      lastUsed: {},
      passwordTypedAtMs: null,
      device: null,
    });
  });
});

const stored = async () => engine.parts.store.storages().find(({ id }) => id === storage) ?? expect.unreachable();

/** A keychain of another computer. */
function noted(): Keychain {
  const there = new Map<string, string>();
  return {
    status: () => Promise.resolve('available'),
    read: (account) => Promise.resolve(there.get(account)),
    write: (account, secret) => Promise.resolve(void there.set(account, secret)),
    remove: (account) => Promise.resolve(void there.delete(account)),
  };
}

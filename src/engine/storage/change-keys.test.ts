import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SimFileSystem } from '../../../test/kit/sim-file-system.ts';
import {
  draftOf,
  MapCatalog,
  readBack,
  someBytes,
  storeBytes,
  type TestDeps,
  testDeps,
  testMachine,
  testRun,
  testStorage,
} from '../../../test/kit/storage-world.ts';
import { floorCost } from '../crypto/index.ts';
import { copyName, limits, parseSlot } from '../format/index.ts';
import { crc32 } from '../format/crc32.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import type { Target } from '../targets/target.ts';
import {
  addPassword,
  changePassword,
  type CreatedStorage,
  createStorage,
  openStorage,
  type Proof,
  removeKey,
  renewRecoveryKey,
  showRecoveryKey,
  startNewKey,
  type Storage,
  tryPassword,
  type Unlock,
} from './index.ts';

vi.setConfig({ testTimeout: 60_000 });
/** Memory that flips a bit while a slot is sealed; and once, while a password is stretched with a salt that is not known. */
const sealing = vi.hoisted(() => ({ isFaulty: false }));
const stretching = vi.hoisted(() => ({ isFaulty: false, knownSalts: [] as Uint8Array[], underWay: 0, mostAtOnce: 0 }));
vi.mock(import('../crypto/open-sodium.ts'), async (original) => {
  const [real, { rememberArgon }] = await Promise.all([original(), import('../../../test/kit/remembered-argon.ts')]);
  const sodium = real.openSodium().then((whole) => {
    const remembered = rememberArgon(whole);
    return {
      ...whole,
      argon2id: async (...[into, password, salt, cost]: Parameters<typeof whole.argon2id>) => {
        stretching.underWay += 1;
        stretching.mostAtOnce = Math.max(stretching.mostAtOnce, stretching.underWay);
        await new Promise(setImmediate); // what is remembered begins and ends in turns, too
        await remembered.argon2id(into, password, salt, cost);
        stretching.underWay -= 1;
        if (!stretching.isFaulty || stretching.knownSalts.some((known) => Buffer.compare(known, salt) === 0)) return;
        stretching.isFaulty = false;
        into[0] = (into[0] as number) ^ 1;
      },
      seal: (...[into, ...given]: Parameters<typeof whole.seal>) => {
        whole.seal(into, ...given);
        if (sealing.isFaulty) into[0] = (into[0] as number) ^ 1;
      },
    };
  });
  return { ...real, openSodium: () => sodium };
});

let files: SimFileSystem;
let deps: TestDeps;
let target: Target;
let created: CreatedStorage;
let storage: Storage;

const old: Proof = { by: 'password', password: testStorage.password };
const next = { password: 'battery staple', cost: floorCost };
/** What ends a password slot before its checksum. */
const noteBytes = limits.slotNoteBytes + 16;
const nothing = (): void => undefined;

beforeEach(async () => {
  sealing.isFaulty = false;
  stretching.isFaulty = false;
  files = new SimFileSystem();
  deps = testDeps(files);
  target = openLocalTarget(files, '/disk', deps.random);
  created = await createStorage(target, testStorage, deps);
  storage = created.storage;
});

const open = (unlock: Unlock): Promise<Storage> => openStorage(target, unlock, deps);
const opens = async (unlock: Unlock): Promise<string> => (await open(unlock)).catalogKey();
const refusal = (code: string): unknown => expect.objectContaining({ code });
const sheet = (recoveryKey: string): Proof => ({ by: 'recovery-key', recoveryKey });
const slots = (): string[] => target.list('keys');
const trashed = (): string[] => target.list('trash');

async function addDevice(): Promise<{ readonly slot: string; readonly secret: string }> {
  let kept = '';
  const slot = await storage.addDevice('desk', (secret) => {
    kept = secret;
    return Promise.resolve();
  });
  return { slot, secret: kept };
}
const labels = (): string[] => storage.keySlots().map(({ kind, label }) => `${kind} ${label}`);

async function cycle(name: string, bytes: Uint8Array, catalog: MapCatalog, into: Storage): Promise<void> {
  const lock = into.lock('backup', 'write');
  const writer = into.writer(lock, catalog);
  await storeBytes(writer, name, bytes);
  catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
  writer.abandon();
  lock.release();
}

describe('another password', () => {
  it('opens the storage in place of the old one, which lies in the trash', async () => {
    const [before] = slots().filter((name) => target.read(name)[10] === 1);
    await changePassword(target, old, next, deps);
    expect(await opens({ by: 'password', password: next.password })).toBe(storage.catalogKey());
    await expect(open(old)).rejects.toEqual(refusal('storage.wrong-password'));
    expect(slots()).toHaveLength(2);
    expect(target.list('copies/keys')).toEqual(slots().map(copyName));
    const day = new Date(deps.clock.nowMs()).toISOString().slice(0, 10);
    expect(trashed()).toEqual([`trash/${day}/copies/${before}`, `trash/${day}/${before}`]);
  });

  it('writes one slot and its copy, and touches nothing else, whatever the storage holds', async () => {
    const catalog = new MapCatalog();
    await cycle('a', someBytes(300_000, 1), catalog, storage);
    const before = new Map(files.files());
    await changePassword(target, old, next, deps);
    const changed = [...files.files().keys()].filter((name) => !before.has(name));
    expect(changed.filter((name) => !name.includes('/trash/'))).toHaveLength(2);
    for (const [name, bytes] of files.files()) if (before.has(name)) expect(bytes).toEqual(before.get(name));
  });

  it('is also given with the recovery key, which goes on working and can still be shown', async () => {
    await changePassword(target, sheet(created.recoveryKey), next, deps);
    await expect(open(old)).rejects.toEqual(refusal('storage.wrong-password'));
    expect(await opens(sheet(created.recoveryKey))).toBe(storage.catalogKey());
    expect((await showRecoveryKey(target, next.password)).recoveryKey).toBe(created.recoveryKey);
  });

  it.each([
    [3, 'where there is room', 384 * 1024 * 1024],
    [2, 'where memory is short', 383 * 1024 * 1024],
    [2, 'where the system does not say how much memory there is', 0],
  ])('stretches %i keys at a time %s', async (most, _, spareBytes) => {
    const machine = testMachine({ spareMemoryBytes: () => spareBytes });
    stretching.mostAtOnce = 0;
    await changePassword(target, old, next, { ...deps, machine });
    expect(stretching.mostAtOnce).toBe(most);
  });

  it('is refused to a wrong password, to a short one, and beside anybody who works with the storage', async () => {
    const before = files.files();
    const wrong: Proof = { by: 'password', password: 'correct horse?' };
    await expect(changePassword(target, wrong, next, deps)).rejects.toEqual(refusal('storage.wrong-password'));
    await expect(changePassword(target, old, { ...next, password: 'short' }, deps)).rejects.toEqual(
      refusal('storage.password-too-short'),
    );
    expect(files.files()).toEqual(before);
    for (const mode of ['read', 'write'] as const) {
      const lock = storage.lock('backup', mode);
      await expect(changePassword(target, old, next, deps)).rejects.toEqual(refusal('storage.locked'));
      lock.release();
    }
    expect(files.files()).toEqual(before);
  });
});

describe('a change of the password that broke off', () => {
  const fresh: Proof = { by: 'password', password: next.password };
  /** Of the two passwords that both open the storage then. */
  let [older, newer]: string[] = [];
  beforeEach(async () => {
    const broken = new Proxy(target, {
      get: (of, name: keyof Target) => {
        if (name === 'move') return () => expect.unreachable('the power is out');
        const member = of[name];
        return typeof member === 'function' ? member.bind(of) : member;
      },
    });
    [older] = storage.keySlots().flatMap(({ kind, slot }) => (kind === 'password' ? [slot] : []));
    deps.clock.setWall(deps.clock.nowMs() - 3_600_000); // must not make the newer one the older
    await expect(changePassword(broken, old, next, deps)).rejects.toThrow();
    newer = storage.keySlots().find(({ kind, slot }) => kind === 'password' && slot !== older)?.slot;
  });
  const removing = (slot: string | undefined, proof: Proof): Promise<void> => removeKey(target, proof, slot ?? '', deps);

  it('is seen: which password is the older one, and since when there is each', async () => {
    const [first, second] = [older, newer].map((slot) => storage.keySlots().find((key) => key.slot === slot));
    expect(first).toMatchObject({ label: '', isReplaced: true });
    expect(second).toMatchObject({ label: '', isReplaced: false });
    expect(second?.createdAtMs).toBeGreaterThan(first?.createdAtMs ?? 0);
    for (const proof of [old, fresh]) expect(await opens(proof)).toBe(storage.catalogKey());
  });

  it.each([
    ['the newer password', () => fresh],
    ['the recovery key', () => sheet(created.recoveryKey)],
  ])('is ended by removing the older one with %s', async (_, proof) => {
    await removing(older, proof());
    expect(labels().sort()).toEqual(['password ', 'recovery ']);
    await expect(open(old)).rejects.toEqual(refusal('storage.wrong-password'));
    expect(await opens(fresh)).toBe(storage.catalogKey());
    expect(storage.keySlots().some(({ isReplaced }) => isReplaced)).toBe(false);
  });

  it('is not ended by who shows only that the older one is known', async () => {
    const before = slots();
    await expect(removing(older, old)).rejects.toMatchObject({ code: 'storage.wrong-password', facts: { hint: 'older' } });
    expect(slots()).toEqual(before);
  });

  it('never loses both: the newer one cannot be removed, and with another password beside them both go', async () => {
    await expect(removing(newer, fresh)).rejects.toEqual(refusal('storage.last-key'));
    await addPassword(target, fresh, 'Ben', { ...next, password: 'other words' }, deps);
    await removing(newer, { by: 'password', password: 'other words' });
    expect(labels().sort()).toEqual(['password Ben', 'recovery ']);
  });

  it('is also ended by a further change', async () => {
    await changePassword(target, old, { ...next, password: 'other words' }, deps);
    expect(labels().sort()).toEqual(['password ', 'recovery ']);
    expect(await opens({ by: 'password', password: 'other words' })).toBe(storage.catalogKey());
  });
});

describe('several passwords', () => {
  it('open the same storage, have different names, and can be removed but for the last', async () => {
    await addPassword(target, old, 'Ben', next, deps);
    expect(await opens({ by: 'password', password: next.password })).toBe(storage.catalogKey());
    expect(await opens(old)).toBe(storage.catalogKey());
    expect(labels().sort()).toEqual(['password ', 'password Ben', 'recovery ']);
    await expect(addPassword(target, old, 'BEN', next, deps)).rejects.toEqual(refusal('name.taken'));

    const of = (label: string): string =>
      storage.keySlots().find((slot) => slot.kind === 'password' && slot.label === label)?.slot ?? '';
    await removeKey(target, { by: 'password', password: next.password }, of(''), deps);
    await expect(open(old)).rejects.toEqual(refusal('storage.wrong-password'));
    await expect(removeKey(target, sheet(created.recoveryKey), of('Ben'), deps)).rejects.toEqual(refusal('storage.last-key'));
    expect(await opens({ by: 'password', password: next.password })).toBe(storage.catalogKey());
  });

  it('change one by one', async () => {
    await addPassword(target, old, 'Ben', next, deps);
    await changePassword(target, { by: 'password', password: next.password }, { ...next, password: 'other words' }, deps);
    expect(await opens(old)).toBe(storage.catalogKey());
    await expect(tryPassword(target, next.password)).rejects.toEqual(refusal('storage.wrong-password'));
    await tryPassword(target, 'other words');
    expect(labels().sort()).toEqual(['password ', 'password Ben', 'recovery ']);
  });

  it('never remove the recovery key, nor what is no key', async () => {
    const recovery = storage.keySlots().find(({ kind }) => kind === 'recovery')?.slot ?? '';
    await expect(removeKey(target, old, recovery, deps)).rejects.toEqual(refusal('storage.last-key'));
    await expect(removeKey(target, old, 'nothing', deps)).rejects.toEqual(refusal('name.unknown'));
  });

  it.each([
    ['with a note that was not made with these keys', (file: Buffer) => file],
    ['with no note at all, as slots of early versions', (file: Buffer) => file.subarray(0, file.length - noteBytes)],
  ])('do not count a file that somebody put there without the keys, %s', async (_, made) => {
    const of = (label: string): string =>
      storage.keySlots().find((slot) => slot.kind === 'password' && slot.label === label)?.slot ?? '';
    const ben: Proof = { by: 'password', password: next.password };
    await addPassword(target, old, 'Ben', next, deps);
    await removeKey(target, ben, of(''), deps);
    const elsewhere = openLocalTarget(files, '/other', deps.random);
    await createStorage(elsewhere, testStorage, deps);
    for (const name of elsewhere.list('keys')) {
      const file = Buffer.from(made(Buffer.from(elsewhere.read(name))));
      // It claims to be of this storage.
      file.write(storage.header.id, 24, 'ascii');
      file.writeUInt32LE(crc32(file.subarray(0, -4)), file.length - 4);
      target.put(name, file);
    }
    await expect(removeKey(target, ben, of('Ben'), deps)).rejects.toEqual(refusal('storage.last-key'));
  });
});

describe('the recovery key', () => {
  it('is shown again to whoever has a password, with its check characters', async () => {
    await addPassword(target, old, 'Ben', next, deps);
    for (const password of [testStorage.password, next.password]) {
      const { recoveryKey, checkCharacters } = await showRecoveryKey(target, password);
      expect({ recoveryKey, checkCharacters }).toEqual({
        recoveryKey: created.recoveryKey,
        checkCharacters: created.checkCharacters,
      });
    }
    await expect(showRecoveryKey(target, 'wrong words')).rejects.toEqual(refusal('storage.wrong-password'));
  });

  it('is replaced by a new one, which every password shows', async () => {
    await addPassword(target, old, 'Ben', next, deps);
    const renewed = await renewRecoveryKey(target, old, deps, nothing);
    expect(renewed.recoveryKey).not.toBe(created.recoveryKey);
    await expect(open(sheet(created.recoveryKey))).rejects.toEqual(refusal('storage.wrong-recovery-key'));
    expect(await opens(sheet(renewed.recoveryKey))).toBe(storage.catalogKey());
    expect(await showRecoveryKey(target, next.password)).toEqual(renewed);
    const again = await renewRecoveryKey(target, sheet(renewed.recoveryKey), deps, nothing);
    expect(await showRecoveryKey(target, testStorage.password)).toEqual(again);
  });
});

describe('a device', () => {
  it('opens the storage with a secret that holds no master key, until its slot is removed', async () => {
    const { slot, secret } = await addDevice();
    expect(storage.exportDeviceSecret()).not.toContain(secret.slice(8));
    expect(await opens({ by: 'device', secret })).toBe(storage.catalogKey());
    expect((await open({ by: 'device', secret })).openedBy).toBe(slot);
    expect(labels()).toContain('device desk');
    await changePassword(target, old, next, deps);
    expect(await opens({ by: 'device', secret })).toBe(storage.catalogKey());
    await removeKey(target, { by: 'password', password: next.password }, slot, deps);
    await expect(open({ by: 'device', secret })).rejects.toEqual(refusal('storage.needs-password'));
  });

  it('is added while others read and write', async () => {
    const lock = storage.lock('backup', 'write');
    const { secret } = await addDevice();
    lock.release();
    expect(await opens({ by: 'device', secret })).toBe(storage.catalogKey());
  });

  it('whose keychain refuses leaves no slot behind', async () => {
    const before = slots();
    await expect(storage.addDevice('desk', () => Promise.reject(new Error('no bus')))).rejects.toThrow('no bus');
    expect(slots()).toEqual(before);
    expect(target.list('locks')).toEqual([]);
  });
});

describe('a new master key', () => {
  const catalog = new MapCatalog();
  const large = someBytes(400_000, 1);

  it('is for what is saved from then on; everything from before stays readable, and one check covers both', async () => {
    await cycle('old', large, catalog, storage);
    await cycle('empty', new Uint8Array(0), catalog, storage);
    const { storage: renewed } = await startNewKey(target, { password: testStorage.password, cost: floorCost }, deps, nothing);
    expect(renewed.catalogKey()).not.toBe(storage.catalogKey());
    const rebuilt = MapCatalog.rebuilt(renewed);
    await cycle('new', someBytes(300_000, 2), rebuilt, renewed);
    // The same bytes once more: stored under the new key, beside the old ones.
    await cycle('again', large, rebuilt, renewed);

    const again = await open(old);
    const from = MapCatalog.rebuilt(again);
    expect(from.dump()).toEqual(rebuilt.dump());
    expect(await readBack(again, from, 'old')).toEqual(large);
    expect(await readBack(again, from, 'empty')).toEqual(new Uint8Array(0));
    expect(await readBack(again, from, 'again')).toEqual(large);
    expect(await readBack(again, from, 'new')).toEqual(someBytes(300_000, 2));
    const report = await again.check('all', () => [], testRun(deps));
    expect(report.findings).toEqual([]);
    expect(report.commits).toBe(4);
  });

  it('leaves one password and a new recovery key, and nothing else opens', async () => {
    await addPassword(target, old, 'Ben', next, deps);
    const { secret } = await addDevice();
    const masters = storage.exportDeviceSecret();
    const { sheet: renewed, storage: after } = await startNewKey(target, { ...old, cost: floorCost }, deps, nothing);
    expect(
      after
        .keySlots()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['password', 'recovery']);
    expect(slots()).toHaveLength(2);
    await expect(open({ by: 'password', password: next.password })).rejects.toEqual(refusal('storage.wrong-password'));
    await expect(open(sheet(created.recoveryKey))).rejects.toEqual(refusal('storage.wrong-recovery-key'));
    for (const gone of [secret, masters]) {
      await expect(open({ by: 'device', secret: gone })).rejects.toEqual(refusal('storage.needs-password'));
    }
    expect(await opens(sheet(renewed.recoveryKey))).toBe(after.catalogKey());
    expect(await showRecoveryKey(target, testStorage.password)).toEqual(renewed);
  });

  it('stops whoever unlocked the storage before, instead of letting them write with the old key', async () => {
    await startNewKey(target, { ...old, cost: floorCost }, deps, nothing);
    expect(storage.hasNewestKey()).toBe(false);
    for (const mode of ['read', 'write'] as const) {
      expect(() => storage.lock('backup', mode)).toThrow(refusal('storage.key-renewed'));
    }
    expect(target.list('locks')).toEqual([]);
  });

  it('can be made again and again', async () => {
    let open = storage;
    for (let epoch = 2; epoch <= 4; epoch += 1) {
      ({ storage: open } = await startNewKey(target, { ...old, cost: floorCost }, deps, nothing));
      await cycle(`epoch ${epoch}`, someBytes(50_000, epoch), MapCatalog.rebuilt(open), open);
    }
    const again = await openStorage(target, old, deps);
    const rebuilt = MapCatalog.rebuilt(again);
    for (let epoch = 2; epoch <= 4; epoch += 1) {
      expect(await readBack(again, rebuilt, `epoch ${epoch}`)).toEqual(someBytes(50_000, epoch));
    }
  });
});

describe('a new slot', () => {
  /** A disk that gives back one bit of one of the two copies otherwise than it was written. */
  const forgetful = (folder: 'keys' | 'copies/keys'): Target => {
    const there = new Set(slots().flatMap((name) => [name, copyName(name)]));
    const read: Target['read'] = (name) => {
      const bytes = Uint8Array.from(target.read(name));
      if (name.startsWith(`${folder}/`) && !there.has(name)) bytes[20] = (bytes[20] as number) ^ 1;
      return bytes;
    };
    return new Proxy(target, {
      get: (of, name: keyof Target) => {
        const member = of[name];
        return name === 'read' ? read : typeof member === 'function' ? member.bind(of) : member;
      },
    });
  };
  const changes: Readonly<Record<string, (on: Target) => Promise<unknown>>> = {
    'another password': (on) => changePassword(on, old, next, deps),
    'one more password': (on) => addPassword(on, old, 'Ben', next, deps),
    'a new recovery key': (on) => renewRecoveryKey(on, old, deps, nothing),
    'a new master key': (on) => startNewKey(on, { ...old, cost: floorCost }, deps, nothing),
    'a device': async (on) => (await openStorage(on, old, deps)).addDevice('desk', () => Promise.resolve()),
  };

  it.each(Object.keys(changes))(
    'of %s that the disk gives back otherwise goes again, and every old way in stays',
    async (what) => {
      const before = slots();
      for (const folder of ['keys', 'copies/keys'] as const) {
        await expect(changes[what]?.(forgetful(folder))).rejects.toEqual(refusal('storage.verify-failed'));
        expect(slots()).toEqual(before);
        expect(target.list('copies/keys')).toEqual(before.map(copyName));
      }
      expect(await opens(old)).toBe(storage.catalogKey());
      expect(await opens(sheet(created.recoveryKey))).toBe(storage.catalogKey());
      expect(trashed()).toEqual([]);
    },
  );

  it.each(Object.keys(changes))('of %s that does not open with what it was made for is never written', async (what) => {
    const before = [...slots(), ...target.list('copies/keys')];
    sealing.isFaulty = true;
    await expect(changes[what]?.(target)).rejects.toEqual(refusal('storage.verify-failed'));
    expect([...slots(), ...target.list('copies/keys')]).toEqual(before);
    expect(trashed()).toEqual([]);
  });

  it.each(['another password', 'one more password', 'a new master key'])(
    'of %s whose key came out otherwise the one time than the other is never written',
    async (what) => {
      const before = [...slots(), ...target.list('copies/keys')];
      stretching.knownSalts = slots().map((name) => parseSlot(target.read(name), { path: '', file: name }).salt);
      stretching.isFaulty = true;
      await expect(changes[what]?.(target)).rejects.toEqual(refusal('storage.verify-failed'));
      expect([...slots(), ...target.list('copies/keys')]).toEqual(before);
    },
  );

  it('of a new storage is opened before the storage is there', async () => {
    sealing.isFaulty = true;
    const place = openLocalTarget(files, '/other', deps.random);
    await expect(createStorage(place, testStorage, deps)).rejects.toEqual(refusal('storage.verify-failed'));
    sealing.isFaulty = false;
    await createStorage(place, testStorage, deps);
  });
});

describe('what was damaged or planted', () => {
  it('never costs more than the bounds, and does not keep the right password out', async () => {
    const [own = ''] = slots().filter((name) => target.read(name)[10] === 1);
    // Tried first, because it claims more master keys.
    const costs = [
      [0xffff_ffff, 3],
      [64 * 1024 - 1, 3],
      [64 * 1024, 1],
      [64 * 1024, 21],
      [2 * 1024 * 1024 + 1, 3],
    ] as const;
    for (const [index, [memoryKiB, passes]] of costs.entries()) {
      const file = Buffer.from(target.read(own));
      file.writeUInt32LE(memoryKiB, 12);
      file.writeUInt32LE(passes, 16);
      file.writeUInt32LE(crc32(file.subarray(0, -4)), file.length - 4);
      files.plant(`/disk/keys/0planted${index}.key`, file);
    }
    expect(await opens(old)).toBe(storage.catalogKey());
    for (const name of [own, copyName(own)]) target.remove(name);
    await expect(open(old)).rejects.toEqual(refusal('storage.limit-exceeded'));
  });

  it('is refused when there are more slots than Strata ever makes', async () => {
    for (let count = 0; count < 257; count += 1) files.plant(`/disk/keys/planted${count}.key`, new Uint8Array(1));
    await expect(open(old)).rejects.toEqual(refusal('storage.limit-exceeded'));
  });
});

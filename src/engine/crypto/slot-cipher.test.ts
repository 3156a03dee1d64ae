import { beforeAll, describe, expect, it, vi } from 'vitest';
import { rememberArgon } from '../../../test/kit/remembered-argon.ts';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import type { Clock } from '../kernel/clock.ts';
import { acceptedFlips, origin, refusal } from '../format/testing/hostile.ts';
import { calibratedCost, ceilingCost, floorCost, minimumPasswordLength, requireLongPassword, startCost } from './argon2.ts';
import { nativeSodium } from './native-sodium.ts';
import { newRecoveryKey, recoveryKeyWords } from './recovery-key.ts';
import { openWithPassword, openWithRecoveryKey, passwordSealing, recoverySealer } from './slot-cipher.ts';
import type { Sodium } from './sodium.ts';
import { StorageKeys } from './storage-keys.ts';
import { readSlot, slotFile } from './testing/objects.ts';

vi.setConfig({ testTimeout: 180_000 });

const random = seededRandom(1);
const password = 'Ångström – 12 ﬁne';
const probe = Buffer.from('probe');

let sodium: Sodium;
let keys: StorageKeys;
let slot: Uint8Array;
let recoveryKey: Uint8Array;
let recoverySlot: Uint8Array;
beforeAll(async () => {
  sodium = rememberArgon(await nativeSodium());
  keys = StorageKeys.create(sodium, random);
  slot = slotFile((await passwordSealing(sodium, random, password, floorCost, 'one-by-one')).sealer, keys, 'password');
  recoveryKey = newRecoveryKey(random);
  recoverySlot = slotFile(recoverySealer(sodium, random, recoveryKey), keys, 'recovery');
});
const open = (typed: string, file = slot) => openWithPassword(sodium, readSlot(file, origin), typed, { ...origin });
const failing = (code: string): unknown => expect.objectContaining({ code });

describe('a password slot', () => {
  it('gives back the keys that it wraps', async () => {
    expect((await open(password)).keys.chunkId(probe)).toBe(keys.chunkId(probe));
  });

  it('opens however the system composes the characters', async () => {
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) {
      expect((await open(password.normalize(form))).keys.epoch, form).toBe(1);
    }
  });

  it.each([
    ['a space behind', `${password} `],
    ['a space before', ` ${password}`],
    ['other capitals', password.toLowerCase()],
    ['a letter less', password.slice(0, -1)],
    ['nothing', ''],
  ])('says “wrong password” to %s', async (_, typed) => {
    await expect(open(typed)).rejects.toEqual(failing('storage.wrong-password'));
  });

  it('says “wrong password” to each of 100 near misses, and names spaces at the ends of what was typed and nothing else', async () => {
    const near = new Set([` ${password} `, `${password}\t`, `${password}\u00a0`, swapCase(password), password.toUpperCase()]);
    for (const at of [...password].keys()) {
      const letters = [...password];
      near.add([...letters.slice(0, at), ...letters.slice(at + 1)].join(''));
      near.add([...letters.slice(0, at), letters[at], ...letters.slice(at)].join(''));
      near.add([...letters.slice(0, at), swapCase(letters[at] ?? ''), ...letters.slice(at + 1)].join(''));
      near.add([...letters.slice(0, at), letters[at + 1] ?? '', letters[at], ...letters.slice(at + 2)].join(''));
    }
    for (let count = 0; near.size < 120; count += 1) near.add(`${password}${count}`);
    const wrong = [...near].filter((typed) => typed.normalize('NFKC') !== password.normalize('NFKC')).slice(0, 100);
    expect(wrong).toHaveLength(100);
    // A hash tells two passwords apart as well as stretching does, and a hundred of these take a minute.
    const quick: Sodium = { ...sodium, argon2id: (into, bytes, salt) => Promise.resolve(sodium.keyedHash(into, bytes, salt)) };
    const { sealer } = await passwordSealing(quick, random, password, floorCost, 'one-by-one');
    const quickSlot = readSlot(slotFile(sealer, keys, 'password'), origin);
    const told = (typed: string): Promise<unknown> =>
      openWithPassword(quick, quickSlot, typed, {}).catch((error: unknown) => error);
    expect(await told(password)).toHaveProperty('keys');
    for (const typed of wrong) {
      const facts = typed.trim() === typed ? {} : { hint: 'spaces' };
      const failure = await told(typed);
      expect(failure, typed).toMatchObject({ code: 'storage.wrong-password', facts });
      expect((failure as { facts: object }).facts, typed).toEqual(facts);
    }
  });

  it('says “damaged”, before a password is tried, to any flipped bit', () => {
    expect(acceptedFlips(slot, (file) => readSlot(file, origin))).toEqual([]);
  });

  it('does not open with any parameter changed, even when the checksum is made right', async () => {
    const parsed = readSlot(slot, origin);
    for (let offset = 0; offset < parsed.head.length; offset += 9) {
      const head = Uint8Array.from(parsed.head);
      head[offset] = (head[offset] as number) ^ 1;
      await expect(openWithPassword(sodium, { ...parsed, head }, password, {})).rejects.toEqual(
        failing('storage.wrong-password'),
      );
    }
  });

  it('is refused outside the bounds of cost, before any memory is taken', async () => {
    const parsed = readSlot(slot, origin);
    for (const cost of [
      { ...floorCost, memoryKiB: floorCost.memoryKiB - 1 },
      { ...floorCost, passes: 1 },
      { ...floorCost, memoryKiB: 0xffff_ffff },
      { ...floorCost, passes: ceilingCost.passes + 1 },
    ]) {
      await expect(openWithPassword(sodium, { ...parsed, cost }, password, {})).rejects.toEqual(
        failing('storage.limit-exceeded'),
      );
      await expect(passwordSealing(sodium, random, password, cost, 'one-by-one')).rejects.toEqual(
        failing('storage.limit-exceeded'),
      );
    }
  });

  it('says so when the machine has too little memory for it', async () => {
    const poor: Sodium = { ...sodium, argon2id: () => Promise.reject(new Error('status: -1')) };
    const opening = openWithPassword(poor, readSlot(slot, origin), password, {});
    await expect(opening).rejects.toEqual(
      expect.objectContaining({ code: 'storage.too-little-memory', facts: { mebibytes: 64 } }),
    );
  });

  it('seals once, with a salt and a nonce of its own', async () => {
    const sealer = (await passwordSealing(sodium, random, password, floorCost, 'one-by-one')).sealer;
    slotFile(sealer, keys, 'password');
    expect(() => slotFile(sealer, keys, 'password')).toThrow('once');
    const other = (await passwordSealing(sodium, random, password, floorCost, 'one-by-one')).sealer;
    expect(other.salt).not.toEqual(sealer.salt);
    expect(other.nonce).not.toEqual(sealer.nonce);
  });
});

describe('a recovery slot', () => {
  it('gives back the keys that it wraps', () => {
    const opened = openWithRecoveryKey(sodium, readSlot(recoverySlot, origin), recoveryKeyWords(recoveryKey));
    expect(opened.keys.chunkId(probe)).toBe(keys.chunkId(probe));
  });

  it('tells the key of another storage from one that is none', () => {
    const parsed = readSlot(recoverySlot, origin);
    const others = recoveryKeyWords(newRecoveryKey(random));
    expect(() => openWithRecoveryKey(sodium, parsed, others)).toThrow(failing('storage.wrong-recovery-key'));
    expect(() => openWithRecoveryKey(sodium, parsed, others.slice(4))).toThrow(failing('storage.recovery-key-malformed'));
  });

  it('does not pass for a password slot, nor the other way round', async () => {
    await expect(open(password, recoverySlot)).rejects.toThrow(RangeError);
    expect(() => openWithRecoveryKey(sodium, readSlot(slot, origin), recoveryKeyWords(recoveryKey))).toThrow(RangeError);
  });
});

describe('the cost of a password', () => {
  const clockOf = (tookMs: number): Clock => {
    const readings = [0, tookMs];
    return { monotonicMs: () => readings.shift() ?? tookMs } as unknown as Clock;
  };
  const instant: Sodium = { argon2id: () => Promise.resolve() } as unknown as Sodium;

  it('grows until unlocking takes about a second, within its bounds, and never falls below the start', async () => {
    expect(await calibratedCost(instant, clockOf(250))).toEqual({ ...startCost, passes: 12 });
    expect(await calibratedCost(instant, clockOf(5000))).toEqual(startCost);
    expect(await calibratedCost(instant, clockOf(0))).toEqual({ ...startCost, passes: ceilingCost.passes });
  });

  it('does not replace length', () => {
    expect(refusalOf(() => requireLongPassword('seven77'))).toBe('storage.password-too-short');
    requireLongPassword('a'.repeat(minimumPasswordLength));
    expect(refusalOf(() => requireLongPassword('👍'.repeat(4)))).toBe('storage.password-too-short');
  });
});

const swapCase = (text: string): string =>
  [...text].map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase())).join('');

function refusalOf(action: () => void): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return (error as { code: unknown }).code;
  }
}

it('needs no other refusal of its file than the format’s', () => {
  expect(refusal(() => readSlot(new Uint8Array(0), origin))).toBe('storage.damaged');
});

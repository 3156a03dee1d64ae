import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../test/kit/fake-clock.ts';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { SimFileSystem } from '../../../test/kit/sim-file-system.ts';
import { testMachine } from '../../../test/kit/storage-world.ts';
import { silentLog } from '../kernel/log.ts';
import type { Machine } from '../kernel/machine.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import type { Target } from '../targets/target.ts';
import { type HeldLock, LockBook } from './lock-book.ts';
import { lockModes, lockName } from './lock-file.ts';

let target: Target;
const random = seededRandom(3);

beforeEach(() => {
  target = openLocalTarget(new SimFileSystem(), '/disk', random);
  target.prepare();
});

interface Computer {
  readonly clock: FakeClock;
  readonly book: LockBook;
}

function computer(facts: Partial<Machine> = {}): Computer {
  const clock = fakeClock();
  return { clock, book: new LockBook(target, { clock, random, machine: testMachine(facts), log: silentLog }) };
}

const lockNames = (): string[] => target.list('locks');
const locked = expect.objectContaining({ code: 'storage.locked' }) as unknown;
const lost = expect.objectContaining({ code: 'storage.lock-lost' }) as unknown;
const minute = 60_000;

describe('locks', () => {
  it.each([
    ['read', 'read', true],
    ['read', 'write', true],
    ['read', 'exclusive', false],
    ['write', 'read', true],
    ['write', 'write', false],
    ['write', 'exclusive', false],
    ['exclusive', 'read', false],
    ['exclusive', 'write', false],
    ['exclusive', 'exclusive', false],
  ] as const)('%s beside %s: %s', (held, wanted, together) => {
    computer().book.acquire('backup', held);
    const other = computer({ machineId: 'machine-2' }).book;
    if (together) other.acquire('check', wanted).release();
    else expect(() => other.acquire('check', wanted)).toThrow(locked);
    expect(lockNames()).toHaveLength(1);
  });

  it('name who holds them', () => {
    computer({ hostName: 'laptop' }).book.acquire('backup', 'write');
    expect(() => computer().book.acquire('backup', 'write')).toThrow(
      expect.objectContaining({ facts: { purpose: 'backup', machine: 'laptop', since: '2026-03-01T10:00:00.000Z' } }),
    );
  });

  it('are gone when released, twice is harmless, and nobody else is released', () => {
    const { book } = computer();
    const first = book.acquire('backup', 'write');
    first.release();
    const second = book.acquire('backup', 'write');
    first.release();
    expect(lockNames()).toHaveLength(1);
    second.assertHeld();
    expect(() => first.assertHeld()).toThrow(lost);
  });
});

describe('a lock of somebody who died', () => {
  it('is taken away at once where this computer knows that he did', () => {
    computer({ pid: 7 }).book.acquire('backup', 'exclusive');
    computer({ isAlive: (pid) => pid !== 7 }).book.acquire('backup', 'exclusive');
    expect(lockNames()).toHaveLength(1);
  });

  it('is taken away at once after this computer was started anew', () => {
    computer({ bootId: 'boot-1' }).book.acquire('backup', 'exclusive');
    computer({ bootId: 'boot-2' }).book.acquire('backup', 'exclusive');
    expect(lockNames()).toHaveLength(1);
  });

  it.each([
    ['on another computer', { machineId: 'machine-2' }],
    ['where the system does not say when it was started', { bootId: '' }],
  ])('%s is taken away after 10 minutes without a heartbeat, watched by our own clock', async (_, facts) => {
    computer().book.acquire('backup', 'write');
    const { clock, book } = computer({ ...facts, isAlive: () => false });
    expect(() => book.acquire('backup', 'write')).toThrow(locked);
    await clock.advance(10 * minute - 1);
    clock.setWall(clock.nowMs() + 365 * 24 * 60 * minute);
    expect(() => book.acquire('backup', 'write')).toThrow(locked);
    await clock.advance(1);
    book.acquire('backup', 'write');
    expect(lockNames()).toHaveLength(1);
  });

  it('is not taken away while its heart beats', async () => {
    const owner = computer();
    const lock = owner.book.acquire('backup', 'write');
    const { clock, book } = computer({ machineId: 'machine-2' });
    for (let elapsed = 0; elapsed < 60; elapsed += 5) {
      expect(() => book.acquire('backup', 'write')).toThrow(locked);
      await owner.clock.advance(5 * minute);
      await clock.advance(5 * minute);
    }
    lock.assertHeld();
  });
});

describe('somebody who slept and lost his lock', () => {
  let sleeper: Computer;
  let lock: HeldLock;
  let thief: HeldLock;

  beforeEach(async () => {
    sleeper = computer();
    lock = sleeper.book.acquire('backup', 'write');
    const { clock, book } = computer({ machineId: 'machine-2' });
    expect(() => book.acquire('backup', 'write')).toThrow(locked);
    await clock.advance(10 * minute);
    thief = book.acquire('backup', 'write');
  });

  it('finds out before his next commit, and does not harm the other', () => {
    expect(() => lock.assertHeld()).toThrow(lost);
    expect(() => lock.assertHeld()).toThrow(lost);
    lock.release();
    thief.assertHeld();
  });

  it('does not come back by a heartbeat', async () => {
    await sleeper.clock.advance(5 * minute);
    expect(lockNames()).toHaveLength(1);
    thief.assertHeld();
    expect(() => lock.assertHeld()).toThrow(lost);
  });
});

describe('a lock file that is no lock', () => {
  it.each([
    ['empty', new Uint8Array(0)],
    ['torn', new TextEncoder().encode('{"uuid":"a","mach')],
    ['huge', new Uint8Array(100_000)],
  ])('stands in the way for 10 minutes, then goes: %s', async (_, bytes) => {
    target.put(lockName('a'), bytes);
    const { clock, book } = computer();
    for (const mode of lockModes) expect(() => book.acquire('check', mode)).toThrow(locked);
    await clock.advance(10 * minute);
    book.acquire('check', 'write').release();
    expect(lockNames()).toEqual([]);
  });
});

describe('two that come at the same time', () => {
  it('never both get it', () => {
    // The second one comes between the first one's look and its writing.
    const second = computer({ machineId: 'machine-2' });
    let hasCome = false;
    const wrapped = new Proxy(target, {
      get(of, name: keyof Target) {
        const own = of[name];
        if (typeof own !== 'function') return own;
        if (name === 'putExclusive' && !hasCome) {
          hasCome = true;
          second.book.acquire('backup', 'write');
        }
        return own.bind(of);
      },
    });
    const first = new LockBook(wrapped, { clock: fakeClock(), random, machine: testMachine(), log: silentLog });
    expect(() => first.acquire('backup', 'write')).toThrow(locked);
    expect(lockNames()).toHaveLength(1);
  });
});

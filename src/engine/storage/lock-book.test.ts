import { beforeEach, describe, expect, it } from 'vitest';
import { fakeClock, type JumpingClock } from '../../../test/kit/fake-clock.ts';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { SimFileSystem } from '../../../test/kit/sim-file-system.ts';
import { testMachine } from '../../../test/kit/storage-world.ts';
import { silentLog } from '../kernel/log.ts';
import type { Machine } from '../kernel/machine.ts';
import { Cancelled, type StrataError } from '../../shared/domain/strata-error.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import type { Target } from '../targets/target.ts';
import { type HeldLock, LockBook } from './lock-book.ts';
import { encodeLock, lockModes, lockName } from './lock-file.ts';

let disk: SimFileSystem;
let target: Target;
const random = seededRandom(3);

beforeEach(() => {
  disk = new SimFileSystem();
  target = openLocalTarget(disk, '/disk', random);
  target.prepare();
});

interface Computer {
  readonly clock: JumpingClock;
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

describe('somebody who slept', () => {
  const sleeps: readonly (readonly [string, (clock: JumpingClock) => void])[] = [
    ['by the wall clock alone: the other one stood still', (clock) => clock.setWall(clock.nowMs() + 2 * minute)],
    ['by the monotonic clock alone: the wall clock was set back', (clock) => clock.jump(2 * minute, -60 * minute)],
  ];

  it.each(sleeps)('looks at his lock before he writes again, %s', (_, sleep) => {
    const { clock, book } = computer();
    const lock = book.acquire('backup', 'write');
    for (const name of lockNames()) target.remove(name);
    lock.assertAwake();
    sleep(clock);
    expect(() => lock.assertAwake()).toThrow(lost);
    expect(() => lock.assertAwake()).toThrow(lost);
  });

  it('goes on when it is still his, and does not look again until he may have slept again', () => {
    const { clock, book } = computer();
    const lock = book.acquire('backup', 'write');
    clock.setWall(clock.nowMs() + 3 * minute);
    lock.assertAwake();
    for (const name of lockNames()) target.remove(name);
    lock.assertAwake();
  });

  it('need not look while his heart beats', async () => {
    const { clock, book } = computer();
    const lock = book.acquire('backup', 'write');
    await clock.advance(60 * minute);
    for (const name of lockNames()) target.remove(name);
    lock.assertAwake();
    expect(() => lock.assertHeld()).toThrow(lost);
  });
});

describe('somebody who waits', () => {
  const waiting = (other: Computer, signal = new AbortController().signal): { got: Promise<HeldLock>; told: unknown[] } => {
    const told: unknown[] = [];
    const onHeld = ({ facts }: StrataError): void => void told.push(facts['machine']);
    return { got: other.book.acquireWhenFree('backup', 'write', { signal, onHeld }), told };
  };

  it('is told once for whom, and gets it when it is free', async () => {
    const lock = computer({ hostName: 'laptop' }).book.acquire('backup', 'write');
    const other = computer({ machineId: 'machine-2' });
    const { got, told } = waiting(other);
    await other.clock.advance(5 * minute);
    expect(told).toEqual(['laptop']);
    lock.release();
    await other.clock.advance(minute);
    (await got).assertHeld();
  });

  it('outlives a holder who died on another computer', async () => {
    computer().book.acquire('backup', 'write');
    const other = computer({ machineId: 'machine-2' });
    const { got } = waiting(other);
    await other.clock.advance(11 * minute);
    (await got).assertHeld();
  });

  it('stops when he is told to, and leaves no lock', async () => {
    const lock = computer().book.acquire('backup', 'write');
    const stop = new AbortController();
    const { got } = waiting(computer({ machineId: 'machine-2' }), stop.signal);
    stop.abort();
    await expect(got).rejects.toThrow(Cancelled);
    lock.release();
    expect(lockNames()).toEqual([]);
  });
});

describe('a disk that nothing can be written to', () => {
  const refuse = (errno: string): void =>
    disk.onOperation(() => {
      throw Object.assign(new Error(errno), { code: errno });
    });

  it.each([
    ['EROFS', 'path.read-only'],
    ['EACCES', 'path.denied'],
    ['ENOSPC', 'disk.full'],
  ])('lets everybody read, without a lock, and nobody write: %s', (errno, code) => {
    refuse(errno);
    const { book } = computer();
    const lock = book.acquire('restore', 'read');
    lock.assertHeld();
    lock.assertAwake();
    lock.release();
    for (const mode of ['write', 'exclusive'] as const) {
      expect(() => book.acquire('backup', mode)).toThrow(expect.objectContaining({ code }));
    }
    expect(lockNames()).toEqual([]);
  });

  it('keeps the lock of somebody who died, which is in nobody’s way', () => {
    computer({ pid: 7 }).book.acquire('backup', 'exclusive');
    refuse('EROFS');
    computer({ isAlive: () => false }).book.acquire('restore', 'read');
    expect(lockNames()).toHaveLength(1);
  });

  it('does not hide who holds it', () => {
    computer().book.acquire('prune', 'exclusive');
    refuse('EROFS');
    expect(() => computer({ machineId: 'machine-2' }).book.acquire('restore', 'read')).toThrow(locked);
  });

  it('is said as it is where it fails otherwise', () => {
    refuse('EIO');
    expect(() => computer().book.acquire('restore', 'read')).toThrow(expect.objectContaining({ code: 'path.io' }));
  });
});

describe('a person', () => {
  it('sees who works, and what is known of it', () => {
    computer({ pid: 1, hostName: 'here' }).book.acquire('check', 'read');
    computer({ machineId: 'machine-2', hostName: 'laptop' }).book.acquire('backup', 'write');
    target.put(lockName('torn'), new Uint8Array(0));
    const seen = computer({ pid: 2, isAlive: () => true }).book.sights();
    expect(seen.map(({ purpose, hostName, holder }) => [purpose, hostName, holder])).toEqual(
      expect.arrayContaining([
        ['check', 'here', 'here'],
        ['backup', 'laptop', 'here'],
        [null, null, 'unreadable'],
      ]),
    );
  });

  it.each([
    ['alive', { pid: 7 }],
    ['gone', { pid: 8 }],
    ['elsewhere', { machineId: 'machine-2' }],
  ] as const)('is told of a lock of another process that it is %s', (holder, facts) => {
    plant(facts);
    const { book } = computer({ pid: 2, isAlive: (pid) => pid === 7 });
    expect(book.sights().map((seen) => seen.holder)).toEqual([holder]);
    const [name = ''] = lockNames();
    if (holder === 'alive') expect(() => book.clear(name)).toThrow(locked);
    else book.clear(name);
    expect(lockNames()).toHaveLength(holder === 'alive' ? 1 : 0);
  });

  it('can take away what is no lock, and what is gone already', () => {
    target.put(lockName('torn'), new Uint8Array(0));
    const { book } = computer();
    book.clear(lockName('torn'));
    book.clear(lockName('torn'));
    book.acquire('backup', 'exclusive');
  });
});

/** The lock of a process that shares no memory with this one. */
function plant(facts: Partial<Machine>): void {
  const { machineId, hostName, bootId, pid, processStart } = testMachine(facts);
  const lock = {
    machineId,
    hostName,
    bootId,
    pid,
    processStart,
    purpose: 'backup',
    mode: 'write',
    sinceMs: 1,
    counter: 3,
  } as const;
  target.put(lockName('other'), encodeLock({ ...lock, uuid: 'other' }));
}

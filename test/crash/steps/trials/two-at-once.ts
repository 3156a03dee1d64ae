import { isStrataError, StrataError } from '../../../../src/shared/domain/strata-error.ts';
import { silentLog } from '../../../../src/engine/kernel/log.ts';
import { type HeldLock, LockBook } from '../../../../src/engine/storage/lock-book.ts';
import { openStorage } from '../../../../src/engine/storage/index.ts';
import { openLocalTarget } from '../../../../src/engine/targets/local/index.ts';
import { type FakeClock, fakeClock } from '../../../kit/fake-clock.ts';
import { hide, prune } from '../../../kit/removal-world.ts';
import { seededRandom } from '../../../kit/seeded-random.ts';
import { SimFileSystem } from '../../../kit/sim-file-system.ts';
import { MapCatalog, draftOf, testMachine, testRun } from '../../../kit/storage-world.ts';
import { afterBoot, openOn, startDisks } from '../../sim-world.ts';

const minute = 60_000;
type Disks = Awaited<ReturnType<typeof startDisks>>;

/** Two computers on one storage, the second at each moment of the first. */
export async function tryTwoAtOnce(): Promise<string | undefined> {
  return (
    (await bothTake()) ??
    (await oneSleeps()) ??
    (await oneRevives()) ??
    (await oneBeats()) ??
    bothName() ??
    (await bothCommit()) ??
    (await onePrunes())
  );
}

interface Computer {
  readonly clock: FakeClock;
  readonly book: LockBook;
}

function computerOn(files: SimFileSystem, number: number): Computer {
  const clock = fakeClock();
  const random = seededRandom(number);
  const deps = { clock, random, machine: testMachine({ machineId: `machine-${number}` }), log: silentLog };
  return { clock, book: new LockBook(openLocalTarget(files, '/disk', random), deps) };
}

function newDisk(): SimFileSystem {
  const files = new SimFileSystem();
  openLocalTarget(files, '/disk', seededRandom(9)).prepare();
  return files;
}

/** Undefined: refused. */
function taken(book: LockBook): HeldLock | undefined {
  try {
    return book.acquire('backup', 'write');
  } catch (error) {
    if (isStrataError(error)) return undefined;
    throw error;
  }
}

/** At each moment of one taking the lock, another takes it, too. */
async function bothTake(): Promise<string | undefined> {
  for (let moment = 0; ; moment++) {
    const files = newDisk();
    const [first, second] = [computerOn(files, 1), computerOn(files, 2)];
    let count = 0;
    let other: HeldLock | undefined;
    const interrupt = (): void => {
      if (++count !== moment) return;
      other = taken(second.book);
    };
    files.onOperation(interrupt);
    files.onReading(interrupt);
    const own = taken(first.book);
    files.onOperation(undefined);
    files.onReading(undefined);
    if (own !== undefined && other !== undefined) return `both hold the lock, after moment ${moment}`;
    if (moment === 0 && taken(second.book) !== undefined) return 'a second one takes the lock that is held';
    if (moment > count) return undefined;
  }
}

/** One sleeps for so long that another takes the lock over. Whoever wakes must not believe that he holds it. */
async function oneSleeps(): Promise<string | undefined> {
  for (const isReleased of [false, true]) {
    const files = newDisk();
    const [sleeper, thief] = [computerOn(files, 1), computerOn(files, 2)];
    const lock = sleeper.book.acquire('backup', 'write');
    taken(thief.book);
    await thief.clock.advance(11 * minute);
    const stolen = taken(thief.book);
    if (stolen === undefined) return 'a dead lock stays for ever';
    if (isReleased) stolen.release();
    if (isBelieved(lock)) return 'a lock that was taken over is believed';
  }
  return undefined;
}

/** The file of a lock that was taken over comes back by its owner's heartbeat: or another writes it back in that very moment. */
async function oneRevives(): Promise<string | undefined> {
  const files = newDisk();
  const [sleeper, thief] = [computerOn(files, 1), computerOn(files, 2)];
  const lock = sleeper.book.acquire('backup', 'write');
  const [[path, bytes] = ['', new Uint8Array(0)]] = locksOn(files);
  taken(thief.book);
  await thief.clock.advance(11 * minute);
  if (taken(thief.book) === undefined) return 'a dead lock stays for ever';
  const revived = files.copy();
  files.plant(path, bytes);
  if (isBelieved(lock)) return 'a lock is believed beside the one that took its place';
  return (await beatsOn(revived)) ? 'a heart beats for a lock that is gone' : undefined;
}

async function beatsOn(files: SimFileSystem): Promise<boolean> {
  const owner = computerOn(files, 3);
  for (const [path] of locksOn(files)) files.takeAway(path);
  owner.book.acquire('backup', 'write');
  for (const [path] of locksOn(files)) files.takeAway(path);
  await owner.clock.advance(2 * minute);
  return locksOn(files).length > 0;
}

const locksOn = (files: SimFileSystem): [string, Uint8Array][] => [...files.files()].filter(([path]) => path.includes('/locks/'));

function isBelieved(lock: HeldLock): boolean {
  try {
    lock.assertHeld();
    return true;
  } catch (error) {
    if (isStrataError(error)) return false;
    throw error;
  }
}

/** One works for an hour. Nobody takes his lock. */
async function oneBeats(): Promise<string | undefined> {
  const files = newDisk();
  const [owner, other] = [computerOn(files, 1), computerOn(files, 2)];
  owner.book.acquire('backup', 'write');
  for (let elapsed = 0; elapsed < 60; elapsed += 5) {
    if (taken(other.book) !== undefined) return 'a lock was taken from somebody who works';
    await owner.clock.advance(5 * minute);
    await other.clock.advance(5 * minute);
  }
  return undefined;
}

/** The one atomic test-and-set: of two, one wins. */
function bothName(): string | undefined {
  for (let moment = 0; ; moment++) {
    const files = newDisk();
    const [first, second] = [1, 2].map((number) => openLocalTarget(files, '/disk', seededRandom(number)));
    let count = 0;
    let other = false;
    files.onOperation(() => {
      if (++count === moment) other = second?.putExclusive('name', Uint8Array.of(2)) ?? false;
    });
    const own = first?.putExclusive('name', Uint8Array.of(1)) ?? false;
    files.onOperation(undefined);
    if (moment === 0) other = second?.putExclusive('name', Uint8Array.of(2)) ?? false;
    if (own === other) return `of two, ${own ? 'both win' : 'none wins'}`;
    if (files.files().get('/disk/name')?.[0] !== (own ? 1 : 2)) return 'the one that lost is there';
    if (moment > count) return undefined;
  }
}

/** One is about to commit when its lock is gone; or when another commit was made, although nobody took the lock. */
async function bothCommit(): Promise<string | undefined> {
  const disks = await startDisks();
  for (const loss of ['lock', 'state'] as const) {
    const files = disks.created.copy();
    const { storage, deps } = await openOn(files, disks.secret);
    const lock = storage.lock('backup', 'write');
    const writer = storage.writer(lock, new MapCatalog());
    const locks = locksOn(files);
    for (const [path] of locks) files.takeAway(path);
    if (loss === 'state') {
      await commitElsewhere(files, disks.secret);
      for (const [path, bytes] of locks) files.plant(path, bytes);
    }
    const isCommitted = await writer.commit(draftOf(deps), testRun(deps)).then(
      () => true,
      (error: unknown) => !(error instanceof StrataError && error.code === 'storage.lock-lost'),
    );
    if (isCommitted) return `a cycle is committed although its ${loss} is gone`;
  }
  return oneIsLate(disks);
}

/** Another commit becomes true when its lock is gone: after a look at the newest one, and before there is a writer. */
async function oneIsLate({ created, secret }: Disks): Promise<string | undefined> {
  const files = created.copy();
  const { storage, deps } = await openOn(files, secret);
  const lock = storage.lock('backup', 'write');
  const known = storage.head()?.id ?? null;
  const locks = locksOn(files);
  for (const [path] of locks) files.takeAway(path);
  await commitElsewhere(files, secret);
  for (const [path, bytes] of locks) files.plant(path, bytes);
  const writer = storage.writer(lock, { locate: () => undefined, applied: () => ({ id: known }) });
  const isCommitted = await writer.commit(draftOf(deps), testRun(deps)).then(
    () => true,
    (error: unknown) => !(error instanceof StrataError && error.code === 'storage.lock-lost'),
  );
  return isCommitted ? 'a cycle is committed upon what it never saw' : undefined;
}

/** His lock is gone while he writes anew what stays. Nothing is removed then. */
async function onePrunes(): Promise<string | undefined> {
  const disks = await startDisks();
  const files = await disks.with({ stays: Uint8Array.of(1), goes: Uint8Array.of(2) });
  const { storage, deps } = await openOn(files, disks.secret);
  const catalog = MapCatalog.rebuilt(storage);
  await hide(storage, deps, catalog, ['goes']);
  let writes = 0;
  files.onOperation(({ kind, path }) => {
    if (kind !== 'create' || !path.includes('/tmp/') || locksOn(files).length === 0) return;
    if (writes++ > 0) for (const [lock] of locksOn(files)) files.takeAway(lock);
  });
  const isPruned = await prune(storage, deps, catalog, { leastLive: 1 }).then(
    () => true,
    (error: unknown) => !(isStrataError(error) && error.code === 'storage.lock-lost'),
  );
  files.onOperation(undefined);
  return isPruned ? 'packs are removed although the lock is gone' : undefined;
}

async function commitElsewhere(files: SimFileSystem, secret: string): Promise<void> {
  const deps = { ...afterBoot(files), machine: testMachine({ machineId: 'machine-2' }) };
  const storage = await openStorage(openLocalTarget(files, '/disk', deps.random), { by: 'device', secret }, deps);
  const lock = storage.lock('backup', 'write');
  await storage.writer(lock, new MapCatalog()).commit(draftOf(deps), testRun(deps));
  lock.release();
}

import { floorCost } from '../../../src/engine/crypto/index.ts';
import { isStrataError } from '../../../src/shared/domain/strata-error.ts';
import {
  addPassword,
  changePassword,
  openStorage,
  type Proof,
  removeKey,
  renewRecoveryKey,
  showRecoveryKey,
  startNewKey,
  type Storage,
} from '../../../src/engine/storage/index.ts';
import type { SimFileSystem } from '../../kit/sim-file-system.ts';
import { MapCatalog, readBack, someBytes, testStorage } from '../../kit/storage-world.ts';
import { afterBoot, commitContents, copyOf, startDisks, targetOn } from '../sim-world.ts';
import type { NamedWorkload, Workload } from '../workload.ts';

const contents = { a: someBytes(20_000, 1) };
const old: Proof = { by: 'password', password: testStorage.password };
const fresh: Proof = { by: 'password', password: 'battery staple' };
const next = { password: fresh.password, cost: floorCost };
const nothing = (): void => undefined;

interface Ways {
  /** Each of these opens the storage. */
  readonly all: readonly Proof[];
  /** At least one of these does. */
  readonly one: readonly Proof[];
  /** None of these does. */
  readonly none: readonly Proof[];
}

const any = (...one: Proof[]): Ways => ({ all: [], one, none: [] });
const every = (...all: Proof[]): Ways => ({ all, one: [], none: [] });

async function opened(files: SimFileSystem, proof: Proof): Promise<Storage | undefined> {
  const deps = afterBoot(files);
  try {
    return await openStorage(targetOn(files, deps), proof, deps);
  } catch (error) {
    if (isStrataError(error) && error.code === 'storage.wrong-password') return undefined;
    throw error;
  }
}

/** With a storage that one of these opens. */
async function withFirst(
  files: SimFileSystem,
  { all, one }: Ways,
  use: (storage: Storage, proof: Proof) => unknown,
): Promise<void> {
  for (const proof of [...all, ...one]) {
    const storage = await opened(files, proof);
    if (storage !== undefined) return void (await use(storage, proof));
  }
}

/** Also after the next run has cleared up: it must not take away the way that was left. */
async function requireWays(files: SimFileSystem, { all, one, none }: Ways): Promise<void> {
  const isOpen = async (proof: Proof): Promise<boolean> => {
    const storage = await opened(files, proof);
    if (storage === undefined) return false;
    const bytes = await readBack(storage, MapCatalog.rebuilt(storage), 'a');
    if (Buffer.compare(bytes, contents.a) !== 0) throw new Error('other bytes');
    return true;
  };
  const works = async (proofs: readonly Proof[]): Promise<number> =>
    (await Promise.all(proofs.map(isOpen))).filter(Boolean).length;
  if ((await works(all)) < all.length) throw new Error('a way in is gone');
  if (one.length > 0 && (await works(one)) === 0) throw new Error('no way in is left');
  if ((await works(none)) > 0) throw new Error('an old way in still works');
}

async function judge(found: SimFileSystem, ways: Ways): Promise<void> {
  await requireWays(found, ways);
  await withFirst(found, ways, async (storage, proof) => {
    const name = { next: someBytes(3000, 7) };
    await commitContents({ storage, deps: afterBoot(found) }, MapCatalog.rebuilt(storage), name);
    // Whoever has a password is shown a recovery key that opens the storage as it is now.
    if (proof.by !== 'password') return;
    const sheet = await showRecoveryKey(targetOn(found, afterBoot(found)), proof.password);
    if ((await opened(found, { by: 'recovery-key', recoveryKey: sheet.recoveryKey })) === undefined) throw new Error('sheet');
  });
  await requireWays(found, ways);
}

interface Change {
  readonly name: string;
  prepare?(files: SimFileSystem): Promise<void>;
  readonly during: Ways;
  readonly after: Ways;
  apply(target: ReturnType<typeof targetOn>, deps: ReturnType<typeof afterBoot>): Promise<unknown>;
}

async function addFresh(files: SimFileSystem): Promise<void> {
  const deps = afterBoot(files);
  await addPassword(targetOn(files, deps), old, 'Ben', next, deps);
}

const changes: readonly Change[] = [
  {
    name: 'change password',
    during: any(old, fresh),
    after: { all: [fresh], one: [], none: [old] },
    apply: (target, deps) => changePassword(target, old, next, deps),
  },
  {
    name: 'add password',
    during: every(old),
    after: every(old, fresh),
    apply: (target, deps) => addPassword(target, old, 'Ben', next, deps),
  },
  {
    name: 'remove password',
    prepare: addFresh,
    during: every(old),
    after: { all: [old], one: [], none: [fresh] },
    async apply(target, deps) {
      const storage = await openStorage(target, old, deps);
      const slot = storage.keySlots().find(({ label }) => label === 'Ben')?.slot ?? '';
      await removeKey(target, old, slot, deps);
    },
  },
  {
    name: 'renew recovery key',
    during: every(old),
    after: every(old),
    apply: (target, deps) => renewRecoveryKey(target, old, deps, nothing),
  },
  {
    name: 'new master key',
    during: every(old),
    after: every(old),
    apply: (target, deps) => startNewKey(target, { ...next, password: testStorage.password }, deps, nothing),
  },
  {
    name: 'add device',
    during: every(old),
    after: every(old),
    apply: async (target, deps) => (await openStorage(target, old, deps)).addDevice('desk', () => Promise.resolve()),
  },
];

async function makeOf({ name, prepare, during, after, apply }: Change): Promise<Workload<Ways>> {
  const before = await (await startDisks()).with(contents);
  await prepare?.(before);
  return {
    name,
    before: copyOf(before),
    promisedBefore: during,
    async run(files, progress) {
      const deps = afterBoot(files);
      await apply(targetOn(files, deps), deps);
      progress.promised = after;
    },
    judge,
    // A run clears up what broke off.
    recover: (found) => withFirst(found, any(old, fresh), (storage) => storage.lock('backup', 'write').release()),
    isCostly: true,
  };
}

export const keys: readonly NamedWorkload[] = changes.map((change) => ({ name: change.name, make: () => makeOf(change) }));

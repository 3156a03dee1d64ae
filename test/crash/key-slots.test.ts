import { beforeAll, describe, expect, it, vi } from 'vitest';
import { floorCost } from '../../src/engine/crypto/index.ts';
import { isStrataError } from '../../src/shared/domain/strata-error.ts';
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
} from '../../src/engine/storage/index.ts';
import { allVariants, type SimFileSystem } from '../kit/sim-file-system.ts';
import { MapCatalog, readBack, someBytes, testStorage } from '../kit/storage-world.ts';
import { crashEverywhere } from './crash-everywhere.ts';
import { noteProof } from './proof-notes.ts';
import { afterBoot, commitContents, copyOf, startDisks, targetOn } from './sim-world.ts';
import { inTier } from './tier.ts';
import type { Workload } from './workload.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 });
vi.mock(import('../../src/engine/crypto/open-sodium.ts'), async (original) => {
  const [real, { rememberArgon }] = await Promise.all([original(), import('../kit/remembered-argon.ts')]);
  const sodium = real.openSodium().then(rememberArgon);
  return { ...real, openSodium: () => sodium };
});

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

let before: SimFileSystem;
beforeAll(async () => {
  before = await (await startDisks()).with(contents);
});

async function opened(files: SimFileSystem, proof: Proof): Promise<Storage | undefined> {
  const deps = afterBoot(files);
  try {
    return await openStorage(targetOn(files, deps), proof, deps);
  } catch (error) {
    if (isStrataError(error) && error.code === 'storage.wrong-password') return undefined;
    throw error;
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

async function judge(found: SimFileSystem, promised: unknown): Promise<void> {
  const ways = promised as Ways;
  await requireWays(found, ways);
  for (const proof of [...ways.all, ...ways.one]) {
    const storage = await opened(found, proof);
    if (storage === undefined) continue;
    const name = { next: someBytes(3000, 7) };
    await commitContents({ storage, deps: afterBoot(found) }, MapCatalog.rebuilt(storage), name);
    // Whoever has a password is shown a recovery key that opens the storage as it is now.
    if (proof.by !== 'password') break;
    const sheet = await showRecoveryKey(targetOn(found, afterBoot(found)), proof.password);
    if ((await opened(found, { by: 'recovery-key', recoveryKey: sheet.recoveryKey })) === undefined) throw new Error('sheet');
    break;
  }
  await requireWays(found, ways);
}

type Change = (target: ReturnType<typeof targetOn>, deps: ReturnType<typeof afterBoot>) => Promise<unknown>;

const workload = (name: string, start: SimFileSystem, during: Ways, after: Ways, change: Change): Workload => ({
  name,
  before: start,
  promisedBefore: during,
  async run(files, progress) {
    const deps = afterBoot(files);
    await change(targetOn(files, deps), deps);
    progress.promised = after;
  },
  judge,
  recover: async (files) => void (await opened(files, old)),
});

const any = (...one: Proof[]): Ways => ({ all: [], one, none: [] });
const every = (...all: Proof[]): Ways => ({ all, one: [], none: [] });

describe('when the power goes out at any operation', () => {
  const crash = async (work: Workload): Promise<void> => {
    const { states, different, violations } = await crashEverywhere(work, {
      variants: allVariants(inTier({ quick: 4, full: 32 })),
    });
    noteProof('crashes', work.name, { states, different, violations: violations.length });
    expect(violations).toEqual([]);
    expect(states).toBeGreaterThan(100);
  };

  it('of a change of the password, the old one opens the storage, or the new one; at the end only the new one', () =>
    crash(
      workload('change password', before, any(old, fresh), { all: [fresh], one: [], none: [old] }, (target, deps) =>
        changePassword(target, old, next, deps),
      ),
    ));

  it('of adding a password, the old one opens it; at the end both', () =>
    crash(
      workload('add password', before, every(old), every(old, fresh), (target, deps) =>
        addPassword(target, old, 'Ben', next, deps),
      ),
    ));

  it('of removing a password, the other one opens it', async () => {
    const two = copyOf(before);
    const deps = afterBoot(two);
    await addPassword(targetOn(two, deps), old, 'Ben', next, deps);
    const slot = (await opened(two, old))?.keySlots().find(({ label }) => label === 'Ben')?.slot ?? '';
    await crash(
      workload('remove password', copyOf(two), every(old), { all: [old], one: [], none: [fresh] }, (target, after) =>
        removeKey(target, old, slot, after),
      ),
    );
  });

  it('of a new recovery key, the password opens it, and shows a recovery key that does', () =>
    crash(
      workload('renew recovery key', before, every(old), every(old), (target, deps) =>
        renewRecoveryKey(target, old, deps, nothing),
      ),
    ));

  it('of a new master key, the password opens it, reads everything from before, and shows a recovery key that opens it', () =>
    crash(
      workload('new master key', before, every(old), every(old), (target, deps) =>
        startNewKey(target, { ...next, password: testStorage.password }, deps, nothing),
      ),
    ));

  it('of adding a device, the password opens it', () =>
    crash(
      workload('add device', before, every(old), every(old), async (target, deps) =>
        (await openStorage(target, old, deps)).addDevice('desk', () => Promise.resolve()),
      ),
    ));
});

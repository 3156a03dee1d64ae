import type { HoldScope } from '../../../../src/shared/domain/hold.ts';
import type { HoldId } from '../../../../src/shared/domain/ids.ts';
import type { CommitActs } from '../../../../src/shared/domain/commit.ts';
import { newId } from '../../../../src/engine/kernel/random.ts';
import { commitActs } from '../../../../src/engine/maintenance/index.ts';
import { testRun } from '../../../kit/storage-world.ts';
import { descriptions, itemOf, type ModelWorld } from '../model-world.ts';
import type { PlainHold, PlainStorage } from '../plain-storage.ts';
import type { Command, Prepared } from './command.ts';

const say = (world: ModelWorld, kind: 'retention' | 'hold', acts: CommitActs, run = world.newRun()): Promise<void> =>
  world.locked(['retention', 'write'], (lock) => {
    const { storage, catalog, deps } = world;
    return commitActs(kind, [acts], { storage, catalog, lock, run, atMs: deps.clock.nowMs() }, testRun(deps));
  });

/** A source, a folder, an item or a version is to stay, whatever rules say. */
export const hold: Command = (world, plain, n) => {
  const wanted = wantedOf(world, plain, n);
  if (wanted === undefined) return undefined;
  const [scope, held] = wanted;
  const id = newId<HoldId>(world.random);
  const atMs = world.deps.clock.nowMs();
  return {
    act: () => say(world, 'hold', { holds: [{ id, scope, reason: '', atMs }] }),
    outcomes: [(after) => void after.holds.push({ id, ...held })],
  };
};

function wantedOf(
  { catalog }: ModelWorld,
  { lives }: PlainStorage,
  n: number,
): readonly [HoldScope, Omit<PlainHold, 'id'>] | undefined {
  const life = n % Math.max(1, lives.length);
  const it = lives[life];
  if (it === undefined) return undefined;
  const item = itemOf(it.item);
  const source = descriptions[it.source]?.id;
  const version = n % it.versions.length;
  const folder = it.versions.findLast(({ state }) => state !== null)?.state?.folder;
  const row = catalog.tree(null).find((one) => one.source === source && one.path === folder);
  if (n % 7 === 0 && source !== undefined) return [{ what: 'source', source }, { source: it.source }];
  if (n % 7 === 1 && row !== undefined && folder !== undefined)
    return [{ what: 'folder', item: row.item }, { folder: [it.source, folder] }];
  return n % 2 === 0
    ? [{ what: 'item', item }, { life }]
    : [
        { what: 'version', item, version: version + 1 },
        { life, version },
      ];
}

export const release: Command = (world, plain, n) => {
  const id = plain.holds[n % Math.max(1, plain.holds.length)]?.id;
  if (id === undefined) return undefined;
  return {
    act: () => say(world, 'hold', { releases: [id] }),
    outcomes: [
      (after) => {
        after.holds = after.holds.filter((one) => one.id !== id);
      },
    ],
  };
};

/** A person wants some moments no more; the newest stays. */
export const forget: Command = (world, plain, n): Prepared | undefined => {
  const forgets = plain.moments.slice(0, -1).filter((_, index) => (n >> (index % 8)) % 2 === 1);
  if (forgets.length === 0) return undefined;
  const run = world.newRun();
  return {
    act: () => say(world, 'retention', { forgets }, run),
    outcomes: [
      (after) => {
        after.moments = after.moments.filter((sequence) => !forgets.includes(sequence));
        after.hidings.push({ run, versions: [], forgets });
      },
    ],
  };
};

import { keepNothing, type Retention } from '../../../../src/shared/domain/retention.ts';
import {
  applyPlan,
  factsOf,
  planRemoval,
  purge as purgeStorage,
  returnFromTrash,
  undoRetention,
} from '../../../../src/engine/maintenance/index.ts';
import { isStrataError } from '../../../../src/shared/domain/strata-error.ts';
import { dueAtMs } from '../../../../src/engine/storage/index.ts';
import { dayMs } from '../../../kit/removal-world.ts';
import { testRun } from '../../../kit/storage-world.ts';
import { descriptions, job, type ModelWorld, numberOfSource } from '../model-world.ts';
import { isHeld, newestOf, type PlainStorage } from '../plain-storage.ts';
import type { Command } from './command.ts';

const rules = (given: Partial<Retention['rules']>): Retention => ({
  rules: { keep: keepNothing, deletedDays: 0, goneSourceDays: 0, maxAgeDays: null, maxVersions: null, ...given },
  byKind: {},
});

const choices: readonly Retention[] = [
  rules({ maxVersions: 1 }),
  rules({ deletedDays: 1 }),
  rules({ maxVersions: 2, deletedDays: 1 }),
  rules({ maxAgeDays: 1, deletedDays: 1 }),
  rules({ keep: { ...keepNothing, last: 1 } }),
  rules({ keep: { ...keepNothing, last: 2, daily: 2 }, deletedDays: 3, maxVersions: 1 }),
];

/** A retention run: what it hides is the rules' to choose, but never what is there now, is held, or belongs to a source that is not itself. */
export const retain: Command = (world, plain, n) => {
  const { catalog, deps, storage } = world;
  const plan = planRemoval(factsOf(catalog), {
    jobs: [
      {
        id: job.id,
        sources: descriptions.map(({ id }) => id),
        retention: choices[n % choices.length] ?? null,
        zone: 'Europe/Vienna',
      },
    ],
    nowMs: deps.clock.nowMs(),
    olderThanDays: n % 5 === 0 ? 1 : null,
    unsure: new Set(),
    rulesAreNew: true,
  });
  const versions = plan.choices
    .flatMap(({ items }) => items)
    .flatMap(({ item, versions: numbers }) => {
      const life = plain.lives.findIndex((one) => one.item === item);
      return life < 0 ? [] : numbers.map((number) => [life, number - 1] as const);
    });
  for (const [life, version] of versions) requireFree(plain, life, version);
  const run = world.newRun();
  const forgets = plan.forgets.map(({ sequence }) => sequence);
  return {
    act: () =>
      world.locked(['retention', 'write'], (lock) =>
        applyPlan(plan, { storage, catalog, lock, run, atMs: deps.clock.nowMs() }, testRun(deps)),
      ),
    outcomes: [
      (after) => {
        for (const [life, version] of versions) hide(after, life, version, true);
        after.moments = after.moments.filter((sequence) => !forgets.includes(sequence));
        after.hidings.push({ run, versions, forgets });
      },
    ],
  };
};

function requireFree(plain: PlainStorage, number: number, version: number): void {
  const life = plain.lives[number];
  const what = `version ${version + 1} of ${life?.name}`;
  const one = life?.versions[version];
  if (life === undefined || one === undefined || one.isHidden) throw new Error(`a rule chose ${what}, which is not to be seen`);
  if (one === newestOf(life) && one.state !== null) throw new Error(`a rule chose ${what}, which is there now`);
  if (isHeld(plain, number, version)) throw new Error(`a rule chose ${what}, which is held`);
  if (plain.absent.has(life.source)) throw new Error(`a rule chose ${what}, whose source is not there`);
}

function hide(plain: PlainStorage, life: number, version: number, isHidden: boolean): void {
  const one = plain.lives[life]?.versions[version];
  if (one !== undefined) one.isHidden = isHidden;
}

/** Shows again what a retention run hid, as far as a prune left it. */
export const undo: Command = (world, plain, n) => {
  const hiding = plain.hidings[n % Math.max(1, plain.hidings.length)];
  if (hiding === undefined) return undefined;
  const { storage, catalog, deps } = world;
  return {
    act: () =>
      world.locked(['retention', 'write'], async (lock) => {
        await undoRetention(hiding.run, { storage, catalog, lock, run: world.newRun(), atMs: deps.clock.nowMs() }, testRun(deps));
      }),
    outcomes: [
      (after) => {
        for (const [life, version] of hiding.versions)
          if (after.lives[life]?.versions[version]?.stubbedBy === null) hide(after, life, version, false);
        after.moments = [...new Set([...after.moments, ...hiding.forgets])];
      },
    ],
    alsoLooksAt: 'all bytes',
  };
};

/** What was hidden and is needed by nothing goes to the trash; nothing that is seen is touched, and nothing of a frozen source. */
export const prune: Command = (world, _plain, n) => {
  const { storage, catalog, deps } = world;
  const before = world.sequence;
  const author = { run: world.newRun(), atMs: deps.clock.nowMs() };
  const frozen = catalog.freezes().map(({ source }) => numberOfSource(source));
  return {
    async act() {
      if (n % 2 === 0)
        return void (await purgeStorage(storage, catalog, { author, graceMs: 30 * dayMs, dryRun: false }, testRun(deps)));
      await world.locked(['prune', 'exclusive'], async (lock) => {
        const plan = await storage.removal(lock).planPrune({ known: storage.head(), leastLive: 1 }, testRun(deps));
        const contents = await plan.apply(author, testRun(deps));
        if (contents !== null) catalog.apply(contents);
      });
    },
    outcomes: [
      (after) => {
        after.trash = inTrash(world);
        if (world.sequence === before) return;
        for (const { source, versions } of after.lives) {
          if (frozen.includes(source)) continue;
          for (const version of versions) if (version.isHidden) version.stubbedBy ??= world.sequence;
        }
      },
    ],
    alsoLooksAt: 'all bytes',
  };
};

const inTrash = ({ storage }: ModelWorld): number[] =>
  storage
    .trash()
    .map(({ sequence }) => sequence)
    .filter((sequence) => [...storage.commits(sequence - 1)][0]?.kind === 'prune');

/** Nothing goes for good before its time. */
export const purge: Command = (world, _plain, n) => {
  const { storage, deps } = world;
  const graceMs = (n % 2 === 0 ? 7 : 30) * dayMs;
  const stays = storage.trash().filter(({ sinceMs }) => dueAtMs(sinceMs, graceMs) > deps.clock.nowMs());
  return {
    async act() {
      await world.locked(['prune', 'exclusive'], async (lock) => {
        const options = { graceMs, run: world.newRun(), nowMs: deps.clock.nowMs(), known: storage.head() };
        await (await storage.removal(lock).planEmptying(options, testRun(deps))).apply();
      });
    },
    outcomes: [
      (after) => {
        const left = inTrash(world);
        if (stays.some(({ sequence }) => after.trash.includes(sequence) && !left.includes(sequence)))
          throw new Error('the trash was emptied of what was not due');
        after.trash = left;
      },
    ],
    alsoLooksAt: 'all bytes',
  };
};

/** What a prune took away is back, and seen. Where later ones took away more, as far as all of it is there. */
const leftNothing: ReadonlySet<string> = new Set(['storage.not-in-trash', 'storage.nothing-to-return']);

export const giveBack: Command = (world, plain, n) => {
  const sequence = plain.trash[n % Math.max(1, plain.trash.length)];
  if (sequence === undefined) return undefined;
  const { storage, deps } = world;
  const before = world.sequence;
  // Else what lies there is what runs left that died: no commit ever named it.
  const hadMore = plain.lives.some(({ versions }) => versions.some(({ stubbedBy }) => stubbedBy === sequence));
  const isOnlyOne = plain.lives.every(({ versions }) => versions.every(({ stubbedBy }) => [null, sequence].includes(stubbedBy)));
  return {
    async act() {
      const author = { run: world.newRun(), atMs: deps.clock.nowMs() };
      const isBack = await returnFromTrash(storage, sequence, author, testRun(deps)).then(
        () => true,
        (error: unknown) => {
          if (hadMore || !isStrataError(error) || !leftNothing.has(error.code)) throw error;
          return false;
        },
      );
      if (isBack) world.renewCatalog();
    },
    outcomes: [
      (after) => {
        if (world.sequence === before) return;
        after.trash = inTrash(world);
        for (const { item, versions } of after.lives) {
          const history = item === null ? [] : world.catalog.history(item);
          for (const [index, version] of versions.entries()) {
            // What lay in a record that came back is seen, though a later prune took it.
            const isBack = version.stubbedBy !== null && version.stubbedBy >= sequence && history[index]?.isHidden === false;
            if (!isBack && !(isOnlyOne && version.stubbedBy === sequence)) continue;
            version.stubbedBy = null;
            version.isHidden = false;
          }
        }
      },
    ],
    alsoLooksAt: 'all bytes',
  };
};

import { type Choice, everything } from '../../../../src/shared/domain/choice.ts';
import { noCounts } from '../../../../src/shared/domain/run.ts';
import { runCycle } from '../../../../src/engine/backup/index.ts';
import { testRun } from '../../../kit/storage-world.ts';
import { descriptions, job, type ModelWorld } from '../model-world.ts';
import { folders } from '../living-source.ts';
import { copyPlain, newestOf, type PlainStorage, saveSource, savedOf, type State } from '../plain-storage.ts';
import type { Command, Outcome } from './command.ts';

/** The sources change, and a cycle follows. */
export const cycle: Command = (world, plain, n) => prepareCycle(world, plain, n, Infinity);

/** With a checkpoint after each item. */
export const cycleInSteps: Command = (world, plain, n) => prepareCycle(world, plain, n, 1);

/** One of the sources is not there, or shows nothing: not a thing of it is taken for deleted. */
export const absence: Command = (world, plain, n) => {
  const number = n % 2;
  const source = world.sources[number]?.source;
  if (source === undefined) return undefined;
  const isEmptied = n % 4 < 2 && savedOf(plain, number).size > 0;
  const prepared = prepareCycle(world, plain, n >> 2, Infinity, number);
  return {
    ...prepared,
    async act() {
      const shown = new Map(source.folders);
      source.missing = !isEmptied;
      for (const folder of source.folders.keys()) source.folders.set(folder, new Map());
      try {
        await prepared.act();
      } finally {
        source.missing = false;
        for (const [folder, items] of shown) source.folders.set(folder, items);
      }
    },
  };
};

/** The sources change, and of those that a whole cycle has seen all folders are looked into, without a moment. */
export const capture: Command = (world, plain, n) => {
  for (const [number, source] of world.sources.entries())
    if ((n + number) % 3 > 0) source.change(n + number, savedOf(plain, number));
  const atMs = world.deps.clock.nowMs();
  const before = world.sequence;
  const shown = world.sources.map(({ now }) => new Map(now));
  const isKnown = descriptions.map(({ id }) => world.catalog.sources().some((source) => source.id === id));
  // After a cycle of nothing all of it: beside what was no longer taken, whatever has gone is much.
  const isUnchosen = descriptions.map(({ id }) => world.catalog.unchosen(id).size > 0);
  const saved: Outcome = (after) => {
    for (const [number, now] of shown.entries()) {
      const savedThere = savedOf(plain, number);
      const gone = goneOf(world, savedThere, now, number);
      const isMuch = gone > 0 && (isUnchosen[number] === true || gone === savedThere.size);
      if (isKnown[number] && !plain.absent.has(number) && !isMuch)
        saveSource(after, number, now, { atMs, commits: [before, world.sequence] });
    }
  };
  return { act: () => runOnce(world, Infinity, { isLimited: true }), outcomes: [saved] };
};

/** The sources change, and a cycle follows of a job that takes nothing of them any more: nothing is concluded of what it does not look at. */
export const cycleOfNothing: Command = (world, plain, n) => {
  for (const [number, source] of world.sources.entries())
    if ((n + number) % 3 > 0) source.change(n + number, savedOf(plain, number));
  return {
    act: () => runOnce(world, Infinity, { choice: { ...everything, skip: [{ path: '**', subfolders: true }] } }),
    outcomes: [
      (after) => {
        after.absent.clear();
        after.moments.push(world.sequence);
      },
    ],
  };
};

/** What has moved is as gone, where the server does not say which item is which. */
function goneOf(world: ModelWorld, saved: ReadonlyMap<string, State>, now: ReadonlyMap<string, State>, number: number): number {
  const isNamed = world.sources[number]?.isNamed === true;
  return [...saved].filter(([name, { folder }]) => {
    const state = now.get(name);
    return state === undefined || (!isNamed && state.folder !== folder);
  }).length;
}

function prepareCycle(world: ModelWorld, plain: PlainStorage, n: number, everyBytes: number, absent?: number) {
  for (const [number, source] of world.sources.entries()) {
    if (number !== absent && (n + number) % 3 > 0) source.change(n + number, savedOf(plain, number));
  }
  const atMs = world.deps.clock.nowMs();
  const before = world.sequence;
  const shown = world.sources.map(({ now }) => new Map(now));
  const saved: Outcome = (after) => {
    save(after, shown, { atMs, commits: [before, world.sequence] }, absent);
    if (after.absent.size < shown.length) after.moments.push(world.sequence);
  };
  return {
    act: () => runOnce(world, everyBytes),
    outcomes: everyBytes === 1 ? [saved, partly(world, shown, { atMs, before })] : [saved],
  };
}

function save(
  plain: PlainStorage,
  shown: readonly ReadonlyMap<string, State>[],
  when: { readonly atMs: number; readonly commits: readonly [number, number] },
  absent?: number,
): void {
  for (const [number, now] of shown.entries()) {
    plain.absent.delete(number);
    // One that held something and shows nothing is not believed.
    const isEmptied = now.size === 0 && savedOf(plain, number).size > 0;
    if (number === absent || isEmptied) plain.absent.add(number);
    else saveSource(plain, number, now, when);
  }
}

/** Of each item what came into a checkpoint, or what was before. */
const partly =
  (
    world: ModelWorld,
    shown: readonly ReadonlyMap<string, State>[],
    { atMs, before }: { readonly atMs: number; readonly before: number },
  ): Outcome =>
  (plain) => {
    const whole = copyPlain(plain);
    save(whole, shown, { atMs, commits: [before, world.sequence] });
    const listed = [...world.catalog.select({ items: [], sources: [], recursive: true }, null)].map(({ manifest }) => manifest);
    for (const [index, life] of whole.lives.entries()) {
      const known = plain.lives[index];
      if (known === undefined) {
        const isThere = listed.some(
          (one) => one.name === life.name && one.source === descriptions[life.source]?.id && isNew(plain, one.item),
        );
        if (isThere) plain.lives.push(life);
        continue;
      }
      const newest = newestOf(life);
      const isLonger = life.versions.length > known.versions.length;
      if (
        isLonger &&
        newest !== undefined &&
        known.item !== null &&
        world.catalog.history(known.item).length === life.versions.length
      )
        known.versions.push(newest);
    }
  };

const isNew = (plain: PlainStorage, item: string): boolean => plain.lives.every((life) => life.item !== item);

async function runOnce(
  world: ModelWorld,
  everyBytes: number,
  { isLimited = false, choice = everything }: { readonly isLimited?: boolean; readonly choice?: Choice } = {},
): Promise<void> {
  const { storage, catalog, random, sources, deps } = world;
  await runCycle(
    {
      runId: world.newRun(),
      job,
      sources: descriptions.map((description, number) => ({ description, source: sourceOf(sources, number), choice })),
      storage,
      lock: storage.lock('backup', 'write'),
      catalog,
      random,
      checkpoint: { everyMs: everyBytes === 1 ? 0 : Infinity, everyBytes, everyItems: Infinity },
      counts: () => noCounts,
      guards: { tallies: [], captured: [], acceptsEmpty: new Set(), dayOf: (timeMs) => timeMs - (timeMs % 86_400_000) },
      servers: 2,
      peek: () => undefined,
      ...(isLimited ? { only: new Map(descriptions.map(({ id }) => [id, new Set(['', ...folders])])) } : {}),
    },
    testRun(deps),
  );
}

function sourceOf(sources: ModelWorld['sources'], number: number): ModelWorld['sources'][number]['source'] {
  const living = sources[number];
  if (living === undefined) throw new Error(`no source ${number}`);
  return living.source;
}

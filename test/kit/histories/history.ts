import { expect } from 'vitest';
import type { SelectedItem, Selection } from '../../../src/engine/catalog/index.ts';
import { type ConflictRule, conflictRules, placeRules } from '../../../src/shared/domain/run.ts';
import { type CycleWorld, openCycleWorld } from '../cycle-world.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { emptied, faults, landing } from './expected.ts';
import { type Account, type Moment, type Place, spot, type Thing } from './place.ts';

type Chance = (limit: number) => number;

interface Saved extends Moment {
  readonly atMs: number;
}

/** What is restored, and what of the moment that is. */
interface Scope {
  readonly what: 'item' | 'folder' | 'everything';
  readonly selection: Selection;
  readonly things: readonly Thing[];
  /** Folders of the moment, of which each is meant with those below it; the empty one stands for everything. */
  readonly folders: readonly string[];
}

const cycles = 4;
const changesAtMost = 8;

/** What was looked at, for whoever wants to know how much that is. */
export interface Tally {
  histories: number;
  changes: number;
  restores: number;
  compared: number;
  /** By emptying first. */
  removed: number;
}

/**
 * One history: a place is used at random and saved every now and then; what was there at each moment is read by a plain reader.
 * Then random parts of random moments go back to where they were, to another account and to a disk, by each rule in turn.
 */
export class History {
  readonly #place: Place;
  readonly #below: Chance;
  readonly #world: CycleWorld;
  readonly #saved: Saved[] = [];
  readonly #tally: Tally;

  private constructor(place: Place, below: Chance, world: CycleWorld, tally: Tally) {
    this.#place = place;
    this.#below = below;
    this.#world = world;
    this.#tally = tally;
  }

  static async live(place: Place, below: Chance, tally: Tally): Promise<void> {
    const world = await openCycleWorld(temporaryFolder(), place.settings, place.source);
    const history = new History(place, below, world, tally);
    try {
      for (let cycle = 0; cycle < cycles; cycle += 1) await history.#use();
      await history.#restoreElsewhere(await place.another(), 'another0000000000000');
      await history.#restoreToDirectory();
      await history.#restoreBack();
      await history.#undelete();
      tally.histories += 1;
    } finally {
      world.close();
      await place.close();
    }
  }

  /** The first time at least something is there. */
  async #use(): Promise<void> {
    const changes = 1 + this.#below(changesAtMost) + (this.#saved.length === 0 ? changesAtMost : 0);
    for (let n = 0; n < changes; n += 1) await this.#place.change();
    this.#tally.changes += changes;
    await this.#save();
  }

  async #save(): Promise<void> {
    const state = await this.#place.state();
    const { outcome, counts, atMs } = await this.#world.cycle({ mayBeEmpty: true });
    expect([outcome.kind, counts.failed]).toEqual(['complete', 0]);
    this.#saved.push({ ...state, atMs });
  }

  /** Each rule once, in random order, with use and a cycle between: what was restored is used on. */
  async #restoreBack(): Promise<void> {
    for (const rule of this.#shuffled(conflictRules)) {
      await this.#restore(this.#place, this.#place.settings.kind, rule, 'source00000000000000');
      await this.#place.lookAgain();
      for (let n = this.#below(3); n > 0; n -= 1) await this.#place.change();
      if (this.#below(2) === 0) await this.#save();
    }
  }

  async #restoreElsewhere(account: Account, place: string): Promise<void> {
    for (const rule of this.#shuffled(placeRules)) await this.#restore(account, 'another', rule, place);
  }

  /** Nothing is in the way there, and nothing that is there gives way: the items' names are in the files'. */
  async #restoreToDirectory(): Promise<void> {
    const directory = this.#place.directory?.();
    if (directory === undefined) return;
    const saved = this.#one(this.#saved);
    const { selection, things } = this.#scope(saved, 'everything');
    const contents = (moment: Pick<Moment, 'things'>): string[] =>
      moment.things.map(({ content, rest }) => `${rest.split(' ')[0]} ${content}`).sort();
    for (const conflict of this.#shuffled(placeRules)) {
      const before = (await directory.state()).things.length;
      const report = await this.#world.restore(directory.to, saved.atMs, { selection, conflict });
      expect([report.failed, report.created]).toEqual([[], before === 0 ? things.length : 0]);
      expect(contents(await directory.state())).toEqual(contents({ things }));
      this.#tally.restores += 1;
    }
  }

  async #restore(account: Account, where: string, rule: ConflictRule, place: string): Promise<void> {
    const saved = this.#one(this.#saved);
    const scopes = ['folder', 'everything', 'everything'] as const;
    // Single items empty nothing.
    const scope = this.#scope(saved, this.#one(rule === 'empty-first' ? scopes : (['item', ...scopes] as const)));
    if (rule === 'empty-first' && scope.things.length === 0) return;
    const isBack = account === this.#place;
    const before = await account.state();
    const land = landing(saved, before, isBack);
    const wanted = scope.things.map((thing) => ({ ...thing, folder: land.get(thing.folder) ?? thing.folder }));
    const asked = { selection: scope.selection, conflict: rule, place, verify: this.#below(2) === 0 };
    const told = `${scope.what} of moment ${this.#saved.indexOf(saved) + 1} to ${where} with ${rule}`;
    const plan = await this.#world.restore(account.to, saved.atMs, { ...asked, dryRun: true });
    const report = await this.#world.restore(account.to, saved.atMs, asked);
    const after = await account.state();
    expect(report.failed, told).toEqual([]);
    let isTold = true;
    if (rule !== 'empty-first') expect(faults(this.#place, { before, wanted, after, rule }), told).toEqual([]);
    else {
      const roots = scope.folders.map((folder) => land.get(folder) ?? folder);
      const isEmptied = (folder: string): boolean =>
        roots.some((root) => root === '' || folder === root || folder.startsWith(`${root}/`));
      const { gone, same } = emptied({ before, last: this.#saved.at(-1) ?? before, wanted, isEmptied });
      const left = { ...before, things: before.things.filter((thing) => !gone.includes(thing)) };
      // What changed and changed back is another version: it goes, and comes back as it was.
      expect((report.emptied?.removed ?? 0) + (report.emptied?.same ?? 0), told).toBe(gone.length + same.length);
      expect(faults(this.#place, { before: left, wanted, after, rule: 'skip' }), told).toEqual([]);
      expect(plan.emptied, `${told}: the dry run`).toEqual(report.emptied);
      // Where one goes and another of its name stays, a dry run sees the first that the place tells of.
      isTold = !gone.some((one) => left.things.some((other) => one.folder === other.folder && one.name === other.name));
      this.#tally.removed += gone.length;
    }
    if (isTold) expect(counted(plan), `${told}: the dry run`).toEqual(counted(report));
    if (report.readBack !== undefined) expect(report.readBack, told).toMatchObject({ changed: 0, missing: 0 });
    for (const folder of before.folders.keys()) expect(after.folders.has(folder), `${told}: ${folder}`).toBe(true);
    const again = await this.#world.restore(account.to, saved.atMs, { ...asked, conflict: 'skip' });
    expect([again.created, again.replaced, again.failed], `${told}, once more`).toEqual([0, 0, []]);
    expect(contentsOf(await account.state()), `${told}, once more`).toEqual(contentsOf(after));
    this.#tally.restores += 2;
    this.#tally.compared += after.things.length;
  }

  /** What was there at any moment and is nowhere by now comes back as it was in the end, and nothing else changes. */
  async #undelete(): Promise<void> {
    await this.#save();
    const before = await this.#place.state();
    const vanished = { fromMs: 0, toMs: this.#saved.at(-1)?.atMs ?? 0 };
    const ask = () =>
      this.#world.restore(this.#place.to, null, { vanished, place: 'source00000000000000' }).catch((error: unknown) => {
        if ((error as { code?: string }).code === 'restore.nothing-selected') return undefined;
        throw error;
      });
    const report = await ask();
    const after = await this.#place.state();
    expect(report?.failed ?? []).toEqual([]);
    const [was, is] = [contentsOf(before), contentsOf(after)];
    for (const line of was) expect(is.splice(is.indexOf(line), 1)).toEqual([line]);
    const ever = new Set(this.#saved.flatMap(({ things }) => things.map(({ content }) => content)));
    for (const line of is) expect(ever.has(line.slice(line.indexOf('\n') + 1)), line).toBe(true);
    for (const thing of this.#lost(before)) {
      const isBack = after.things.some(({ name, content }) => name === thing.name && content === thing.content);
      // Another one of that name is in its place, and stays.
      const isTaken = before.things.some(({ folder, name }) => name === thing.name && folder === thing.folder);
      expect(isBack || isTaken, `${thing.folder} ${thing.name} ${thing.content.slice(-40)}`).toBe(true);
    }
    expect((await ask())?.created ?? 0).toBe(0);
    this.#tally.restores += 2;
    this.#tally.compared += after.things.length;
  }

  /** Things of which nothing is left, as they were when they were seen last. Of files nobody but the system knows which was renamed to which. */
  #lost(now: Moment): Thing[] {
    if (this.#place.settings.kind === 'files') return [];
    const nameOf = (thing: Thing): string => (this.#place.holdsBoth ? thing.content : thing.name);
    const there = new Set(now.things.map(nameOf));
    const last = new Map(this.#saved.flatMap(({ things }) => things.map((thing) => [nameOf(thing), thing] as const)));
    return [...last].filter(([name]) => !there.has(name)).map(([, thing]) => thing);
  }

  #scope(saved: Saved, wish: Scope['what']): Scope {
    const all: Selection = { items: [], sources: [], recursive: true };
    const selected = [...this.#world.catalog.select(all, saved.atMs)];
    const inPlace = new Map(saved.things.map((thing) => [spot(thing), thing]));
    const thingsIn = (selection: Selection): Thing[] =>
      [...this.#world.catalog.select(selection, saved.atMs)].flatMap((one) => this.#thingOf(one, inPlace));
    expect(thingsIn(all).length).toBe(saved.things.length);
    const items = selected.filter((one) => isFolder(one) === (wish === 'folder') && this.#isUsable(one, inPlace));
    if (wish === 'everything' || items.length === 0)
      return { what: 'everything', selection: all, things: saved.things, folders: [''] };
    const { manifest } = this.#one(items);
    const selection: Selection = { items: [manifest.item], sources: [], recursive: true };
    const folders = [...this.#world.catalog.select(selection, saved.atMs)].filter(isFolder).map((one) => this.#folderOf(one));
    return { what: wish, selection, things: thingsIn(selection), folders };
  }

  /** By what the place calls it. */
  #folderOf({ manifest, folders }: SelectedItem): string {
    const own = folders.at(-1)?.item === manifest.item ? folders : [...folders, manifest];
    return this.#place.spotOf({ manifest, folders: own }).split('\0')[0] ?? '';
  }

  #isUsable(one: SelectedItem, inPlace: ReadonlyMap<string, Thing>): boolean {
    return isFolder(one) ? one.manifest.name !== '' : this.#thingOf(one, inPlace).length > 0;
  }

  #thingOf(one: SelectedItem, inPlace: ReadonlyMap<string, Thing>): Thing[] {
    const thing = isFolder(one) ? undefined : inPlace.get(this.#place.spotOf(one));
    return thing === undefined ? [] : [thing];
  }

  #shuffled<T>(all: readonly T[]): T[] {
    const left = [...all];
    return all.flatMap(() => left.splice(this.#below(left.length), 1));
  }

  #one<T>(all: readonly T[]): T {
    const one = all[this.#below(all.length)];
    if (one === undefined) throw new Error('none to choose from');
    return one;
  }
}

const isFolder = ({ manifest }: SelectedItem): boolean => manifest.kind === 'folder';

const contentsOf = ({ things }: Moment): string[] =>
  things.map(({ folder, rest, content }) => `${folder} ${rest}\n${content}`).sort();

const counted = ({ created, replaced, skipped }: { created: number; replaced: number; skipped: number }) => ({
  ...{ created, replaced, skipped },
});

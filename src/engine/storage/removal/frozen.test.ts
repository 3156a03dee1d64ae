import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SourceId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import { act, dayMs, emptyTrash, freeze, hide, prune, returnFromTrash, thaw } from '../../../../test/kit/removal-world.ts';
import {
  draftOf,
  itemNamed,
  manifestOf,
  MapCatalog,
  newDisk,
  openDisk,
  readBack,
  someBytes,
  type StorageDisk,
  type StorageWorld,
  type TestDeps,
  testRun,
} from '../../../../test/kit/storage-world.ts';

const sources = ['anna', 'bert', 'cleo'].map((name) => name.padEnd(20, '0') as SourceId);
const [anna, bert] = sources as [SourceId, SourceId];

let created: StorageDisk;
let { files, deps, storage, catalog } = {} as StorageWorld;

beforeAll(async () => {
  created = await newDisk();
});

beforeEach(() => begin());

async function begin(disk = created.files, clock?: TestDeps['clock']): Promise<void> {
  ({ files, deps, storage, catalog } = await openDisk({ ...created, files: disk }, clock));
}

/** @param manifests `apart`: in a pack of their own. */
async function cycle(
  source: SourceId,
  contents: Readonly<Record<string, Uint8Array>>,
  manifests: 'with' | 'apart' = 'with',
): Promise<void> {
  const lock = storage.lock('backup', 'write');
  const writer = storage.writer(lock, catalog);
  const found: Manifest[] = [];
  for (const [name, bytes] of Object.entries(contents)) {
    found.push({ ...manifestOf(name, await writer.store({ kind: 'bytes', bytes }, source)), source });
  }
  if (manifests === 'apart') catalog.apply(await writer.commit(draftOf(deps, 'checkpoint'), testRun(deps)));
  for (const manifest of found) writer.add(manifest);
  catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
  lock.release();
}

/** Days go by; a commit says so. */
async function later(days: number): Promise<void> {
  await deps.clock.advance(days * dayMs);
  await act(storage, deps, catalog, {});
}

/** All that lies in the trash comes back, the newest first, and everything hidden is shown: what a person can have back at all. */
async function undoAll(): Promise<void> {
  for (const { sequence } of storage.trash().reverse()) await returnFromTrash(storage, deps, sequence);
  catalog = MapCatalog.rebuilt(storage);
  const hidden = catalog.hiddenManifests;
  await act(storage, deps, catalog, { shows: hidden.map(({ item, version }) => ({ item, versions: [version] })) });
}

const big = someBytes(90_000, 1);
const other = someBytes(70_000, 2);
const stays = someBytes(4000, 3);

describe('while a source is frozen', () => {
  it('a prune takes what was hidden of the others, and leaves what was hidden of it as it is', async () => {
    await cycle(anna, { big, stays });
    await cycle(bert, { other, rest: someBytes(4000, 4) });
    await hide(storage, deps, catalog, ['big', 'other']);
    await freeze(storage, deps, catalog, anna);
    const { numbers } = await prune(storage, deps, catalog, { leastLive: 1 });
    expect(numbers.stubs).toBe(1);
    expect(numbers.sources).toMatchObject([
      { source: anna, hidden: 0, spared: 1, freedBytes: 0 },
      { source: bert, hidden: 1, spared: 0, sparedBytes: 0 },
    ]);
    expect(numbers.sources[0]?.sparedBytes).toBeGreaterThan(80_000);
    await thaw(storage, deps, catalog);
    await act(storage, deps, catalog, { shows: [{ item: itemNamed('big'), versions: [1] }] });
    expect(await readBack(storage, catalog, 'big')).toEqual(big);
    expect((await storage.check('all', () => [], testRun(deps))).findings).toEqual([]);
  });

  it('what both had goes only as far as the frozen one does not need it', async () => {
    await cycle(anna, { big });
    await cycle(bert, { twin: big, stays });
    await hide(storage, deps, catalog, ['big', 'twin']);
    await freeze(storage, deps, catalog, anna);
    await prune(storage, deps, catalog, { leastLive: 1 });
    await act(storage, deps, catalog, { shows: [{ item: itemNamed('big'), versions: [1] }] });
    expect(await readBack(storage, catalog, 'big')).toEqual(big);
  });

  it('its part of the trash outlives the grace, that of others does not, and goes after the answer', async () => {
    await cycle(anna, { big });
    await hide(storage, deps, catalog, ['big']);
    await prune(storage, deps, catalog);
    await cycle(bert, { other });
    await hide(storage, deps, catalog, ['other']);
    await prune(storage, deps, catalog);
    await freeze(storage, deps, catalog, anna);
    await later(60);
    const [ofAnna, ofBert] = storage.trash();
    expect(await emptyTrash(storage, deps)).toMatchObject({ packs: ofBert?.packs.length, spared: ofAnna?.packs.length });
    expect(storage.trash()).toEqual([ofAnna]);
    await returnFromTrash(storage, deps, ofAnna?.sequence ?? 0);
    expect(await readBack(storage, MapCatalog.rebuilt(storage), 'big')).toEqual(big);
  });

  it('its part of the trash goes as ever once a person answered', async () => {
    await cycle(anna, { big, stays });
    await hide(storage, deps, catalog, ['big']);
    await prune(storage, deps, catalog);
    await freeze(storage, deps, catalog, anna);
    await later(60);
    expect((await emptyTrash(storage, deps)).packs).toBe(0);
    await thaw(storage, deps, catalog);
    expect((await emptyTrash(storage, deps)).packs).toBeGreaterThan(0);
    expect(storage.trash()).toEqual([]);
  });

  it('a piece that was left in a pack when its version went stays in the trash with it', async () => {
    const go = someBytes(9000, 41);
    await cycle(anna, { go, keep: someBytes(60_000, 40) }, 'apart');
    await hide(storage, deps, catalog, ['go']);
    await prune(storage, deps, catalog);
    await freeze(storage, deps, catalog, anna);
    await prune(storage, deps, catalog, { leastLive: 1 });
    await later(60);
    expect(storage.trash()).toHaveLength(2);
    expect((await emptyTrash(storage, deps)).packs).toBe(0);
    await undoAll();
    expect(await readBack(storage, catalog, 'go')).toEqual(go);
  });

  it('what cannot be read in the trash stays there: it may be its', async () => {
    await cycle(bert, { other, stays });
    await hide(storage, deps, catalog, ['other']);
    await prune(storage, deps, catalog);
    await freeze(storage, deps, catalog, anna);
    await later(60);
    const [folder] = storage.trash();
    for (const { id } of folder?.packs ?? []) files.plant(`/disk/${folder?.name}/${id}.pack`, someBytes(70_000, 5));
    expect(await emptyTrash(storage, deps)).toMatchObject({ packs: 0, spared: folder?.packs.length });
  });
});

type Step =
  | { readonly does: 'cycle' | 'hide' | 'freeze' | 'thaw'; readonly source: number; readonly seed: number }
  | { readonly does: 'prune' | 'purge'; readonly seed: number };

const seed = fc.nat({ max: 9 });
const ofSource = (does: 'cycle' | 'hide' | 'freeze' | 'thaw') =>
  fc.record({ does: fc.constant(does), source: fc.nat({ max: 2 }), seed });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: ofSource('cycle') },
    { weight: 5, arbitrary: ofSource('hide') },
    { weight: 2, arbitrary: ofSource('freeze') },
    { weight: 1, arbitrary: ofSource('thaw') },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('prune' as const), seed }) },
    { weight: 4, arbitrary: fc.record({ does: fc.constant('purge' as const), seed }) },
  ),
  { minLength: 12, maxLength: 30, size: 'max' },
);

/** Does the steps, and remembers of each frozen source what could be had when it was frozen. */
class Teller {
  readonly #bytes = new Map<string, Uint8Array>();
  readonly #promised = new Map<SourceId, Set<string>>();
  #count = 0;

  async tell(step: Step): Promise<void> {
    switch (step.does) {
      case 'cycle':
        return this.#cycle(sources[step.source] as SourceId, step.seed);
      case 'hide':
        return this.#hide(sources[step.source] as SourceId, step.seed);
      case 'freeze':
        return this.#freeze(sources[step.source] as SourceId);
      case 'thaw':
        this.#promised.delete(sources[step.source] as SourceId);
        return thaw(storage, deps, catalog, sources[step.source]);
      case 'purge':
        await later(step.seed * 2);
        await this.#prune(step.seed);
        return void (await emptyTrash(storage, deps, 7 * dayMs));
      case 'prune':
        return this.#prune(step.seed);
    }
  }

  /** What was promised can be had, with the bytes that it had. */
  async judge(): Promise<void> {
    const { clock } = deps;
    const disk = files;
    await begin(disk, clock);
    const found = await this.#toBeHad();
    await begin(disk, clock);
    for (const names of this.#promised.values()) for (const name of names) expect(found, name).toContain(name);
  }

  async #prune(seed: number): Promise<void> {
    await prune(storage, deps, catalog, { leastLive: seed % 2 === 0 ? 1 : 0.75 });
  }

  async #cycle(source: SourceId, seed: number): Promise<void> {
    const contents: Record<string, Uint8Array> = {};
    for (let index = 0; index <= seed % 3; index += 1) {
      const name = `i${this.#count++}`;
      // Some of it is what another item, perhaps of another source, has as well.
      contents[name] = someBytes(2000 + (seed % 4) * 9000, seed * 3 + index, 'noise');
      this.#bytes.set(name, contents[name]);
      this.#promised.get(source)?.add(name);
    }
    await cycle(source, contents);
  }

  async #hide(source: SourceId, seed: number): Promise<void> {
    const shown = catalog.manifests.filter((manifest) => manifest.source === source);
    const names = shown.filter((_, at) => at % 3 === seed % 3).map(({ name }) => name);
    if (names.length > 0) await hide(storage, deps, catalog, names);
  }

  async #freeze(source: SourceId): Promise<void> {
    if (this.#promised.has(source)) return;
    const { clock } = deps;
    const disk = files;
    const found = await this.#toBeHad();
    await begin(disk, clock);
    const ours = found.filter((name) => this.#sourceOf.get(name) === source);
    this.#promised.set(source, new Set(ours));
    await freeze(storage, deps, catalog, source);
  }

  readonly #sourceOf = new Map<string, SourceId>();

  /** Works on a copy of the disk; whoever asks goes back to it. */
  async #toBeHad(): Promise<string[]> {
    await begin(files, deps.clock);
    await undoAll();
    for (const { name, source } of catalog.manifests) this.#sourceOf.set(name, source);
    const names = catalog.manifests.map(({ name }) => name);
    for (const name of names) expect(await readBack(storage, catalog, name), name).toEqual(this.#bytes.get(name));
    return names;
  }
}

describe('of a frozen source', () => {
  it('everything that could be had when it was frozen can be had, whatever is done to the others', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (story) => {
        await begin();
        const teller = new Teller();
        for (const step of story) await teller.tell(step);
        await teller.judge();
        const rebuilt = MapCatalog.rebuilt(storage);
        expect(rebuilt.dump()).toEqual(catalog.dump());
      }),
      { seed: 20_261_128, numRuns: 25 },
    );
  });
});

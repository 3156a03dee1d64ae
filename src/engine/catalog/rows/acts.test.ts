import { describe, expect, it } from 'vitest';
import type { CommitActs, CommitKind } from '../../../shared/domain/commit.ts';
import type { FreezeId, HoldId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import { stubOf } from '../../../shared/domain/stub.ts';
import type { Catalog } from '../catalog.ts';
import { CommitChain, madeId, nextOf, packOf, placesIn, rawContent } from '../testing/commits.ts';
import { file, folder, root } from '../testing/files.ts';
import { openTestCatalog } from '../testing/open-test-catalog.ts';

const docs = folder('docs', root);
const first = file('letter', docs, { summary: { title: 'Zwetschgen' } });
const second = nextOf(first, { change: 'content', contents: [rawContent('second', 50)], summary: { title: 'Marillen' } });
const third = nextOf(second, { change: 'metadata', metadataRevision: 'm3' });
const old = { item: first.item, versions: [1] };
const moved: CommitActs = { movedManifests: [{ pack: packOf(1), record: 0, to: { pack: packOf(9), record: 0 } }] };

class World {
  readonly catalog: Catalog = openTestCatalog();
  readonly #chain = new CommitChain();

  constructor(...manifests: Manifest[]) {
    this.catalog.apply(this.#chain.next([root, docs, ...manifests]));
  }

  act(kind: CommitKind, acts: CommitActs, chunks = placesIn(packOf(1), [])): this {
    this.catalog.apply(this.#chain.next([], { kind, acts, chunks }));
    return this;
  }

  add(...manifests: Manifest[]): void {
    this.catalog.apply(this.#chain.next(manifests));
  }

  found(text: string): number {
    return this.catalog.find({ text, atMs: null, deleted: true, kind: null, limit: 9 }).length;
  }
}

const unusable = expect.objectContaining({ code: 'catalog.unusable' });

describe('what a commit does beside adding versions', () => {
  it('takes hidden versions out of everything but their history, and brings them back', () => {
    const { catalog } = new World(first, second, third).act('retention', { hides: [old] });
    expect(catalog.version(first.item, 1)).toBeUndefined();
    expect(catalog.versionAt(first.item, first.validFromMs)).toBeUndefined();
    expect(catalog.row(first.item, 1, null)).toBeUndefined();
    expect(catalog.history(first.item).map(({ isHidden, manifest }) => [isHidden, manifest.summary.title])).toEqual([
      [true, 'Zwetschgen'],
      [false, 'Marillen'],
      [false, 'Marillen'],
    ]);
    expect(catalog.totals()).toMatchObject({ items: 1, versions: 2 });
    const world = new World(first, second).act('retention', { hides: [old] }).act('retention', { shows: [old] });
    expect(world.catalog.version(first.item, 1)).toEqual(first);
    expect(world.catalog.totals().versions).toBe(2);
  });

  it('leaves nothing of a removed version but its stub, not even a word', () => {
    const world = new World(first, second, third).act('retention', { hides: [old] });
    expect([...world.catalog.dump()].join('\n').toLowerCase()).toContain('zwetschgen');
    world.act('prune', moved);
    expect([...world.catalog.dump()].join('\n').toLowerCase()).not.toContain('zwetschgen');
    const [stub, ...others] = world.catalog.history(first.item);
    expect(stub).toMatchObject({ isHidden: true, manifest: stubOf(first), validToMs: second.validFromMs, contents: [] });
    expect(others.map(({ manifest }) => manifest)).toEqual([second, third]);
    expect(world.found('marillen')).toBe(1);
  });

  it('keeps hidden versions whole while a prune moves no manifests', () => {
    const { catalog } = new World(first, second).act('retention', { hides: [old] }).act('prune', {});
    expect(catalog.history(first.item)[0]?.manifest).toEqual(first);
  });

  it('asks for a rebuild where what was removed comes back', () => {
    const hidden = new World(first, second).act('retention', { hides: [old] }).act('prune', moved);
    expect(() => hidden.act('retention', { shows: [old] })).toThrow(unusable);
    const chain = new CommitChain();
    const catalog = openTestCatalog();
    const made = chain.next([root]);
    catalog.apply(made);
    catalog.apply(chain.next([], { kind: 'prune', acts: { removes: [packOf(1)] } }));
    const back = chain.next([]);
    expect(() => catalog.apply({ ...back, commit: { ...back.commit, packs: made.commit.packs } })).toThrow(unusable);
    expect(catalog.applied().sequence).toBe(2);
  });

  it('takes in a rebuild what came back as it is in the end', () => {
    const chain = new CommitChain();
    const made = chain.next([root, docs, first, second]);
    const hides = chain.next([], { kind: 'retention', acts: { hides: [old] } });
    const prune = chain.next([], { kind: 'prune', acts: { ...moved, removes: [packOf(1)] } });
    const shows = chain.next([], { kind: 'retention', acts: { shows: [old] } });
    const back = { ...shows, chunks: made.chunks, commit: { ...shows.commit, packs: made.commit.packs } };
    const rebuilt = openTestCatalog();
    for (const _ of rebuilt.rebuild([made, hides, prune, back]));
    const plain = openTestCatalog();
    plain.apply(made);
    expect(rebuilt.history(first.item)).toEqual(plain.history(first.item));
    expect(rebuilt.locate(first.contents[0]?.chunks[0] as never)?.pack).toBe(packOf(1));
    expect(rebuilt.totals()).toEqual({ ...plain.totals(), moments: 1, packBytes: 3000 });
  });

  it('asks for a rebuild where a repair moved manifests and cannot say whether something hidden was among them', () => {
    const world = new World(first, second).act('repair', moved).act('retention', { hides: [old] });
    expect(() => world.act('repair', moved)).toThrow(unusable);
  });

  it('forgets moments once, and remembers them once', () => {
    const world = new World();
    expect(world.catalog.totals().moments).toBe(1);
    world.act('retention', { forgets: [1, 1, 2] });
    expect([world.catalog.totals().moments, world.catalog.moments(9)]).toEqual([0, []]);
    expect(world.catalog.commits()[0]?.sequence).toBe(1);
    world.act('retention', { remembers: [1, 1, 2] });
    expect(world.catalog.moments(9).map(({ sequence }) => sequence)).toEqual([1]);
    expect(world.catalog.totals().moments).toBe(1);
  });

  it('reads a chunk from the first pack that holds it, and from another when that one is gone', () => {
    const [chunk] = first.contents[0]?.chunks ?? [];
    if (chunk === undefined) throw new Error('no chunk');
    const world = new World(first).act('checkpoint', {}, placesIn(packOf(2), [chunk]));
    expect(world.catalog.locate(chunk)?.pack).toBe(packOf(1));
    expect(world.catalog.totals().packBytes).toBe(2000);
    world.act('prune', { removes: [packOf(1)] });
    expect(world.catalog.locate(chunk)?.pack).toBe(packOf(2));
    expect(world.catalog.totals().packBytes).toBe(2000);
    expect([...world.catalog.chunkIds()].filter((id) => id === chunk)).toHaveLength(1);
  });

  it('knows which items lost a chunk, until a later commit brings it', () => {
    const long = file('long', docs, { contents: [rawContent('long', 900, 3)] });
    const parts = file('parts', docs, {
      contents: [
        { ...rawContent('p1', 5), part: 'one' },
        { ...rawContent('p2', 6), part: 'two' },
      ],
    });
    const world = new World(first, long, parts);
    const lost = [long.contents[0]?.chunks[1], parts.contents[1]?.chunks[0]].flatMap((id) => id ?? []);
    const names = (): (string | undefined)[] =>
      [...world.catalog.knownItems(root.source, docs.item).values()].filter(({ isLost }) => isLost).map(({ key }) => key);
    expect([names(), world.catalog.hasLostItems(root.source)]).toEqual([[], false]);
    world.act('repair', { losesChunks: lost });
    expect([names(), world.catalog.hasLostItems(root.source)]).toEqual([['long', 'parts'], true]);
    expect(lost.map((chunk) => world.catalog.locate(chunk))).toEqual([undefined, undefined]);
    expect(world.catalog.hasLostItems(madeId('nobody'))).toBe(false);
    world.act('checkpoint', {}, placesIn(packOf(3), lost.slice(0, 1)));
    expect(names()).toEqual(['parts']);
    world.act('checkpoint', {}, placesIn(packOf(4), lost.slice(1)));
    expect([names(), world.catalog.hasLostItems(root.source)]).toEqual([[], false]);
  });

  it('counts nothing that is hidden among what is there, and all that happened', async () => {
    const { catalog } = new World(first, second, third).act('retention', { hides: [{ item: first.item, versions: [1, 2, 3] }] });
    expect(catalog.totals()).toMatchObject({ items: 0, versions: 0, itemBytes: 0 });
    expect(catalog.density(null, () => 0)).toEqual([{ dayMs: 0, saved: 3, vanished: 0 }]);
    expect(catalog.density(docs.item, () => 0)).toEqual([{ dayMs: 0, saved: 3, vanished: 0 }]);
    expect(await catalog.sizes()).toEqual([]);
    expect(catalog.knownItems(root.source, docs.item).size).toBe(0);
  });
});

describe('what restores made', () => {
  const made = { version: 1, source: root.source, folder: 'INBOX', revision: '' };

  it('is known by the names that the source has for it, as the item that was deleted or as the one that is there', () => {
    const beside = file('beside', docs);
    const world = new World(first, beside);
    world.add(nextOf(first, { change: 'deleted', contents: [] }));
    const givesBack = [first, beside].map(({ item }, at) => ({ ...made, item, key: `7:${at}` }));
    const { catalog } = world.act('restore', { givesBack });
    const there = [...catalog.givenBackTo(root.source, 'INBOX')].map(([key, { item, isGone }]) => [key, item.item, isGone]);
    expect(there).toEqual([
      ['7:0', first.item, true],
      ['7:1', beside.item, false],
    ]);
    expect(catalog.givenBackTo(root.source, 'INBOX').get('7:0')?.item.digest).toBe(first.contents[0]?.digest);
    expect(catalog.givenBackTo(root.source, 'Work').size).toBe(0);
    expect(catalog.givenBackOf(first.item, root.source)).toEqual([givesBack[0]]);
    expect(catalog.givenBackOf(first.item, madeId('elsewhere'))).toEqual([]);
  });

  it('is what the last restore made there', () => {
    const world = new World(first);
    for (const version of [1, 2]) world.act('restore', { givesBack: [{ ...made, item: first.item, version, key: 'k' }] });
    expect(world.catalog.givenBackOf(first.item, root.source).map(({ version }) => version)).toEqual([2]);
  });
});

describe('holds and freezes', () => {
  const hold = (name: string, scope: Parameters<typeof holdOf>[1]): CommitActs => ({ holds: [holdOf(name, scope)] });
  const { source } = root;

  it('are there until they are released', () => {
    const kept = holdOf('a', { what: 'source', source });
    const freeze = { id: madeId<FreezeId>('f'), source, reason: 'emptied', facts: { items: 7 }, atMs: 5 } as const;
    const world = new World().act('hold', { holds: [kept], freezes: [freeze] });
    expect([world.catalog.holds(), world.catalog.freezes()]).toEqual([[kept], [freeze]]);
    world.act('hold', { releases: [kept.id], thaws: [freeze.id] });
    expect([world.catalog.holds(), world.catalog.freezes()]).toEqual([[], []]);
  });

  it('keep a source, an item, or one version', () => {
    const { item } = first;
    const isHeld = (scope: Parameters<typeof holdOf>[1], version: number): boolean =>
      new World(first, second).act('hold', hold('a', scope)).catalog.isHeld(source, item, version);
    expect(isHeld({ what: 'source', source }, 1)).toBe(true);
    expect(isHeld({ what: 'source', source: madeId('other') }, 1)).toBe(false);
    expect(isHeld({ what: 'item', item }, 2)).toBe(true);
    expect(isHeld({ what: 'item', item: docs.item }, 1)).toBe(false);
    expect(isHeld({ what: 'version', item, version: 2 }, 2)).toBe(true);
    expect(isHeld({ what: 'version', item, version: 2 }, 1)).toBe(false);
  });

  it('keep a folder with all that lies or ever lay below it, also what comes later', () => {
    const deep = folder('deep', docs);
    const inside = file('inside', deep);
    const left = file('left', deep);
    const world = new World(deep, inside, left, nextOf(left, { change: 'moved', folder: root.item }), file('beside', root));
    world.act('hold', hold('a', { what: 'folder', item: docs.item }));
    const later = file('later', deep);
    const held = (...items: Manifest[]): boolean[] => items.map(({ item }) => world.catalog.isHeld(source, item, 1));
    expect(held(docs, deep, inside, left, root, file('beside', root))).toEqual([true, true, true, true, false, false]);
    expect(held(later)).toEqual([false]);
    world.add(later);
    expect(held(later)).toEqual([true]);
  });
});

function holdOf(
  name: string,
  scope: NonNullable<CommitActs['holds']>[number]['scope'],
): NonNullable<CommitActs['holds']>[number] {
  return { id: madeId<HoldId>(name), scope, reason: `because of ${name}`, atMs: 3 };
}

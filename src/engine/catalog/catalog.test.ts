import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import { isStrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog } from './catalog.ts';
import type { HistoryEntry } from './shown.ts';
import { neededChunks } from './testing/commits.ts';
import { withCatalog } from './testing/open-test-catalog.ts';
import { PlainCatalog } from './testing/plain-catalog.ts';
import { anySteps, type Story, tellStory } from './testing/random-story.ts';

/** Any moment: before everything, at a change, just before or after one, or now. */
const moments = (story: Story): (number | null)[] => [
  null,
  (story.times[0] ?? 0) - 1,
  ...story.times.filter((_, at) => at % 5 === 0).flatMap((time) => [time - 1, time]),
  (story.times.at(-1) ?? 0) + 1_000_000,
];

/** What a story says must hold whatever happened in it. A failure prints the seed that repeats it, and the smallest story. */
function always(check: (story: Story, catalog: Catalog, plain: PlainCatalog) => void, numRuns = 12): void {
  const property = fc.property(anySteps, (steps) => {
    const story = tellStory(steps);
    withCatalog((catalog) => {
      const plain = new PlainCatalog();
      for (const commit of story.commits) {
        catalog.apply(commit);
        plain.apply(commit);
      }
      check(story, catalog, plain);
    });
  });
  fc.assert(property, { numRuns });
}

const ids = (manifests: Iterable<{ readonly item: ItemId; readonly version: number }>): string[] =>
  [...manifests].map(({ item, version }) => `${item}.${version}`);
const sorted = (list: Iterable<string>): string[] => [...list].sort();

describe('a catalog, whatever happened', { timeout: 60_000 }, () => {
  it('gives every manifest back as it was applied, unless it is hidden', () =>
    always((_, catalog, plain) => {
      for (const manifest of plain.manifests)
        expect(catalog.version(manifest.item, manifest.version)).toEqual(plain.isSeen(manifest) ? manifest : undefined);
      for (const item of plain.items()) expect(catalog.newest(item)).toEqual(plain.newest(item));
    }));

  it('knows which version was valid at any moment', () =>
    always((story, catalog, plain) => {
      for (const atMs of moments(story)) {
        for (const item of plain.items()) {
          const valid = plain.valid(item, atMs);
          expect(catalog.versionAt(item, atMs)).toEqual(valid?.change === 'deleted' ? undefined : valid);
        }
      }
    }));

  it('lists what was in a folder at any moment, with its path at that moment', () =>
    always((story, catalog, plain) => {
      for (const atMs of moments(story)) {
        for (const folder of story.folders) {
          const { rows, total } = catalog.page({
            folder,
            atMs,
            mode: 'as-of',
            sort: 'time',
            descending: false,
            offset: 0,
            limit: 500,
          });
          expect(sorted(ids(rows))).toEqual(sorted(ids(plain.inFolder(folder, atMs))));
          expect(total).toBe(rows.length);
          for (const row of rows) expect(row).toMatchObject({ folderPath: plain.path(folder, atMs).join('/'), deleted: false });
          expect(catalog.folderPath(folder, atMs)).toEqual(plain.path(folder, atMs));
        }
      }
    }));

  it('lists what vanished from a folder, as it was last', () =>
    always((story, catalog, plain) => {
      for (const folder of story.folders) {
        const { rows } = catalog.page({
          folder,
          atMs: null,
          mode: 'vanished',
          sort: 'name',
          descending: true,
          offset: 0,
          limit: 500,
        });
        expect(sorted(ids(rows))).toEqual(sorted(ids(plain.vanishedFrom(folder))));
        for (const row of rows) expect(row).toMatchObject({ deleted: true, vanishedAtMs: plain.newest(row.item)?.validFromMs });
      }
    }));

  it('lists one row for each item that ever was in a folder', () =>
    always((story, catalog, plain) => {
      for (const folder of story.folders) {
        const { rows } = catalog.page({
          folder,
          atMs: null,
          mode: 'all',
          sort: 'size',
          descending: false,
          offset: 0,
          limit: 500,
        });
        const lastHere = plain.items().flatMap((item) => {
          const here = plain.seen(item).filter((m) => m.folder === folder && m.change !== 'deleted' && m.kind !== 'folder');
          return here.slice(-1);
        });
        expect(sorted(ids(rows))).toEqual(sorted(ids(lastHere)));
        for (const row of rows) expect(row.deleted).toBe(!plain.there(null).some(({ item }) => item === row.item));
      }
    }));

  it('shows every folder until a moment, marked where it is gone, with the number of its items', () =>
    always((story, catalog, plain) => {
      for (const atMs of moments(story)) {
        const expected = plain
          .items()
          .filter((item) => plain.history(item)[0]?.kind === 'folder' && plain.presence(item, atMs) !== 'not-yet')
          .map((item) => ({
            item,
            path: plain.path(item, atMs).join('/'),
            deleted: plain.presence(item, atMs) === 'gone',
            items: plain.inFolder(item, atMs).length,
            source: plain.sourceOf(item),
          }));
        const tree = catalog.tree(atMs).map(({ item, path, deleted, items, source }) => ({ item, path, deleted, items, source }));
        const byItem = (a: { item: string }, b: { item: string }): number => (a.item < b.item ? -1 : 1);
        expect([...tree].sort(byItem)).toEqual(expected.sort(byItem));
      }
    }));

  it('selects everything of a moment, each once, folders before what is in them', () =>
    always((story, catalog, plain) => {
      for (const atMs of moments(story)) {
        const selected = [...catalog.select({ items: [], sources: [], recursive: true }, atMs)];
        const expected = plain.shown(atMs).filter(({ folder }) => folder !== null);
        expect(sorted(ids(selected.map(({ manifest }) => manifest)))).toEqual(sorted(ids(expected)));
        const passed = new Set<ItemId>();
        for (const { manifest, folders } of selected) {
          expect(folders.map(({ name }) => name)).toEqual(plain.path(manifest.folder, atMs));
          for (const { item } of folders) if (plain.presence(item, atMs) === 'there') expect(passed).toContain(item);
          if (manifest.kind === 'folder') passed.add(manifest.item);
        }
        const items = expected.filter(({ kind }) => kind !== 'folder');
        for (const sources of [[], ...catalog.sources().map(({ id }) => [id])]) {
          const own = items.filter(({ source }) => sources.length === 0 || sources.includes(source));
          expect(catalog.measure({ items: [], sources, recursive: true }, atMs)).toEqual({
            items: own.length,
            bytes: own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
          });
        }
      }
    }));

  it('selects a folder with all below it, or only what is directly in it', () =>
    always((story, catalog, plain) => {
      for (const atMs of moments(story).slice(0, 4)) {
        for (const folder of story.folders) {
          const isSelected = plain.presence(folder, atMs) === 'there';
          const there = isSelected ? plain.shown(atMs).filter((manifest) => manifest.folder !== null) : [];
          const isBelow = (manifest: Manifest): boolean => plain.chain(manifest, atMs).includes(folder);
          const isDirect = (manifest: Manifest): boolean =>
            manifest.item === folder || (manifest.folder === folder && manifest.kind !== 'folder');
          for (const [recursive, belongs] of [
            [true, isBelow],
            [false, isDirect],
          ] as const) {
            const selected = catalog.select({ items: [folder], sources: [], recursive }, atMs);
            expect(sorted(ids([...selected].map(({ manifest }) => manifest)))).toEqual(sorted(ids(there.filter(belongs))));
          }
        }
      }
    }));

  it('tells the history of every item in touching intervals, of which the last is open', () =>
    always((_, catalog, plain) => {
      for (const item of plain.items()) {
        const history = catalog.history(item);
        expect(history.map(({ manifest }) => manifest)).toEqual(plain.history(item));
        history.forEach((entry, at) => {
          expect(entry.validToMs).toBe(history[at + 1]?.manifest.validFromMs ?? null);
          expect(entry.isHidden).toBe(!plain.isSeen(entry.manifest));
          expect(entry.validToMs ?? Infinity).toBeGreaterThan(entry.manifest.validFromMs);
          expect(entry.folderPath).toBe(plain.path(entry.manifest.folder, entry.manifest.validFromMs).join('/'));
        });
        expectDigestIntervals(history);
      }
    }));

  it('knows what the comparing phase must know', () =>
    always((story, catalog, plain) => {
      const now = plain.there(null);
      for (const source of story.sources) {
        const folders = catalog.knownFolders(source);
        expect(sorted(ids(folders))).toEqual(sorted(ids(now.filter((m) => m.kind === 'folder' && m.source === source))));
        folders.forEach((folder, at) => {
          const isParentKnown = folders.some(({ item }) => item === folder.folder);
          if (isParentKnown) expect(folders.slice(0, at).map(({ item }) => item)).toContain(folder.folder);
        });
        for (const folder of story.folders.filter((id) => plain.sourceOf(id) === source)) {
          const known = catalog.knownItems(source, folder);
          const expected = plain.inFolder(folder, null).map((m) => [m.key, knownOf(m, catalog)] as const);
          expect(known).toEqual(new Map(expected));
          const gone = catalog.deletedItems(source, folder, 'items');
          for (const [key, item] of gone) {
            const before = plain.vanishedFrom(folder).find((m) => m.item === item.item);
            expect(before).toBeDefined();
            expect(item).toEqual(knownOf(before as Manifest, catalog));
            expect(plain.newest(item.item)?.key).toBe(key);
          }
        }
      }
    }));

  it('counts what is there, and what changed on each day', () =>
    always((story, catalog, plain) => {
      const items = plain.there(null).filter(({ kind }) => kind !== 'folder');
      const removed = story.commits.reduce((sum, { commit }) => sum + (commit.removes?.length ?? 0), 0);
      const changes = plain.manifests.filter(({ kind }) => kind !== 'folder');
      expect(catalog.totals()).toEqual({
        items: items.length,
        versions: changes.filter((manifest) => plain.isSeen(manifest)).length,
        itemBytes: items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        packBytes: (story.commits.length - removed) * 1000,
        moments: shownMoments(story).length,
      });
      const dayOf = (timeMs: number): number => timeMs - (timeMs % 86_400_000);
      for (const folder of [null, ...story.folders]) {
        const here = changes.filter((manifest) => folder === null || manifest.folder === folder);
        const expected = [...new Set(here.map(({ validFromMs }) => dayOf(validFromMs)))].sort().map((dayMs) => {
          const today = here.filter(({ validFromMs }) => dayOf(validFromMs) === dayMs);
          const vanished = today.filter(({ change }) => change === 'deleted').length;
          return { dayMs, saved: today.length - vanished, vanished };
        });
        expect(catalog.density(folder, dayOf)).toEqual(expected);
      }
    }));

  it('tells the moments that are not forgotten', () =>
    always((story, catalog) => {
      expect(catalog.moments(1000).map(({ sequence }) => sequence)).toEqual(shownMoments(story).reverse());
    }));

  it('finds every chunk of what is seen, or has been told that it is lost', () =>
    always((story, catalog, plain) => {
      const lost = new Set(story.commits.flatMap(({ commit }) => commit.losesChunks ?? []));
      const seen = plain.manifests.filter((manifest) => plain.isSeen(manifest));
      const nowhere = neededChunks(seen).filter((chunk) => catalog.locate(chunk) === undefined);
      for (const chunk of nowhere) expect(lost).toContain(chunk);
      expect([...catalog.chunkIds()].filter((chunk) => catalog.locate(chunk) === undefined)).toEqual([]);
    }));

  it('remembers what every record of manifests said, in order, and nothing where it does not hold all of them', () =>
    always((story, catalog) => {
      const said = story.left.flatMap(({ manifests }) => [...manifests]);
      const [from, count] = [Math.floor(said.length / 3), Math.ceil(said.length / 2)];
      expect(catalog.remembered(0, said.length, said.length)).toEqual(said);
      expect(catalog.remembered(from, count, said.length)).toEqual(said.slice(from, from + count));
      expect(catalog.remembered(0, 1, said.length + 1)).toBeUndefined();
      expect(catalog.remembered(said.length, 1, said.length)).toBeUndefined();
    }));

  it('is made again from what is left in the storage, row for row', () =>
    always((story, catalog) => {
      const byOne = [...catalog.dump()];
      withCatalog((rebuilt) => {
        for (const _ of rebuilt.rebuild(story.left));
        expect([...rebuilt.dump()]).toEqual(byOne);
      });
      expect(byOne.filter((line) => line.startsWith('versions')).length).toBeGreaterThan(0);
    }, 60));

  it('catches up from anywhere with what is left in the storage, to the same rows, or asks for a rebuild', () =>
    always((story, catalog) => {
      const known = Math.floor(story.commits.length / 2);
      withCatalog((late) => {
        try {
          for (const commit of [...story.commits.slice(0, known), ...story.left.slice(known)]) late.apply(commit);
        } catch (error) {
          // Something came back that was removed later for good: it is a stub already.
          if (!isStrataError(error) || error.code !== 'catalog.unusable') throw error;
          expect(story.commits.some(({ commit }) => commit.shows !== undefined)).toBe(true);
          return;
        }
        expect([...late.dump()]).toEqual([...catalog.dump()]);
      });
    }, 30));
});

/** Oldest first. */
function shownMoments(story: Story): number[] {
  const moments = new Set<number>();
  for (const { commit } of story.commits) {
    if (commit.kind === 'full') moments.add(commit.sequence);
    for (const sequence of commit.forgets ?? []) moments.delete(sequence);
    for (const sequence of commit.remembers ?? []) moments.add(sequence);
  }
  return [...moments].sort((a, b) => a - b);
}

const knownOf = (manifest: Manifest, catalog: Catalog): unknown => ({
  item: manifest.item,
  version: manifest.version,
  kind: manifest.kind,
  key: manifest.key,
  name: manifest.name,
  folder: manifest.folder,
  contentRevision: manifest.contentRevision,
  metadataRevision: manifest.metadataRevision,
  identity: manifest.identity,
  sizeBytes: manifest.sizeBytes,
  digest: manifest.contents[0]?.digest,
  isLost: neededChunks([manifest]).some((chunk) => catalog.locate(chunk) === undefined),
});

const isSilent = ({ manifest: { removed, change } }: HistoryEntry): boolean =>
  removed === true && (change === 'metadata' || change === 'moved');

/**
 * A digest's interval runs on while it stays, ends where another one or nothing follows, and begins anew when it comes back. A removed
 * version that left the content alone says nothing of it.
 */
function expectDigestIntervals(history: readonly HistoryEntry[]): void {
  history.forEach(({ manifest, contents }, at) => {
    expect(contents.map(({ digest, sizeBytes }) => ({ digest, sizeBytes }))).toEqual(
      manifest.contents.map(({ digest, sizeBytes }) => ({ digest, sizeBytes })),
    );
    for (const { part, digest, validFromMs, validToMs } of contents) {
      const has = (entry: HistoryEntry): boolean =>
        entry.manifest.contents.some((other) => other.part === part && other.digest === digest);
      const isOver = (entry: HistoryEntry): boolean => !has(entry) && !isSilent(entry);
      const from = history.slice(0, at).findLastIndex(isOver) + 1;
      const end = history.findIndex((entry, index) => index > at && isOver(entry));
      expect(validFromMs).toBe(history.slice(from).find(has)?.manifest.validFromMs);
      expect(validToMs).toBe(end < 0 ? null : history[end]?.manifest.validFromMs);
      expect(validToMs ?? Infinity).toBeGreaterThan(validFromMs);
    }
  });
}

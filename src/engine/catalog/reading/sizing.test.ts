import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../shared/domain/item.ts';
import { sumOf } from '../../../shared/domain/size.ts';
import type { Catalog } from '../catalog.ts';
import { CommitChain, nextOf, rawContent } from '../testing/commits.ts';
import { file, folder, holding, root } from '../testing/files.ts';
import { openTestCatalog } from '../testing/open-test-catalog.ts';
import { anySteps, tellStory } from '../testing/random-story.ts';

const docs = folder('docs', root);
const { source } = root;
const a = file('a', docs, { contents: [rawContent('a', 700)] });
const later = nextOf(a, { change: 'content', contents: [rawContent('later', 70)] });
const sent = (name: string, from: string | undefined, bytes: number, place = docs): Manifest => {
  const summary = { title: name, ...(from === undefined ? {} : { from }) };
  return file(name, place, { kind: 'message', summary, contents: [rawContent(name, bytes)] });
};
const mail = sent('mail', 'x@x.example', 40, root);

describe('sizes', () => {
  it('are told for each folder and kind: as it is now, and with what was there before', async () => {
    const catalog = holding([root, docs, a, mail], [later, nextOf(mail, { change: 'deleted' })]);
    expect(await catalog.sizes()).toEqual([
      { source, folder: docs.item, kind: 'file', items: 1, itemBytes: 70, versions: 2, versionBytes: 770 },
      { source, folder: root.item, kind: 'message', items: 0, itemBytes: 0, versions: 1, versionBytes: 40 },
    ]);
  });

  it('leave each version where it lay, and do not count what is hidden', async () => {
    const chain = new CommitChain();
    const catalog = openTestCatalog();
    for (const batch of [[root, docs, a], [later], [nextOf(later, { change: 'moved', folder: root.item })]])
      catalog.apply(chain.next(batch));
    expect(await catalog.sizes()).toMatchObject([
      { folder: root.item, items: 1, versions: 1, versionBytes: 70 },
      { folder: docs.item, items: 0, versions: 2, versionBytes: 770 },
    ]);
    catalog.apply(chain.next([], { kind: 'retention', acts: { hides: [{ item: a.item, versions: [1] }] } }));
    expect(await catalog.sizes()).toMatchObject([{ versions: 1 }, { folder: docs.item, versions: 1, versionBytes: 70 }]);
  });

  it('are as much as all versions that are seen together, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(anySteps, async (steps) => {
        const catalog = openTestCatalog();
        for (const commit of tellStory(steps).commits) catalog.apply(commit);
        const { items, itemBytes, versions } = catalog.totals();
        // A deletion counts as a version there and has no bytes.
        const seen = catalog.sources().flatMap(({ id }) => [...catalog.presentVersions(id), ...catalog.endedVersions(id)]);
        const kept = seen.filter(({ kind, change }) => kind !== 'folder' && change !== 'deleted');
        const versionBytes = kept.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
        expect(sumOf(await catalog.sizes())).toEqual({ items, itemBytes, versions: kept.length, versionBytes });
        expect(kept.length).toBeLessThanOrEqual(versions);
        catalog.close();
      }),
      { numRuns: 25 },
    );
  });
});

describe('senders', () => {
  const catalog = (): Catalog =>
    holding([
      root,
      docs,
      sent('1', 'Bob <Bob@x.example>', 10),
      sent('2', '"Bob Smith" <bob@x.example>', 20),
      sent('3', 'Bob Smith <BOB@x.example>', 30),
      sent('4', 'anna@x.example', 100),
      sent('5', undefined, 5),
      sent('6', 'anna@x.example', 7, root),
      a,
    ]);

  it('are one for an address, however it is written, the largest first', async () => {
    expect(await catalog().senders([docs.item], 'message')).toEqual([
      { address: 'anna@x.example', name: '', items: 1, itemBytes: 100, versions: 1, versionBytes: 100 },
      { address: 'bob@x.example', name: expect.stringMatching(/^Bob/), items: 3, itemBytes: 60, versions: 3, versionBytes: 60 },
      { address: '', name: '', items: 1, itemBytes: 5, versions: 1, versionBytes: 5 },
    ]);
  });

  it('are of the folders that were named, each once, and of all kinds where none was', async () => {
    const found = await catalog().senders([root.item, docs.item, docs.item], null);
    expect(found.map(({ address, versionBytes }) => [address, versionBytes])).toEqual([
      ['', 705],
      ['anna@x.example', 107],
      ['bob@x.example', 60],
    ]);
    expect(await catalog().senders([], null)).toEqual([]);
  });

  it('keep what was sent before it was deleted or changed', async () => {
    const [gone, edited] = [sent('gone', 'x@x.example', 3), sent('edited', 'x@x.example', 4)];
    const batch = [nextOf(gone, { change: 'deleted' }), nextOf(edited, { change: 'content', contents: [rawContent('more', 9)] })];
    expect(await holding([root, docs, gone, edited], batch).senders([docs.item], null)).toEqual([
      { address: 'x@x.example', name: '', items: 1, itemBytes: 9, versions: 3, versionBytes: 16 },
    ]);
  });
});

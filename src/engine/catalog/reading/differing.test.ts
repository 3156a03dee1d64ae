import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../shared/domain/item.ts';
import type { Catalog } from '../catalog.ts';
import type { DifferenceKind, DifferenceQuery } from '../shown.ts';
import { CommitChain, madeId, nextOf, rawContent } from '../testing/commits.ts';
import { file, folder, root, startMs } from '../testing/files.ts';
import { openTestCatalog } from '../testing/open-test-catalog.ts';
import { PlainCatalog } from '../testing/plain-catalog.ts';
import type { Connection } from '../sql/connection.ts';
import { Differing } from './differing.ts';
import type { ItemRows } from './item-rows.ts';
import { anySteps, tellStory } from '../testing/random-story.ts';

const everything = { sources: [], kind: null, offset: 0, limit: 500 } as const;

/** `kind name`, with both names where they differ. */
async function told(
  catalog: Catalog,
  query: Partial<DifferenceQuery> & Pick<DifferenceQuery, 'fromMs' | 'toMs'>,
): Promise<string[]> {
  const { rows } = await catalog.differences({ ...everything, ...query });
  return rows.map(
    ({ kind, before, after }) => `${kind} ${[...new Set([before?.name, after?.name])].filter(Boolean).join(' → ')}`,
  );
}

const docs = folder('docs', root);
const other = folder('other', root);
const [same, edited, moved, flagged, gone, brief] = ['same', 'edited', 'moved', 'flagged', 'gone', 'brief'].map((name) =>
  file(name, docs),
) as [Manifest, Manifest, Manifest, Manifest, Manifest, Manifest];
const at = (hours: number): number => startMs + hours * 3_600_000;

function world(): Catalog {
  const catalog = openTestCatalog();
  const chain = new CommitChain();
  catalog.apply(chain.next([root, docs, other, same, edited, moved, flagged, gone]));
  const briefly = { ...brief, validFromMs: at(1) };
  catalog.apply(
    chain.next([
      nextOf(edited, { change: 'content', contents: [rawContent('other', 9)], validFromMs: at(1) }),
      nextOf(moved, { change: 'moved', folder: other.item, validFromMs: at(1) }),
      nextOf(flagged, { change: 'metadata', metadata: { flags: ['\\Seen'] }, validFromMs: at(1) }),
      nextOf(gone, { change: 'deleted', validFromMs: at(1) }),
      briefly,
    ]),
  );
  const backAgain = nextOf(nextOf(flagged, { change: 'metadata' }), { change: 'metadata', metadata: {}, validFromMs: at(2) });
  catalog.apply(
    chain.next([
      backAgain,
      nextOf(briefly, { change: 'deleted', validFromMs: at(2) }),
      { ...file('late', other), validFromMs: at(2) },
    ]),
  );
  return catalog;
}

describe('what is different at two moments', () => {
  it('is what came, went, has another content, another place, or other properties', async () => {
    const catalog = world();
    expect((await told(catalog, { fromMs: startMs, toMs: at(1) })).sort()).toEqual([
      'added brief',
      'content edited',
      'metadata flagged',
      'moved moved',
      'vanished gone',
    ]);
    const { counts, total } = await catalog.differences({ ...everything, fromMs: startMs, toMs: at(1), kind: 'moved', limit: 1 });
    expect({ counts, total }).toEqual({ counts: { added: 1, vanished: 1, content: 1, moved: 1, metadata: 1 }, total: 1 });
  });

  it('is not what came and went between them, nor what changed and changed back', async () => {
    expect((await told(world(), { fromMs: startMs, toMs: at(2) })).sort()).toEqual([
      'added late',
      'content edited',
      'moved moved',
      'vanished gone',
    ]);
  });

  it('is everything since before the first moment, folders as well, but not the root', async () => {
    const all = await told(world(), { fromMs: 0, toMs: startMs });
    expect(all.sort()).toEqual(['docs', 'edited', 'flagged', 'gone', 'moved', 'other', 'same'].map((name) => `added ${name}`));
  });

  it('shows where a thing was and where it is', async () => {
    const { rows } = await world().differences({ ...everything, fromMs: startMs, toMs: at(1), kind: 'moved' });
    expect(rows.map(({ before, after }) => [before?.folderPath, after?.folderPath])).toEqual([['docs', 'other']]);
  });

  it('is of the sources that are asked for, and fits together page by page', async () => {
    const catalog = world();
    const query = { fromMs: 0, toMs: at(2) };
    expect(await told(catalog, { ...query, sources: [madeId('elsewhere')] })).toEqual([]);
    const all = await told(catalog, { ...query, sources: [root.source] });
    const pages = await Promise.all([0, 2, 4, 6, 8].map((offset) => told(catalog, { ...query, offset, limit: 2 })));
    expect(pages.flat()).toEqual(all);
  });

  it('is another property as well where only its name is another', async () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    const named = { ...same, metadata: { mark: 1 } };
    catalog.apply(chain.next([root, named]));
    catalog.apply(chain.next([nextOf(named, { change: 'metadata', metadata: { flag: 1 }, validFromMs: at(1) })]));
    expect(await told(catalog, { fromMs: startMs, toMs: at(1) })).toEqual(['metadata same']);
  });

  it('is told anew when something was applied', async () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    catalog.apply(chain.next([root]));
    expect(await told(catalog, { fromMs: 0, toMs: at(9) })).toEqual([]);
    catalog.apply(chain.next([same]));
    expect(await told(catalog, { fromMs: 0, toMs: at(9) })).toEqual(['added same']);
  });

  it('is looked for anew after it could not be found out', async () => {
    let isBroken = true;
    const answer = (): readonly [] => {
      if (isBroken) throw new Error('broken');
      return [];
    };
    const connection = { column: () => ({ all: answer }), rows: () => ({ all: answer }) } as unknown as Connection;
    const differing = new Differing(connection, { rows: () => [] } as unknown as ItemRows);
    const query = { ...everything, fromMs: 0, toMs: 1 };
    await expect(differing.page(query)).rejects.toThrow('broken');
    isBroken = false;
    expect((await differing.page(query)).total).toBe(0);
  });

  it('is what a plain comparison of both moments finds, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(anySteps, fc.nat(), fc.nat(), async (steps, one, two) => {
        const story = tellStory(steps);
        const catalog = openTestCatalog();
        const plain = new PlainCatalog();
        for (const commit of story.commits) {
          catalog.apply(commit);
          plain.apply(commit);
        }
        const times = [0, ...story.times];
        const [fromMs = 0, toMs = 0] = [times[one % times.length] ?? 0, times[two % times.length] ?? 0].sort((a, b) => a - b);
        const { rows } = await catalog.differences({ ...everything, fromMs, toMs });
        const found = rows.map(({ kind, before, after }) => `${kind} ${(before ?? after)?.item}`);
        expect(found.sort()).toEqual(plainly(plain, fromMs, toMs).sort());
      }),
      { numRuns: 40 },
    );
  });
});

function plainly(plain: PlainCatalog, fromMs: number, toMs: number): string[] {
  const stateAt = (item: Manifest['item'], atMs: number): Manifest | undefined => {
    const valid = plain.valid(item, atMs);
    return valid?.change === 'deleted' ? undefined : valid;
  };
  return plain.items().flatMap((item) => {
    const kind = plainKind(stateAt(item, fromMs), stateAt(item, toMs));
    return kind === undefined ? [] : [`${kind} ${item}`];
  });
}

function plainKind(before: Manifest | undefined, after: Manifest | undefined): DifferenceKind | undefined {
  if ((before ?? after)?.folder === null || before?.version === after?.version) return undefined;
  if (before === undefined) return 'added';
  if (after === undefined) return 'vanished';
  if (JSON.stringify(before.contents) !== JSON.stringify(after.contents)) return 'content';
  if (before.folder !== after.folder || before.name !== after.name) return 'moved';
  return JSON.stringify(before.metadata) === JSON.stringify(after.metadata) ? undefined : 'metadata';
}

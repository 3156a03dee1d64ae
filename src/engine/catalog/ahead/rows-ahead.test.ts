import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CommitContents, RecordedManifests } from '../../../shared/domain/commit.ts';
import type { RunId, SourceId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import { silentLog } from '../../kernel/log.ts';
import type { Catalog, RowsBasis, RowsOfCycle } from '../catalog.ts';
import { openCatalog } from '../open-catalog.ts';
import { CommitChain, filesSource, folderOf, item, madeId, manifestOf, rawContent } from '../testing/commits.ts';
import { openTestCatalog, testDirectory, testFiles, testKey } from '../testing/open-test-catalog.ts';
import { anySteps, tellStory } from '../testing/random-story.ts';
import { packChunks, unpackChunks } from './packed-chunks.ts';

const entry = new URL('../../catalog-worker.ts', import.meta.url);
const file = (): string => path.join(testDirectory(), 'catalog.sqlite');

function withThread(at = file(), fewest = 1): Catalog {
  const catalog = openCatalog({ path: at, key: testKey, files: testFiles, ahead: { entry, log: silentLog, fewest } });
  onTestFinished(() => catalog.close());
  return catalog;
}

function rowsOf(catalog: Catalog): RowsOfCycle {
  const rows = catalog.ahead();
  if (rows === undefined) throw new Error('no thread');
  onTestFinished(() => rows.close());
  return rows;
}

const basisOf = ({ commit }: CommitContents): RowsBasis => ({ run: commit.run, sources: commit.sources.map(({ id }) => id) });
const recordOf = (lines: readonly string[]): RecordedManifests => ({
  count: lines.length,
  plain: Uint8Array.from(Buffer.from(['{}', ...lines, ''].join('\n'))),
});
const linesOf = (manifests: Iterable<Manifest>): string[] => [...manifests].map((manifest) => JSON.stringify(manifest));

async function applyAhead(rows: RowsOfCycle, contents: CommitContents, atOnce = 3): Promise<void> {
  const lines = linesOf(contents.manifests);
  for (let at = 0; at < lines.length; at += atOnce) rows.add(basisOf(contents), recordOf(lines.slice(at, at + atOnce)));
  await rows.apply(contents, lines.length);
}

const root = folderOf({ item: item('root'), folder: null, name: '' });
const letters = (names: readonly string[]): Manifest[] =>
  names.map((name) => manifestOf({ item: item(name), folder: root.item, name, contents: [rawContent(name, 10)] }));
const commit = new CommitChain().next([root, ...letters(['a', 'b', 'c', 'd'])]);

/** What the catalog holds when the commit was applied as any other. */
function expected(...all: CommitContents[]): string[] {
  const catalog = openTestCatalog();
  for (const contents of all) catalog.apply(contents);
  return [...catalog.dump()];
}

describe('rows that are written ahead', () => {
  it('are the same as those of commits that are applied when they are true, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(anySteps, fc.integer({ min: 1, max: 7 }), async (steps, atOnce) => {
        const { commits } = tellStory(steps);
        const catalog = withThread();
        const rows = rowsOf(catalog);
        for (const contents of commits) await applyAhead(rows, contents, atOnce);
        expect([...catalog.dump()]).toEqual(expected(...commits));
      }),
      { numRuns: 15 },
    );
  });

  it('are numbered as the commit names its sources, whichever of them comes first', async () => {
    const sources = ['one', 'two'].map((name) => filesSource(madeId<SourceId>(name), name));
    const source = madeId<SourceId>('two');
    const later = new CommitChain().next([{ ...root, source }, ...letters(['a']).map((letter) => ({ ...letter, source }))], {
      sources,
    });
    const catalog = withThread();
    await applyAhead(rowsOf(catalog), later);
    expect([...catalog.dump()]).toEqual(expected(later));
  });

  it('are seen by nobody before their commit is true', async () => {
    const catalog = withThread();
    const rows = rowsOf(catalog);
    rows.add(basisOf(commit), recordOf(linesOf(commit.manifests)));
    expect(catalog.totals().items).toBe(0);
    const applying = rows.apply(commit, 5);
    expect(catalog.isApplying()).toBe(true);
    await applying;
    expect(catalog.isApplying()).toBe(false);
    expect(catalog.totals().items).toBe(4);
    expect(catalog.find({ text: 'a', atMs: null, deleted: false, kind: null, limit: 5 })).toHaveLength(1);
  });

  it('are found by their words, each once, where they are too many for one step', async () => {
    const names = Array.from({ length: 11_000 }, (_, at) => `letter${at}x`);
    const many = new CommitChain().next([root, ...letters(names)]);
    const catalog = withThread();
    await applyAhead(rowsOf(catalog), many, 4000);
    for (const text of names.filter((_, at) => at % 500 === 0 || at % 5000 === 4999 || at === 10_999)) {
      expect(catalog.find({ text, atMs: null, deleted: false, kind: null, limit: 5 }).map(({ name }) => name)).toEqual([text]);
    }
  });

  it('are given up where the commit is another than was thought', async () => {
    const lines = linesOf(commit.manifests);
    for (const [basis, count] of [
      [basisOf(commit), 6],
      [{ ...basisOf(commit), run: madeId<RunId>('another run') }, 5],
      [{ ...basisOf(commit), sources: [] }, 5],
    ] as const) {
      const catalog = withThread();
      const rows = rowsOf(catalog);
      rows.add(basis, recordOf(lines));
      await rows.apply(commit, count);
      expect([...catalog.dump()]).toEqual(expected(commit));
    }
  });

  it('come from the storage where the thread fails, for this commit and the next', async () => {
    const chain = new CommitChain();
    const commits = [chain.next([root, ...letters(['a'])]), chain.next(letters(['b', 'c']))];
    const catalog = withThread();
    const rows = rowsOf(catalog);
    rows.add(basisOf(commits[0]!), recordOf(['no JSON']));
    for (const contents of commits) await applyAhead(rows, contents);
    expect([...catalog.dump()]).toEqual(expected(...commits));
  });

  it('are refused where the commit does not follow, and nothing of them stays', async () => {
    const chain = new CommitChain();
    chain.next([root]);
    const second = chain.next(letters(['a']));
    const catalog = withThread();
    const before = [...catalog.dump()];
    await expect(applyAhead(rowsOf(catalog), second)).rejects.toThrow(expect.objectContaining({ code: 'catalog.unusable' }));
    expect([...catalog.dump()]).toEqual(before);
  });

  it('go with a cycle that ends before its commit', async () => {
    const catalog = withThread();
    const rows = rowsOf(catalog);
    rows.add(basisOf(commit), recordOf(linesOf(commit.manifests)));
    rows.close();
    catalog.apply(commit);
    expect([...catalog.dump()]).toEqual(expected(commit));
  });

  it('are not worth a thread where there are few', async () => {
    const at = file();
    const catalog = withThread(at, 1000);
    const rows = rowsOf(catalog);
    rows.add(basisOf(commit), recordOf(linesOf(commit.manifests)));
    // Nobody else has begun to write.
    const other = withThread(at);
    other.apply(commit);
    expect([...other.dump()]).toEqual(expected(commit));
  });

  it('are gone after a kill, and the catalog takes the commit as if nothing had been', async () => {
    const at = file();
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('../../../../test/kit/ahead-child.ts', import.meta.url)), at, testKey],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const catalog = withThread(at);
    expect(catalog.applied().sequence).toBe(0);
    catalog.apply(commit);
    expect([...catalog.dump()]).toEqual(expected(commit));
  });
});

describe('chunks on their way to a thread', () => {
  it('come out as they went in', () => {
    const chunks = [...commit.chunks].map((chunk, at) => ({ ...chunk, recordOffset: 2 ** 40 + at, offset: at }));
    expect([...unpackChunks(packChunks(chunks))]).toEqual(chunks);
    expect([...unpackChunks(packChunks([]))]).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { CommitChain, filesSource, madeId } from '../testing/commits.ts';
import { file, root } from '../testing/files.ts';
import { openTestCatalog } from '../testing/open-test-catalog.ts';

describe('what a commit said', () => {
  it('is found by its run, the last of it, and in order', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    const contents = [
      chain.next([root], { kind: 'checkpoint' }),
      chain.next([file('a', root)]),
      chain.next([], { run: madeId('other') }),
    ];
    for (const each of contents) catalog.apply(each);
    expect(catalog.commits()).toEqual(contents.map(({ commit }) => commit));
    expect(catalog.commitOfRun(root.run)).toEqual(contents[1]?.commit);
    expect(catalog.commitOfRun(madeId('nobody'))).toBeUndefined();
  });

  it('tells the newest moments, and until when each source is protected', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    expect([catalog.newestCommit(), catalog.moments(5), catalog.protectedUntil().size]).toEqual([undefined, [], 0]);
    expect(catalog.newestCommitMs()).toBeNull();
    const { source } = root;
    const contents = [
      chain.next([root], { completeSources: [source], atMs: 10 }),
      chain.next([], { completeSources: [source], atMs: 20 }),
      chain.next([], { atMs: 30 }),
      chain.next([], { kind: 'checkpoint', atMs: 40 }),
      chain.next([], { kind: 'checkpoint', atMs: 35 }),
    ];
    for (const each of contents) catalog.apply(each);
    expect(catalog.newestCommit()?.atMs).toBe(35);
    expect(catalog.newestCommitMs()).toBe(40);
    expect(catalog.moments(2).map(({ atMs }) => atMs)).toEqual([30, 20]);
    expect(catalog.momentTimes()).toEqual([10, 20, 30]);
    expect(catalog.protectedUntil()).toEqual(new Map([[source, 20]]));
    expect(catalog.completions(source, 0, 100)).toEqual([10, 20]);
    expect(catalog.completions(source, 11, 100)).toEqual([20]);
    expect(catalog.completions(source, 0, 4)).toEqual([20]);
    expect(catalog.completions(madeId('nobody'), 0, 100)).toEqual([]);
  });

  it('describes a source as it was called last', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    catalog.apply(chain.next([root], { sources: [filesSource(root.source, 'old name')] }));
    catalog.apply(chain.next([], { sources: [filesSource(root.source, 'new name')] }));
    expect(catalog.sources()).toEqual([filesSource(root.source, 'new name')]);
  });
});

import { describe, expect, it } from 'vitest';
import type { SourceId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog, Selection, TwoPasses } from '../catalog/index.ts';
import type { Destination } from '../sources/destination.ts';
import { testRun } from '../sources/testing/test-run.ts';
import type { Storage } from '../storage/index.ts';
import type { RestoreInput } from './lane.ts';
import { runRestore } from './restore.ts';

const accounts = ['a', 'b', 'c'] as const;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Of each account an old and a recent item. */
const items = accounts.flatMap((source) =>
  ['old', 'new'].map(
    (name) =>
      ({
        ...{ item: `${source}-${name}`, source, name: `${source}-${name}`, kind: 'message', sizeBytes: 1, contents: [] },
        ...{ version: 1, metadata: {}, folder: null, summary: { title: '', timeMs: name === 'old' ? 1 : 9 } },
      }) as unknown as Manifest,
  ),
);
const catalog = {
  sources: () => accounts.map((id) => ({ id, name: id })),
  measure: () => ({ items: items.length, bytes: items.length }),
  *select({ sources }: Selection, _at: unknown, passes?: TwoPasses) {
    const mine = items.filter(({ source }) => sources.length === 0 || sources.includes(source));
    for (const manifest of mine) if (passes?.isFirst(manifest) !== false) yield { manifest, folders: [] };
    passes?.goesOn();
    for (const manifest of mine) if (passes?.isFirst(manifest) === false) yield { manifest, folders: [] };
  },
} as unknown as Catalog;
const storage = { lock: () => ({ release: () => undefined }) } as unknown as Storage;

function world({ fails }: { readonly fails?: (name: string) => StrataError | undefined } = {}) {
  const written: string[] = [];
  const under = new Set<string>();
  let mostAtOnce = 0;
  const places = new Map<string, Destination>();
  const session = (place: string) => ({
    probe: () => Promise.resolve('absent' as const),
    async write({ manifest: { name, source } }: { readonly manifest: Manifest }) {
      const failure = fails?.(name);
      if (failure !== undefined) throw failure;
      expect(under.has(place)).toBe(false);
      under.add(place);
      mostAtOnce = Math.max(mostAtOnce, under.size);
      // The first account is the slowest.
      for (let turns = source === 'a' ? 9 : 2; turns > 0; turns -= 1) await turn();
      under.delete(place);
      written.push(name);
      return {};
    },
    finish: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
  const restore = async (of: (source: SourceId) => string, most: number) => {
    const destinationFor = (source: SourceId): Destination => {
      const place = of(source);
      const known = places.get(place) ?? { label: place, open: () => Promise.resolve(session(place)) };
      places.set(place, known);
      return known;
    };
    const selection = { items: [], sources: [], recursive: true };
    const run = testRun();
    const input: RestoreInput = {
      ...{ storage, catalog, selection, atMs: null, version: null, destinationFor, conflict: 'skip', dryRun: false },
      ...{ recentSinceMs: 5, lanes: { of, most } },
    };
    const report = await runRestore(input, run);
    return { report, written, mostAtOnce };
  };
  return { restore, written };
}
const alone = (source: SourceId): string => `at ${source}`;
const away = (of: string) => (name: string) =>
  name.startsWith(of) ? new StrataError('source.unreachable', 'later', { host: of, reason: 'away' }) : undefined;

describe('accounts of a restore', () => {
  it('are written to as many at a time as was said, and reported as one after the other', async () => {
    const one = await world().restore(alone, 1);
    const two = await world().restore(alone, 2);
    const all = await world().restore(alone, 8);
    expect([one.mostAtOnce, two.mostAtOnce, all.mostAtOnce]).toEqual([1, 2, 3]);
    expect(two.written).not.toEqual(one.written);
    expect([two.report, all.report]).toEqual([one.report, one.report]);
    expect(one.report.created).toBe(6);
  });

  it('come one after the other where they go to the same', async () => {
    const { mostAtOnce, written } = await world().restore((source) => (source === 'c' ? 'C' : 'AB'), 8);
    expect(mostAtOnce).toBe(2);
    expect(written.filter((name) => !name.startsWith('c'))).toEqual(['a-new', 'b-new', 'a-old', 'b-old']);
  });

  it('all have what is recent before any gets what is older', async () => {
    const { written } = await world().restore(alone, 2);
    expect(written.slice(0, 3).sort()).toEqual(['a-new', 'b-new', 'c-new']);
  });

  it('do not wait for one whose server is away, which is told', async () => {
    const { report, written } = await world({ fails: away('a') }).restore(alone, 2);
    expect(written).toEqual(['b-new', 'c-new', 'b-old', 'c-old']);
    expect(report).toMatchObject({ created: 4, failedSources: ['a'] });
  });

  it('end in its failure where every server is away, or what is wrong is the storage', async () => {
    await expect(world({ fails: away('') }).restore(alone, 2)).rejects.toThrow('source.unreachable');
    const damaged = (name: string) =>
      name === 'a-new' ? new StrataError('storage.not-found', 'after-user-action', { path: '/s' }) : undefined;
    const broken = world({ fails: damaged });
    await expect(broken.restore(alone, 1)).rejects.toThrow('storage.not-found');
    expect(broken.written).toEqual([]);
  });
});

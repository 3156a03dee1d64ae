import { describe, expect, it } from 'vitest';
import type { ItemId, RunId, SourceId } from '../../shared/domain/ids.ts';
import type { Catalog, KnownItem, RestoreJournal } from '../catalog/index.ts';
import type { DestinationSession, Difference, TakenBack } from '../sources/destination.ts';
import { madeItem } from '../sources/testing/capture.ts';
import { testRun } from '../sources/testing/test-run.ts';
import { type Emptied, runEmptying } from './emptying.ts';
import { Gone } from './gone.ts';

const { manifest } = madeItem({ name: 'a', bytes: Buffer.from('a') });
const known: KnownItem = {
  ...{ item: 'a' as ItemId, version: 1, kind: manifest.kind, key: '7:1', name: 'a', folder: null },
  ...{ contentRevision: 'c', metadataRevision: 'm', identity: undefined, sizeBytes: 1, digest: undefined, isLost: false },
};
const catalog = { version: () => manifest, newest: () => undefined } as unknown as Catalog;

/** A place that names what is in it, which says so of one thing, and what it was asked. */
async function emptying(
  says: { readonly readBack?: readonly Difference[] | 'missing'; readonly take?: TakenBack },
  dryRun = false,
): Promise<{ readonly asked: string[]; readonly emptied: Emptied; readonly problems: readonly string[] }> {
  const asked: string[] = [];
  const session = {
    namesWhatItMakes: true,
    takingBack: { item: (_item: unknown, _made: unknown, how: string) => (asked.push(how), says.take ?? 'taken') },
    folderOf: () => 'INBOX',
    ...(says.readBack !== undefined && { readBack: () => (asked.push('read'), says.readBack) }),
  } as unknown as DestinationSession;
  const journal = { add: () => asked.push('note'), drop: () => asked.push('forget') } as unknown as RestoreJournal;
  const run = testRun();
  const target = { id: 's' as SourceId, name: 'S' };
  const tools = { storage: {} as never, catalog, journal };
  const emptied = await runEmptying(
    { ...tools, run: 'r' as RunId, target, items: [known], dryRun: dryRun ? new Gone() : undefined },
    session,
    run,
  );
  return { asked, emptied, problems: run.problems.map(({ failure }) => failure.code) };
}

describe('emptying', () => {
  it('removes a thing after it was proved and written down, in this order', async () => {
    expect(await emptying({ readBack: [] })).toMatchObject({
      asked: ['read', 'note', 'take'],
      emptied: { removed: 1, stayed: 0 },
    });
  });

  it.each([[['content'] as const], [['form'] as const], [['date'] as const], [['flags', 'content'] as const]])(
    'never removes what differs from the storage in %j',
    async (readBack) => {
      const { asked, emptied, problems } = await emptying({ readBack });
      expect([asked, emptied.removed, problems]).toEqual([['read'], 0, ['restore.stays-changed']]);
    },
  );

  it('never removes what cannot be read', async () => {
    expect(await emptying({})).toMatchObject({ asked: [], emptied: { removed: 0, stayed: 1 } });
  });

  it('says nothing of what is gone by then', async () => {
    expect(await emptying({ readBack: 'missing' })).toMatchObject({
      asked: ['read'],
      emptied: { removed: 0, stayed: 0 },
      problems: [],
    });
  });

  it('forgets the note of what the place did not let go', async () => {
    const { asked, emptied } = await emptying({ readBack: ['flags'], take: 'changed' });
    expect([asked, emptied.stayed]).toEqual([['read', 'note', 'take', 'forget'], 1]);
  });

  it('only looks in a dry run', async () => {
    expect(await emptying({ readBack: [] }, true)).toMatchObject({ asked: ['look'], emptied: { removed: 1 } });
  });
});

import { describe, expect, it } from 'vitest';
import type { ItemId, SourceId } from '../../shared/domain/ids.ts';
import { failureOf, StrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog, KnownItem } from '../catalog/index.ts';
import { testRun } from '../sources/testing/test-run.ts';
import type { FolderVisit, Sighting, Source } from '../sources/source.ts';
import { lookAtPresent, type Present } from './present.ts';

const sighting = (key: string, more: Partial<Sighting> = {}): Sighting => ({
  ...{ key, name: key, kind: 'message', contentRevision: `${key} as saved`, metadataRevision: '', sizeBytes: 1 },
  ...more,
});
const known = (key: string, folder: string | null, more: Partial<KnownItem> = {}): KnownItem => ({
  ...{ item: key as ItemId, version: 1, kind: 'message', key, name: key, folder: folder as ItemId | null, identity: undefined },
  ...{ contentRevision: `${key} as saved`, metadataRevision: '', sizeBytes: 1, digest: undefined, isLost: false },
  ...more,
});
const folders = [known('', null), known('in', ''), known('out', '')].map((one) => ({ ...one, kind: 'folder' as const }));
const visit = (name: string, sightings: readonly Sighting[], more: Partial<FolderVisit> = {}): FolderVisit => ({
  folder: sighting(name, { kind: 'folder' }),
  parentKey: name === '' ? null : '',
  scan: {
    completeness: 'full',
    sightings: (async function* () {
      yield sightings;
    })(),
    vanished: () => [],
    cursor: () => undefined,
  },
  ...more,
});
const broken = {
  scan: undefined,
  problem: failureOf(new StrataError('folder.unreadable', 'later', { folder: 'f', reason: 'r' })),
};

async function look(visits: readonly FolderVisit[], items: readonly KnownItem[], isDeep = false): Promise<Present> {
  const walk = async function* (): AsyncGenerator<FolderVisit> {
    yield visit('', []);
    yield* visits;
  };
  const source = { open: () => ({ walk, close: () => undefined }) } as unknown as Source;
  const catalog = {
    knownFolders: () => folders,
    knownItems: () => new Map(items.map((item) => [item.key, item])),
    deletedItems: () => new Map(),
  } as unknown as Catalog;
  const description = { id: 's' as SourceId, name: 'S', settings: {} as never };
  const random = { bytes: (length: number) => new Uint8Array(length) };
  return lookAtPresent({ source, description, catalog, random, folders: new Set(['in' as ItemId]), isDeep }, testRun());
}

describe('a look at what is there', () => {
  it('knows what is as it was saved, and says of everything else why not', async () => {
    const identity = 'one';
    const there = ['same', 'new', 'other', 'lost', 'moved'].map((key) =>
      sighting(key, { ...(key === 'moved' && { identity: 'two' }) }),
    );
    const saved = [
      ...[known('same', 'in'), known('other', 'in', { contentRevision: 'before' }), known('lost', 'in', { isLost: true })],
      ...[known('moved', 'in', { identity }), known('gone', 'in')],
    ];
    const present = await look([visit('in', there), visit('out', [sighting('same')])], saved);
    expect(present.known.map(({ key }) => key)).toEqual(['same']);
    expect(present.unknown.map(({ name, why }) => `${name} ${why}`)).toEqual([
      ...['new not-saved', 'other changed', 'lost changed', 'moved changed'],
    ]);
  });

  it('fails where a folder that it is about cannot be listed, and not where another cannot', async () => {
    await expect(look([visit('in', [], broken)], [])).rejects.toMatchObject({ code: 'folder.unreadable' });
    expect(await look([visit('out', [], broken), visit('in', [])], [])).toEqual({ known: [], unknown: [] });
  });

  it('tells of a folder that nobody saved, where what is below counts', async () => {
    const fresh = visit('fresh', [sighting('a')], { parentKey: 'in' });
    expect((await look([visit('in', []), fresh], [], true)).unknown).toMatchObject([{ name: 'fresh', why: 'not-saved' }]);
    expect((await look([visit('in', []), visit('fresh', [], { parentKey: 'in' })], [])).unknown).toEqual([]);
  });
});

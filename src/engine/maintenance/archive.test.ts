import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SimFileSystem } from '../../../test/kit/sim-file-system.ts';
import {
  draftOf,
  itemNamed,
  MapCatalog,
  manifestOf,
  readBack,
  someBytes,
  type TestDeps,
  testDeps,
  testRun,
  testStorage,
} from '../../../test/kit/storage-world.ts';
import type { ArchiveChoice } from '../../shared/domain/archive.ts';
import type { CommitActs, CommitDraft } from '../../shared/domain/commit.ts';
import type { HoldId, ItemId, SourceId } from '../../shared/domain/ids.ts';
import type { ItemKind } from '../../shared/domain/item.ts';
import { createStorage, openStorage, type Storage } from '../storage/index.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import { LackBook } from './lack-book.ts';
import { runMirror } from './mirror.ts';

interface Side {
  readonly storage: Storage;
  readonly catalog: MapCatalog;
}

let disk: SimFileSystem;
let deps: TestDeps;
let origin: Side;
let archive: Side;

/** Made once: each takes a password. */
const made = new SimFileSystem();
const secrets = new Map<string, string>();
beforeAll(async () => {
  const making = testDeps(made);
  for (const path of ['/origin', '/archive']) {
    const created = await createStorage(openLocalTarget(made, path, making.random), { ...testStorage, name: path }, making);
    secrets.set(path, created.storage.exportDeviceSecret());
  }
}, 120_000);

beforeEach(async () => {
  disk = made.copy();
  deps = testDeps(disk);
  const open = async (path: string): Promise<Side> => {
    const target = openLocalTarget(disk, path, deps.random);
    const storage = await openStorage(target, { by: 'device', secret: secrets.get(path) ?? '' }, deps);
    return { storage, catalog: new MapCatalog() };
  };
  [origin, archive] = [await open('/origin'), await open('/archive')];
});

const sourceNamed = (name: string): SourceId => name.padEnd(20, '0') as SourceId;
const [anna, ben] = [sourceNamed('anna'), sourceNamed('ben')];

interface Thing {
  readonly name: string;
  readonly source: SourceId;
  readonly kind: ItemKind;
  readonly version?: number;
}

interface Cycle extends CommitActs {
  readonly kind?: CommitDraft['kind'];
  readonly sources?: readonly SourceId[];
  readonly things?: readonly Thing[];
}

async function cycle({ kind = 'full', sources = [], things = [], ...acts }: Cycle): Promise<void> {
  const lock = origin.storage.lock('backup', 'write');
  const writer = origin.storage.writer(lock, origin.catalog);
  for (const { name, source, version = 1, kind: itemKind } of things) {
    const stored = await writer.store({ kind: 'bytes', bytes: contentOf(name, version) });
    writer.add({ ...manifestOf(name, stored, version), source, kind: itemKind });
  }
  const draft: CommitDraft = {
    ...draftOf(deps, kind),
    sources: sources.map((id) => ({ id, name: id, settings: { kind: 'maildir', path: `/${id}`, exclude: [] } })),
    completeSources: kind === 'full' ? sources : [],
    cursors: sources.map((source) => ({ source, folders: { INBOX: 7 } })),
    ...acts,
  };
  origin.catalog.apply(await writer.commit(draft, testRun(deps)));
  writer.abandon();
  lock.release();
}

const contentOf = (name: string, version: number): Uint8Array => someBytes(6000, name.length * 100 + version);

async function fill(only?: ArchiveChoice): Promise<void> {
  const lock = archive.storage.lock('mirror', 'write');
  try {
    await runMirror({ origin, mirror: archive, lock, only }, testRun(deps));
  } finally {
    lock.release();
  }
}

const names = (): string[] => archive.catalog.manifests.map(({ name, version }) => `${name} ${version}`);
const mail = (name: string, source = anna, version = 1): Thing => ({ name, source, kind: 'message', version });
const onlyAnna: ArchiveChoice = { sources: [anna], kinds: null };
const onlyContacts: ArchiveChoice = { sources: null, kinds: ['contact'] };

describe('an archive', () => {
  it('of some sources holds every version of theirs, with their cursors, and nothing of the others', async () => {
    await cycle({ sources: [anna, ben], things: [mail('letter'), mail('of ben', ben)] });
    await cycle({ sources: [anna, ben], things: [mail('letter', anna, 2), mail('of ben', ben, 2)] });
    await fill(onlyAnna);
    expect(names()).toEqual(['letter 1', 'letter 2']);
    const [first] = archive.catalog.commits;
    expect(first).toMatchObject({ completeSources: [anna], cursors: [{ source: anna }], origin: { only: onlyAnna } });
    expect(first?.sources.map(({ id }) => id)).toEqual([anna]);
    expect(Buffer.compare(await readBack(archive.storage, archive.catalog, 'letter'), contentOf('letter', 2))).toBe(0);
    expect((await archive.storage.check('all', () => [], testRun(deps))).findings).toEqual([]);
  });

  it('of some kinds holds these with all folders, and says of no source that it is whole or read up to somewhere', async () => {
    const things: Thing[] = [
      { name: 'people', source: anna, kind: 'folder' },
      { name: 'clara', source: anna, kind: 'contact' },
      { name: 'settings', source: anna, kind: 'account' },
      mail('letter'),
    ];
    await cycle({ sources: [anna], things });
    await fill(onlyContacts);
    expect(names()).toEqual(['people 1', 'clara 1', 'settings 1']);
    expect(archive.catalog.commits[0]).toMatchObject({ sources: [{ id: anna }], completeSources: [], cursors: [] });
  });

  it('receives the next time only what is new, and none of the moments of jobs of which it takes nothing', async () => {
    await cycle({ sources: [anna], things: [mail('letter')] });
    await fill(onlyAnna);
    await cycle({ sources: [ben], things: [mail('of ben', ben)] });
    await cycle({ kind: 'checkpoint', sources: [ben], things: [mail('more of ben', ben)] });
    const book = new LackBook();
    expect(book.of(origin.storage, archive.storage, onlyAnna)).toMatchObject({ moments: 0 });
    await fill(onlyAnna);
    expect(archive.catalog.commits).toHaveLength(1);
    await cycle({ sources: [anna, ben], things: [mail('second')] });
    expect(book.of(origin.storage, archive.storage, onlyAnna)).toMatchObject({ moments: 1 });
    // What is known of one choice says nothing of another.
    expect(() => book.of(origin.storage, archive.storage)).toThrow(expect.objectContaining({ code: 'archive.other-choice' }));
    await fill(onlyAnna);
    expect(names()).toEqual(['letter 1', 'second 1']);
    expect(archive.catalog.commits.map(({ origin: from }) => from?.sequence)).toEqual([1, 4]);
  });

  it('takes what a limited cycle stored of a source that it does not name: no version is left out', async () => {
    await cycle({ sources: [anna], things: [mail('letter')] });
    await cycle({ kind: 'checkpoint', sources: [], things: [mail('letter', anna, 2)] });
    await cycle({ sources: [anna], things: [mail('letter', anna, 3)] });
    await fill(onlyAnna);
    expect(names()).toEqual(['letter 1', 'letter 2', 'letter 3']);
  });

  it('hears nothing of what holds, choices and restores say of items that it does not take', async () => {
    await cycle({ sources: [anna, ben], things: [mail('letter'), mail('of ben', ben)] });
    const hold = (id: string, scope: object) => ({ id: id.padEnd(20, '0') as HoldId, scope, reason: 'law', atMs: 1 }) as never;
    const back = (item: ItemId) => ({ item, version: 1, source: ben, folder: 'INBOX', key: '1', revision: '' });
    const [letter, other] = [itemNamed('letter'), itemNamed('of ben')];
    await cycle({
      kind: 'hold',
      holds: [hold('a', { what: 'source', source: anna }), hold('b', { what: 'source', source: ben })],
    });
    await cycle({ kind: 'hold', holds: [hold('c', { what: 'item', item: letter }), hold('d', { what: 'item', item: other })] });
    await cycle({ kind: 'restore', givesBack: [back(letter), back(other)] });
    await cycle({ kind: 'checkpoint', sources: [anna, ben], unchooses: [letter, other], letsGo: [other] });
    await fill(onlyAnna);
    const said = archive.catalog.commits.map(({ holds, givesBack, unchooses, letsGo }) => ({
      held: holds?.map(({ id }) => id.replace(/0+$/, '')),
      back: givesBack?.map(({ item }) => item),
      unchooses,
      letsGo,
    }));
    expect(said.slice(1)).toEqual([
      { held: ['a'] },
      { held: ['c'] },
      { back: [letter] },
      { unchooses: [letter], letsGo: undefined },
    ]);
  });

  it('keeps the choice with which it was begun, whatever the profile says', async () => {
    await cycle({ sources: [anna], things: [mail('letter')] });
    await fill(onlyAnna);
    for (const other of [undefined, onlyContacts, { sources: [anna], kinds: ['message'] } satisfies ArchiveChoice]) {
      await expect(fill(other)).rejects.toMatchObject({ code: 'archive.other-choice' });
    }
    await fill({ sources: [anna, anna], kinds: null });
  });

  it('of everything is what a mirror is, and can become one', async () => {
    await cycle({ sources: [anna], things: [mail('letter')] });
    await fill({ sources: null, kinds: null });
    expect(archive.catalog.commits[0]?.origin).not.toHaveProperty('only');
    await cycle({ sources: [anna], things: [mail('second')] });
    await fill();
    expect(names()).toEqual(['letter 1', 'second 1']);
  });
});

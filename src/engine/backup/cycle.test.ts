import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { ChunkId, ItemId, RunId } from '../../shared/domain/ids.ts';
import { noCounts } from '../../shared/domain/run.ts';
import { silentLog } from '../kernel/log.ts';
import { newId } from '../kernel/random.ts';
import { quietRun } from '../service/quiet-run.ts';
import { catchUp } from '../maintenance/index.ts';
import { BackupWorld } from './testing/backup-world.ts';

let world: BackupWorld;
beforeEach(async () => {
  world = await BackupWorld.make(temporaryFolder());
});

const fill = (): void => {
  world.source.put('Inbox', '1', 'first');
  world.source.put('Inbox', '2', 'second', ['seen']);
  world.source.put('Inbox', '3', 'third');
  world.source.put('Archive/2019', '9', 'old');
};

describe('a cycle', () => {
  it('saves everything the first time, and reads nothing again when nothing changed', async () => {
    fill();
    const first = await world.cycle();
    expect(first.outcome.kind).toBe('complete');
    expect(first.counts).toMatchObject({ seen: 4, new: 4, failed: 0 });
    expect(await world.listing()).toEqual([
      'Archive/2019/9: old []',
      'Inbox/1: first []',
      'Inbox/2: second [seen]',
      'Inbox/3: third []',
    ]);
    world.source.read.length = 0;
    const second = await world.cycle();
    expect(second.counts).toMatchObject({ seen: 4, unchanged: 4, new: 0, changed: 0, vanished: 0 });
    expect(world.source.read).toEqual([]);
  });

  it('tells new, edited, flagged, moved and vanished items apart, and keeps the first moment as it was', async () => {
    fill();
    await world.cycle();
    const before = await world.listing();
    const firstMs = world.clock.nowMs();
    world.source.put('Inbox', '4', 'fourth');
    world.source.put('Inbox', '1', 'first, edited');
    world.source.put('Inbox', '3', 'third', ['flagged']);
    world.source.remove('Inbox', '2');
    world.source.put('Archive', '77', 'second', ['seen']);
    world.source.remove('Archive/2019', '9');
    const { counts } = await world.cycle();
    expect(counts).toMatchObject({ new: 1, changed: 1, metadataOnly: 1, moved: 1, vanished: 1 });
    expect(await world.listing()).toEqual([
      'Archive/77: second [seen]',
      'Inbox/1: first, edited []',
      'Inbox/3: third [flagged]',
      'Inbox/4: fourth []',
    ]);
    expect(await world.listing(firstMs)).toEqual(before);
  });

  it('saves an item that changed after it was seen as it is now', async () => {
    fill();
    world.source.changing.set('2', 'second, written to meanwhile');
    const first = await world.cycle();
    expect(first.counts).toMatchObject({ new: 4, failed: 0 });
    expect(await world.listing()).toContain('Inbox/2: second, written to meanwhile [seen]');
  });

  it('follows an item by its identity without reading it again', async () => {
    world.source.put('Inbox', 'a', 'text', [], 'id-1');
    world.source.put('Inbox', 'b', 'other', [], 'id-2');
    await world.cycle();
    world.source.read.length = 0;
    world.source.remove('Inbox', 'a');
    world.source.put('Sent', 'z', 'text', [], 'id-1');
    const { counts } = await world.cycle();
    expect(counts).toMatchObject({ moved: 1, new: 0, vanished: 0 });
    expect(world.source.read).toEqual([]);
  });

  it('goes on with the history of an item that comes back', async () => {
    fill();
    await world.cycle();
    world.source.remove('Inbox', '1');
    await world.cycle();
    world.source.put('Inbox', '1', 'first, again');
    await world.cycle();
    const [item] = world.catalog
      .find({ text: '1', atMs: null, deleted: false, kind: null, limit: 10 })
      .filter(({ name }) => name === '1');
    expect(world.catalog.history(item?.item ?? ('' as never)).map(({ change }) => change)).toEqual([
      'created',
      'deleted',
      'restored',
    ]);
  });
});

describe('absence is never deletion:', () => {
  it('an emptied source is refused, and nothing is marked as deleted', async () => {
    fill();
    await world.cycle();
    const before = await world.listing();
    for (const folder of ['Inbox', 'Archive']) world.source.removeFolder(folder);
    const { outcome, counts } = await world.cycle();
    expect(outcome).toMatchObject({ kind: 'nothing-worked', failures: [{ code: 'source.empty' }] });
    expect(counts.vanished).toBe(0);
    expect(await world.listing()).toEqual(before);
  });

  it('a source that is not there fails the run, and what it held is left alone until it is back', async () => {
    fill();
    await world.cycle();
    const before = await world.listing();
    world.source.missing = true;
    expect((await world.cycle()).outcome).toMatchObject({ kind: 'nothing-worked', failures: [{ code: 'source.missing' }] });
    expect(await world.listing()).toEqual(before);
    expect(world.catalog.freezes()).toMatchObject([{ reason: 'missing', source: world.description.id }]);
    const once = world.catalog.applied();
    await world.cycle();
    expect(world.catalog.applied()).toEqual(once);
    world.source.missing = false;
    await world.cycle();
    expect(world.catalog.freezes()).toEqual([]);
  });

  it('another account behind the same name is not believed until a person does, and is frozen', async () => {
    fill();
    await world.cycle();
    const before = await world.listing();
    world.description = { ...world.description, settings: { kind: 'maildir', path: '/elsewhere', exclude: [] } };
    for (const folder of ['Inbox', 'Archive']) world.source.removeFolder(folder);
    world.source.put('Other', '1', 'of somebody else');
    expect((await world.cycle()).outcome).toMatchObject({ kind: 'nothing-worked', failures: [{ code: 'source.swapped' }] });
    expect(await world.listing()).toEqual(before);
    expect(world.catalog.freezes()).toMatchObject([{ reason: 'swapped' }]);
    world.guards = { ...world.guards, acceptsEmpty: new Set([world.description.id]) };
    expect((await world.cycle()).outcome).toMatchObject({ kind: 'complete', unsure: [] });
    expect(await world.listing()).toEqual(['Other/1: of somebody else []']);
    expect(world.catalog.freezes()).toEqual([]);
  });

  it('a source that is empty and was said to be is recorded as deleted', async () => {
    fill();
    await world.cycle();
    world.source.folders.clear();
    world.source.folders.set('', new Map());
    expect((await world.cycle()).outcome).toMatchObject({ failures: [{ code: 'source.empty' }], unsure: [world.description.id] });
    expect(world.catalog.freezes()).toMatchObject([{ reason: 'emptied' }]);
    world.guards = { ...world.guards, acceptsEmpty: new Set([world.description.id]) };
    expect((await world.cycle()).outcome.kind).toBe('complete');
    expect(await world.listing()).toEqual([]);
  });

  it.each(['at once', 'in the middle'] as const)(
    'a folder that cannot be listed (%s) keeps all that was known of it',
    async (how) => {
      fill();
      await world.cycle();
      world.source.unreadable.set('Inbox', how);
      world.source.remove('Inbox', '2');
      const { outcome, counts, problems } = await world.cycle();
      expect(outcome).toMatchObject({ kind: 'complete', unsure: [world.description.id] });
      expect(counts).toMatchObject({ vanished: 0, failed: 1 });
      expect(problems[0]?.failure.code).toBe('folder.unreadable');
      expect(await world.listing()).toContain('Inbox/2: second [seen]');
    },
  );

  it('a source that hangs up while it is read loses no item, and the next cycle has them all', async () => {
    fill();
    world.source.hangsUpAt = '2';
    const broken = await world.cycle();
    expect(broken.outcome.failures[0]?.code).toBe('source.disconnected');
    world.source.hangsUpAt = undefined;
    const next = await world.cycle();
    expect(next.outcome.kind).toBe('complete');
    expect(await world.listing()).toHaveLength(4);
    expect(next.counts.vanished).toBe(0);
  });

  it('an item that cannot be read is listed, and read in the next cycle although its folder did not change', async () => {
    fill();
    world.source.unreadableItems.add('2');
    expect((await world.cycle()).counts).toMatchObject({ new: 3, failed: 1 });
    world.source.unreadableItems.clear();
    expect((await world.cycle()).counts).toMatchObject({ new: 1, failed: 0 });
  });
});

describe('a cycle that is stopped', () => {
  const many = (): void => {
    for (let index = 0; index < 300; index += 1) world.source.put('Inbox', String(index), `message ${index}`);
  };

  it('keeps what was copied, is no moment, and the next one goes on from there', async () => {
    many();
    const stopped = await world.cycle(({ soon }) => {
      world.source.beforeItem = (key) => key === '150' && soon.abort();
    });
    world.source.beforeItem = () => undefined;
    expect(stopped.outcome.kind).toBe('stopped');
    expect(world.catalog.commits().map(({ kind }) => kind)).toEqual(['checkpoint']);
    const copied = (await world.listing()).length;
    expect(copied).toBeGreaterThanOrEqual(149);
    world.source.read.length = 0;
    const next = await world.cycle();
    expect(next.counts).toMatchObject({ new: 300 - copied, unchanged: copied });
    expect(world.source.read).toHaveLength(300 - copied);
    expect(await world.listing()).toHaveLength(300);
  });

  it('notices the next time what had vanished or moved away from a folder that was already done with', async () => {
    world.source.put('Archive', 'gone', 'vanishes');
    world.source.put('Archive', 'moved', 'moves', [], 'known by its server');
    world.source.put('Archive', 'stays', 'stays');
    await world.cycle();
    world.source.removeFolder('Archive');
    world.source.put('Archive', 'stays', 'stays');
    world.source.put('Sent', 'moved', 'moves', [], 'known by its server');
    many();
    world.checkpoint = { everyMs: 0, everyBytes: 1, everyItems: 1e9 };
    const { outcome } = await world.cycle(({ soon }) => {
      world.source.beforeItem = (key) => key === '150' && soon.abort();
    });
    world.source.beforeItem = () => undefined;
    expect(outcome.kind).toBe('stopped');
    await world.cycle();
    const listing = await world.listing();
    expect(listing.filter((line) => !line.startsWith('Inbox/'))).toEqual(['Archive/stays: stays []', 'Sent/moved: moves []']);
  });

  it('notices the next time what came into a folder that it was not done with, and is gone again', async () => {
    world.source.put('Inbox', 'stays', 'stays');
    await world.cycle();
    many();
    const { outcome } = await world.cycle(({ soon }) => {
      world.source.beforeItem = (key) => key === '150' && soon.abort();
    });
    world.source.beforeItem = () => undefined;
    expect(outcome.kind).toBe('stopped');
    expect((await world.listing()).length).toBeGreaterThan(50);
    world.source.removeFolder('Inbox');
    world.source.put('Inbox', 'stays', 'stays');
    await world.cycle();
    expect(await world.listing()).toEqual(['Inbox/stays: stays []']);
  });

  it('in the middle of everything leaves the storage as it was at the last commit, and a later cycle completes it', async () => {
    many();
    world.checkpoint = { everyMs: 1, everyBytes: 1, everyItems: 1e9 };
    world.source.beforeItem = () => void world.clock.setWall(world.clock.nowMs() + 1);
    await expect(
      world.cycle(({ now }) => {
        world.source.beforeItem = (key) => key === '200' && now.abort();
      }),
    ).rejects.toThrow('stopped');
    world.source.beforeItem = () => undefined;
    world.checkpoint = { everyMs: 300_000, everyBytes: 1e9, everyItems: 1e9 };
    expect((await world.cycle()).outcome.kind).toBe('complete');
    expect(await world.listing()).toHaveLength(300);
  });
});

it('many items come in commits of so many, and are one moment all the same', async () => {
  for (let index = 0; index < 500; index += 1) world.source.put('Inbox', String(index), `message ${index}`);
  world.checkpoint = { everyMs: 1e9, everyBytes: 1e9, everyItems: 100 };
  await world.cycle();
  const kinds = world.catalog.commits().map(({ kind }) => kind);
  expect(kinds.slice(0, -1)).toEqual(Array.from({ length: kinds.length - 1 }, () => 'checkpoint'));
  expect(kinds.at(-1)).toBe('full');
  expect(kinds.length).toBeGreaterThanOrEqual(4);
  expect(await world.listing()).toHaveLength(500);
});

it('a catalog made anew from the storage alone has the same rows', async () => {
  fill();
  await world.cycle();
  world.source.put('Inbox', '1', 'edited');
  world.source.remove('Archive/2019', '9');
  await world.cycle();
  const fresh = world.openCatalog('fresh.sqlite');
  catchUp(world.storage, fresh);
  expect([...fresh.dump()]).toEqual([...world.catalog.dump()]);
  fresh.close();
});

it('an item that lost a chunk is read again, and is whole then, without a new version', async () => {
  fill();
  await world.cycle();
  const [known] = [...world.catalog.find({ text: '', atMs: null, deleted: false, kind: null, limit: 9 })].filter(
    ({ name }) => name === '2',
  );
  const item = known?.item ?? ('' as ItemId);
  const chunk = world.catalog.version(item, 1)?.contents[0]?.chunks[0] ?? ('' as ChunkId);
  const lock = world.storage.lock('backup', 'write');
  const writer = world.storage.writer(lock, world.catalog);
  const draft = {
    run: newId<RunId>(world.random),
    job: null,
    atMs: world.clock.nowMs(),
    sources: [],
    completeSources: [],
    cursors: [],
  };
  const run = quietRun(world.clock, silentLog);
  world.catalog.apply(await writer.commit({ ...draft, kind: 'repair', counts: noCounts, losesChunks: [chunk] }, run));
  lock.release();
  expect(world.catalog.locate(chunk)).toBeUndefined();
  world.source.read.length = 0;
  expect((await world.cycle()).counts).toMatchObject({ seen: 4, unchanged: 4, new: 0, changed: 0 });
  expect(world.source.read).toHaveLength(1);
  expect(world.catalog.locate(chunk)).toBeDefined();
  expect(world.catalog.history(item)).toHaveLength(1);
  expect(await world.listing()).toHaveLength(4);
  world.source.read.length = 0;
  await world.cycle();
  expect(world.source.read).toEqual([]);
});

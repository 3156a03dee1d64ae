import { beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { BackupWorld } from './testing/backup-world.ts';

let world: BackupWorld;
beforeEach(async () => {
  world = await BackupWorld.make(temporaryFolder());
});

const fill = (folder: string, count: number): void => {
  for (let index = 0; index < count; index += 1) world.source.put(folder, `${folder} ${index}`, `message ${index}`);
};

it('stores what it has found while it still looks', async () => {
  fill('a', 3);
  fill('b', 3);
  const firstIsRead = new Promise<void>((resolve) => {
    world.source.beforeItem = (key) => void (key === 'a 0' && resolve());
  });
  world.source.beforeFolder = (path) => (path === 'b' ? firstIsRead : Promise.resolve());
  expect((await world.cycle()).counts).toMatchObject({ seen: 6, new: 6 });
  expect(await world.listing()).toHaveLength(6);
});

it('does not, in a source that must be asked one thing after the other', async () => {
  world.source.readsWhileWalking = false;
  fill('a', 3);
  fill('b', 3);
  const order: string[] = [];
  world.source.beforeItem = (key) => void order.push(key);
  world.source.beforeFolder = (path) => Promise.resolve(void order.push(path));
  expect((await world.cycle()).counts).toMatchObject({ seen: 6, new: 6 });
  expect(order.slice(0, 3)).toEqual(['', 'a', 'b']);
});

it('gives a folder in parts, and it is one folder all the same', async () => {
  fill('large', 5000);
  const asked: string[] = [];
  world.source.beforeItem = (key) => void asked.push(key);
  const { counts } = await world.cycle();
  expect(counts).toMatchObject({ seen: 5000, new: 5000, failed: 0 });
  const folders = [...world.catalog.knownFolders(world.description.id)];
  expect(folders.map(({ name }) => name).sort()).toEqual(['', 'large']);
  expect(asked.filter((key) => key === 'large')).toHaveLength(1);
  expect(new Set(await world.listing()).size).toBe(5000);
  const again = await world.cycle();
  expect(again.counts).toMatchObject({ seen: 5000, unchanged: 5000, new: 0, vanished: 0 });
});

it.each(['large 0', 'large 4999'])('lets no cursor hide an item of any part that could not be read: %s', async (item) => {
  fill('large', 5000);
  world.source.unreadableItems.add(item);
  expect((await world.cycle()).counts).toMatchObject({ new: 4999, failed: 1 });
  world.source.unreadableItems.clear();
  expect((await world.cycle()).counts).toMatchObject({ new: 1, failed: 0, vanished: 0 });
});

it('keeps what it found of a source that hangs up meanwhile, and is no moment of it', async () => {
  fill('a', 3);
  fill('b', 3);
  const gone = new StrataError('source.disconnected', 'later', { host: 'memory' });
  world.source.beforeFolder = (path) => (path === 'b' ? Promise.reject(gone) : Promise.resolve());
  const { outcome, counts } = await world.cycle();
  expect(outcome).toMatchObject({ kind: 'nothing-worked', failures: [{ code: 'source.disconnected' }] });
  expect(outcome.unsure).toEqual([world.description.id]);
  expect(counts.new).toBe(3);
  world.source.beforeFolder = () => Promise.resolve();
  const next = await world.cycle();
  expect(next.outcome.kind).toBe('complete');
  expect(next.counts).toMatchObject({ seen: 6, new: 3, unchanged: 3, vanished: 0 });
});

it.each(['at once', 'in the middle'] as const)(
  'says of a folder that it cannot list, %s, that it is not sure of all',
  async (how) => {
    fill('a', 3);
    fill('b', 3);
    world.source.unreadable.set('a', how);
    const { outcome, problems } = await world.cycle();
    expect(outcome.unsure).toEqual([world.description.id]);
    expect(problems.map(({ failure }) => failure.code)).toEqual(['folder.unreadable']);
    world.source.unreadable.clear();
    const next = await world.cycle();
    expect(next.outcome.unsure).toEqual([]);
    expect(next.counts.vanished).toBe(0);
    expect(await world.listing()).toHaveLength(6);
  },
);

it('is over before the source is closed, when a person stops the run', async () => {
  fill('a', 300);
  fill('b', 3);
  const { outcome } = await world.cycle(({ soon }) => {
    world.source.beforeItem = (key) => void (key === 'a 100' && soon.abort());
    const stopped = new Promise<void>((resolve) => soon.signal.addEventListener('abort', () => setTimeout(resolve, 50)));
    world.source.beforeFolder = (path) => (path === 'b' ? stopped : Promise.resolve());
  });
  expect(outcome.kind).toBe('stopped');
  world.source.beforeItem = () => undefined;
  world.source.beforeFolder = () => Promise.resolve();
  const next = await world.cycle();
  expect(next.outcome.kind).toBe('complete');
  expect(await world.listing()).toHaveLength(303);
});

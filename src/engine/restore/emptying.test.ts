import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSavedWorld, type SavedWorld } from '../../../test/kit/saved-world.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { RunId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';

let folder: string;
let from: string;
let world: SavedWorld;
let first: RunId;

const write = (name: string, text: string): void => {
  fs.mkdirSync(path.dirname(path.join(from, name)), { recursive: true });
  fs.writeFileSync(path.join(from, name), text);
};
/** Every file with its bytes, rights and time. */
const state = (): Record<string, string> =>
  Object.fromEntries(
    fs
      .readdirSync(from, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
      .map((name) => {
        const { mode, mtimeMs } = fs.lstatSync(name);
        const content = fs.lstatSync(name).isSymbolicLink() ? fs.readlinkSync(name) : fs.readFileSync(name, 'utf8');
        return [path.relative(from, name), `${content} ${mode.toString(8)} ${mtimeMs}`];
      }),
  );
const codes = (run: Run): string[] => run.problems.map(({ failure }) => failure.code).sort();
const toFirst = {
  target: { kind: 'original' },
  asOf: {
    kind: 'run',
    get run() {
      return first;
    },
  },
} as const;
const emptyFirst = async (more: Parameters<SavedWorld['restore']>[2] = {}): Promise<Run> =>
  world.ended(await world.restore('', 'empty-first', { ...toFirst, confirm: 'folder', ...more }));

beforeEach(async () => {
  folder = temporaryFolder();
  from = path.join(folder, 'from');
  for (let n = 0; n < 6; n++) write(n % 2 === 0 ? `deep/er/f${n}` : `f${n}`, `content ${n}`);
  fs.symlinkSync('f1', path.join(from, 'link'));
  world = await openSavedWorld(folder, from, 0);
  const [saved] = world.engine.parts.store.runs({ job: null, storage: null, kind: 'backup', limit: 1 });
  first = saved?.id as RunId;
});
afterEach(() => world.close());

/** One is another, one vanished, one came, also in a folder that nobody knew then; all of it saved. */
async function changeAndSave(): Promise<void> {
  write('f1', 'newer 1');
  fs.rmSync(path.join(from, 'f3'));
  fs.rmSync(path.join(from, 'link'));
  fs.symlinkSync('f5', path.join(from, 'link'));
  write('deep/came', 'came');
  write('fresh/came too', 'came too');
  await world.save();
}

describe('a restore that empties the folder first', { timeout: 60_000 }, () => {
  it('leaves exactly what was there at the moment, and an undo exactly what was there before', async () => {
    const wanted = state();
    await changeAndSave();
    const before = state();
    const plan = await emptyFirst({ dryRun: true, confirm: undefined });
    expect(state()).toEqual(before);
    expect(plan).toMatchObject({
      status: 'success',
      restore: { created: 3, skipped: 4, conflicts: 0, emptied: { name: 'folder', removed: 4, same: 4, stayed: 0 } },
    });
    expect(plan.restore?.emptied?.entries.map(({ name }) => name).sort()).toEqual(['came', 'came too', 'f1', 'link']);
    const run = await emptyFirst();
    expect(run).toMatchObject({
      status: 'success',
      restore: { created: 3, skipped: 4, emptied: { removed: 4, same: 4, stayed: 0 } },
    });
    expect(state()).toEqual(wanted);
    const undone = await world.ended(await world.engine.restores.undo(run.id, false));
    expect(undone).toMatchObject({ status: 'success', undo: { removed: 3, putBack: 4, stayed: 0 } });
    expect(state()).toEqual(before);
    await expect(world.engine.restores.undo(run.id, false)).rejects.toMatchObject({ code: 'undo.nothing-left' });
  });

  it('never removes what the storage does not have, and lists it with the reason', async () => {
    await changeAndSave();
    write('mine', 'mine');
    write('newest/mine', 'in a folder that nobody saved');
    write('f1', 'newest 1');
    fs.chmodSync(path.join(from, 'deep/came'), 0o600);
    const { mtime } = fs.statSync(path.join(from, 'fresh/came too'));
    write('fresh/came too', 'came tOo');
    fs.utimesSync(path.join(from, 'fresh/came too'), mtime, mtime);
    const run = await emptyFirst();
    expect(run).toMatchObject({ status: 'warning', restore: { emptied: { removed: 1, stayed: 5 } } });
    expect(codes(run)).toEqual([
      ...Array<string>(3).fill('restore.stays-changed'),
      ...Array<string>(2).fill('restore.stays-not-saved'),
    ]);
    expect(Object.keys(state())).toEqual(expect.arrayContaining(['mine', 'newest/mine', 'deep/came', 'f3']));
    expect(fs.readFileSync(path.join(from, 'f1'), 'utf8')).toBe('newest 1');
    expect(fs.readFileSync(path.join(from, 'fresh/came too'), 'utf8')).toBe('came tOo');
  });

  it('empties one folder and nothing beside it', async () => {
    await changeAndSave();
    const tree = await world.engine.browse.tree(world.storage, null);
    const deep = tree.find(({ name }) => name === 'deep')?.item as never;
    const run = await emptyFirst({ confirm: 'deep', selection: { items: [deep], sources: [], recursive: true } });
    expect(run).toMatchObject({ status: 'success', restore: { emptied: { name: 'deep', folders: 2, removed: 1, same: 3 } } });
    expect(Object.keys(state())).toEqual(['deep/er/f0', 'deep/er/f2', 'deep/er/f4', 'f1', 'f5', 'fresh/came too', 'link']);
    expect(fs.readFileSync(path.join(from, 'f1'), 'utf8')).toBe('newer 1');
  });

  it('removes nothing where the folder was empty at the moment', async () => {
    fs.mkdirSync(path.join(from, 'bare'));
    first = await world.save();
    write('bare/came', 'came');
    await world.save();
    const { item } = await world.engine.browse.resolve(world.storage, `folder/${from}/bare`, null);
    const run = await emptyFirst({ confirm: 'bare', selection: { items: [item], sources: [], recursive: true } });
    expect(run).toMatchObject({ status: 'failed', failure: { code: 'restore.nothing-selected' } });
    expect(Object.keys(state())).toContain('bare/came');
  });

  it('removes nothing where it could not look at everything', async () => {
    await changeAndSave();
    const away = path.join(folder, 'away');
    fs.renameSync(from, away);
    expect(await emptyFirst()).toMatchObject({ status: 'failed', failure: { code: 'source.missing' } });
    fs.renameSync(away, from);
    expect(Object.keys(state())).toContain('deep/came');
  });

  it('leaves what cannot be read from the storage', async () => {
    await changeAndSave();
    const packs = fs
      .readdirSync(world.storagePath, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.name.endsWith('.pack'));
    expect(packs.length).toBeGreaterThan(0);
    for (const entry of packs) {
      const file = path.join(entry.parentPath, entry.name);
      fs.chmodSync(file, 0o600);
      fs.writeFileSync(file, fs.readFileSync(file).fill(7, 64));
    }
    const before = state();
    const run = await emptyFirst();
    expect(run.restore?.emptied).toMatchObject({ removed: 1, stayed: 3 });
    expect(codes(run)).toContain('restore.item-damaged');
    expect(Object.keys(state())).toEqual(Object.keys(before));
  });

  it('asks for the name, and refuses what cannot be emptied', async () => {
    await changeAndSave();
    const before = state();
    const refused = async (code: string, more: Parameters<SavedWorld['restore']>[2]): Promise<void> =>
      expect(emptyFirst(more)).rejects.toMatchObject({ code });
    await refused('restore.empty-unconfirmed', { confirm: undefined });
    await refused('restore.empty-unconfirmed', { confirm: 'Folder' });
    await refused('restore.empty-not-here', { target: { kind: 'directory', path: path.join(folder, 'to') } });
    await refused('restore.empty-not-here', { target: { kind: 'mbox', path: path.join(folder, 'to') } });
    await refused('restore.empty-whole-folders', { asOf: { kind: 'vanished', fromMs: 0, toMs: 1 } });
    const { item } = await world.engine.browse.resolve(world.storage, `folder/${from}/f1`, null);
    await refused('restore.empty-whole-folders', { selection: { items: [item], sources: [], recursive: true }, confirm: 'f1' });
    const mailbox = path.join(folder, 'mail');
    fs.mkdirSync(path.join(mailbox, 'cur'), { recursive: true });
    const settings = { kind: 'maildir', path: mailbox, exclude: [] } as const;
    const other = await world.engine.sources.add({ name: 'other', settings, secret: null, keepInKeychain: false });
    await refused('restore.empty-not-saved', { target: { kind: 'source', source: other.id, folder: null }, confirm: 'other' });
    const [source] = world.engine.parts.store.sources();
    const both = { items: [], sources: [source?.id ?? other.id, other.id], recursive: true };
    await refused('restore.empty-one-source', { selection: both });
    expect(state()).toEqual(before);
  });
});

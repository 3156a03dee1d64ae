import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSavedWorld, type SavedWorld } from '../../../test/kit/saved-world.ts';
import { someBytes } from '../../../test/kit/storage-world.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { describeTree, oddNames } from '../sources/testing/files-world.ts';

const small = 600;
const large = someBytes(6_000_000, 1);
const copied = large.subarray(1_000_000, 2_500_000);

let folder: string;
let from: string;
let world: SavedWorld | undefined;

beforeEach(() => {
  folder = temporaryFolder();
  from = path.join(folder, 'from');
  plant(from);
});
afterEach(async () => {
  await world?.close();
  world = undefined;
});

/** Small files of many folders, some of them twice, and what is special about files. */
function plant(root: string): void {
  for (let n = 0; n < small; n++) {
    const directory = path.join(root, `d${n % 7}`, `e${n % 5}`);
    fs.mkdirSync(directory, { recursive: true });
    fs.writeFileSync(path.join(directory, `f${n}`), someBytes(50 + n * 7, n - (n % 10 === 9 ? 1 : 0)));
    fs.chmodSync(path.join(directory, `f${n}`), 0o600 + (n % 64));
    fs.utimesSync(path.join(directory, `f${n}`), n, 1_600_000_000 + n * 1.25);
  }
  const odd = path.join(root, 'odd');
  fs.mkdirSync(odd);
  for (const name of oddNames) fs.writeFileSync(Buffer.concat([Buffer.from(`${odd}/`), name]), name);
  fs.writeFileSync(path.join(root, 'large'), large);
  fs.writeFileSync(path.join(root, 'empty'), '');
  fs.linkSync(path.join(root, 'large'), path.join(root, 'a second name of large'));
  fs.symlinkSync('d0', path.join(root, 'link'));
  fs.writeFileSync(path.join(root, 'sparse'), '');
  fs.truncateSync(path.join(root, 'sparse'), 300_000);
  fs.chmodSync(path.join(root, 'd6'), 0o500);
  // A content that is read once for many files: more of them than are open at the same time.
  fs.mkdirSync(path.join(root, 'copies'));
  for (let n = 0; n < 20; n++) fs.writeFileSync(path.join(root, 'copies', `c${n}`), copied, { mode: 0o600 + n });
}

const open = async (threads = 2): Promise<SavedWorld> => (world = await openSavedWorld(folder, from, threads));
const restored = (to: string): string => path.join(to, from);
const partsIn = (to: string): string[] =>
  fs.readdirSync(to, { recursive: true, encoding: 'utf8' }).filter((name) => /\.strata-.*\.part$/.test(name));
/** Of bytes, because not all names are text. */
const filesIn = (to: string): number => describeTree(to).filter((line) => line.includes('\t100000\t')).length;

describe('threads that restore', { timeout: 120_000 }, () => {
  it('give back what was saved, and report it as one thread does', async () => {
    const reports = [];
    for (const threads of [2, 0]) {
      const { restore, ended } = await open(threads);
      const to = path.join(folder, `to${threads}`);
      const run = await ended(await restore(to));
      expect(run).toMatchObject({ status: 'success', problems: [] });
      expect(describeTree(restored(to))).toEqual(describeTree(from));
      expect(partsIn(to)).toEqual([]);
      reports.push(run.restore);
      await world?.close();
    }
    world = undefined;
    expect(reports[0]).toEqual(reports[1]);
    expect(reports[0]?.verified).toBeGreaterThan(small);
  });

  it('change nothing that is there, unless they are asked to', async () => {
    const { restore, ended } = await open();
    const to = path.join(folder, 'to');
    const other = path.join(restored(to), 'd1/e1/f1');
    fs.mkdirSync(path.dirname(other), { recursive: true });
    fs.writeFileSync(other, 'mine');
    expect((await ended(await restore(to))).restore).toMatchObject({ skipped: 1, failed: [] });
    expect(fs.readFileSync(other, 'utf8')).toBe('mine');
    const replaced = await ended(await restore(to, 'replace'));
    expect(replaced.restore).toMatchObject({ replaced: 1, created: 0, failed: [] });
    expect(fs.readFileSync(other)).toEqual(fs.readFileSync(path.join(from, 'd1/e1/f1')));
  });

  it('leave out what is damaged, name it, and give back all the rest', async () => {
    const { restore, ended, storagePath } = await open();
    const packs = fs.readdirSync(path.join(storagePath, 'packs'), { recursive: true, encoding: 'utf8' });
    const [pack = ''] = packs.filter((name) => name.endsWith('.pack'));
    const file = path.join(storagePath, 'packs', pack);
    const bytes = fs.readFileSync(file);
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    fs.chmodSync(file, 0o600);
    fs.writeFileSync(file, bytes);
    const to = path.join(folder, 'to');
    const { restore: report, status } = await ended(await restore(to));
    expect(status).toBe('warning');
    expect(report?.failed.length).toBeGreaterThan(0);
    expect(new Set(report?.failed.map(({ failure }) => failure.code))).toEqual(new Set(['restore.item-damaged']));
    for (const { item, folder: below } of report?.failed ?? []) {
      expect(fs.existsSync(path.join(to, below, item))).toBe(false);
    }
    const before = describeTree(from);
    for (const line of describeTree(restored(to))) expect(before).toContain(line);
    expect(partsIn(to)).toEqual([]);
    expect(filesIn(to) + (report?.failed.length ?? 0)).toBe(filesIn(from));
  });

  it.each(['now', 'after-item'] as const)('leave nothing half-written when they are stopped (%s)', async (how) => {
    const { restore, ended, engine, watch } = await open();
    watch((id, { itemsDone }) => itemsDone > 0 && engine.parts.runs.stop(id, how));
    const to = path.join(folder, 'to');
    const run = await ended(await restore(to));
    const there = fs.existsSync(to) ? filesIn(to) : 0;
    // The link is the one thing that is created and no file.
    if (run.restore !== null) expect([run.restore.created, run.restore.created - 1]).toContain(there);
    if (there > 0) expect(partsIn(to)).toEqual([]);
    const before = new Set(describeTree(from).filter((line) => !line.includes('\t40000\t')));
    const lines = there > 0 && fs.existsSync(restored(to)) ? describeTree(restored(to)) : [];
    for (const line of lines.filter((one) => !one.includes('\t40000\t'))) expect(before).toContain(line);
  });
});

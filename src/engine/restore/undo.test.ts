import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSavedWorld, type SavedWorld } from '../../../test/kit/saved-world.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { RunId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';
import { describeTree } from '../sources/testing/files-world.ts';

let folder: string;
let from: string;
let to: string;
let world: SavedWorld;

beforeEach(async () => {
  folder = temporaryFolder();
  from = path.join(folder, 'from');
  to = path.join(folder, 'to');
  fs.mkdirSync(path.join(from, 'deep/er'), { recursive: true });
  for (let n = 0; n < 9; n++) fs.writeFileSync(path.join(from, n % 2 === 0 ? 'deep/er' : '', `f${n}`), `content ${n}`);
  fs.symlinkSync('f1', path.join(from, 'link'));
  fs.utimesSync(path.join(from, 'f3'), 1_600_000_000, 1_600_000_000);
  world = await openSavedWorld(folder, from, 0);
});
afterEach(() => world.close());

const undo = async (of: RunId, dryRun = false): Promise<Run> => world.ended(await world.engine.restores.undo(of, dryRun));
const restore = async (...asked: Parameters<SavedWorld['restore']>): Promise<Run> => world.ended(await world.restore(...asked));
const restored = (name: string): string => path.join(to, from, name);
const codes = (run: Run): string[] => run.problems.map(({ failure }) => failure.code);

describe('an undo of a restore to a directory', { timeout: 60_000 }, () => {
  it('removes all that it made, the directories on the way to it included', async () => {
    const { id } = await restore(to);
    const plan = await undo(id, true);
    expect(plan).toMatchObject({ status: 'success', undo: { dryRun: true, removed: 10, putBack: 0, stayed: 0 } });
    expect(fs.existsSync(restored('f1'))).toBe(true);
    expect(await undo(id)).toMatchObject({ kind: 'undo', status: 'success', undo: { of: id, removed: 10, stayed: 0 } });
    expect(fs.existsSync(to)).toBe(false);
    await expect(undo(id)).rejects.toMatchObject({ code: 'undo.nothing-left' });
  });

  it('leaves what was changed since, what somebody put there, and what was there before', async () => {
    fs.mkdirSync(path.join(to, from), { recursive: true });
    fs.copyFileSync(path.join(from, 'f1'), restored('f1'));
    const { mtime } = fs.statSync(path.join(from, 'f1'));
    fs.utimesSync(restored('f1'), mtime, mtime);
    fs.writeFileSync(restored('f3'), 'mine');
    const { id, restore: report } = await restore(to);
    expect(report).toMatchObject({ created: 8 });
    fs.writeFileSync(restored('f5'), 'changed');
    fs.writeFileSync(restored('deep/new'), 'new');
    fs.rmSync(restored('f7'));
    const undone = await undo(id);
    expect(undone).toMatchObject({ status: 'warning', undo: { removed: 6, gone: 1, stayed: 2 } });
    expect(codes(undone).sort()).toEqual(['undo.changed', 'undo.folder-in-use']);
    const left = ['deep', 'deep/new', 'f1', 'f3', 'f5'];
    expect(fs.readdirSync(path.join(to, from), { recursive: true, encoding: 'utf8' }).sort()).toEqual(left);
  });

  it('is of what was written, also where it was read back', async () => {
    const { id, restore: report, status } = await restore(to, 'skip', { verify: true });
    expect(status).toBe('success');
    expect(report?.readBack).toEqual({ equal: 10, rewritten: 0, changed: 0, missing: 0 });
    expect((await undo(id)).undo).toMatchObject({ removed: 10, stayed: 0 });
  });

  it('removes what went beside something, and leaves that', async () => {
    fs.mkdirSync(path.join(to, from), { recursive: true });
    fs.writeFileSync(restored('f3'), 'mine');
    expect((await restore(to, 'keep-both', { dryRun: true })).restore).toMatchObject({ created: 10, replaced: 0, skipped: 0 });
    const { id } = await restore(to, 'keep-both');
    expect((await restore(to, 'keep-both')).restore).toMatchObject({ created: 0, skipped: 10 });
    const [beside = ''] = fs.readdirSync(path.join(to, from)).filter((name) => /^f3 \(restored \d{4}-\d\d-\d\d\)$/.test(name));
    expect([fs.readFileSync(restored('f3'), 'utf8'), fs.readFileSync(restored(beside), 'utf8')]).toEqual(['mine', 'content 3']);
    expect((await undo(id)).undo).toMatchObject({ removed: 10, stayed: 0 });
    expect(fs.readdirSync(path.join(to, from))).toEqual(['f3']);
  });

  it('goes on with what stayed, once it is as it was', async () => {
    const { id } = await restore(to);
    const before = fs.statSync(restored('f5'));
    fs.chmodSync(restored('f5'), 0o600);
    expect((await undo(id)).undo).toMatchObject({ removed: 9, stayed: expect.any(Number) });
    fs.chmodSync(restored('f5'), before.mode);
    expect((await undo(id)).undo).toMatchObject({ removed: 1, stayed: 0 });
    expect(fs.existsSync(to)).toBe(false);
  });

  it('knows nothing of a dry run', async () => {
    const { id } = await restore(to, 'skip', { dryRun: true });
    await expect(undo(id)).rejects.toMatchObject({ code: 'undo.not-known' });
  });
});

describe('a restore that is tried again', { timeout: 60_000 }, () => {
  it('writes what failed and nothing else', async () => {
    fs.mkdirSync(path.join(to, from), { recursive: true });
    fs.writeFileSync(restored('f3'), 'other bytes with the same time');
    fs.utimesSync(restored('f3'), 1_600_000_000, 1_600_000_000);
    const first = await restore(to);
    expect(first).toMatchObject({
      status: 'warning',
      restore: { created: 9, failed: [{ failure: { code: 'restore.other-bytes' } }] },
    });
    fs.rmSync(restored('f3'));
    fs.rmSync(restored('f5'));
    const again = await world.ended(await world.engine.restores.retry(first.id));
    expect(again).toMatchObject({ status: 'success', restore: { created: 1, skipped: 0, failed: [] } });
    expect([fs.existsSync(restored('f3')), fs.existsSync(restored('f5'))]).toEqual([true, false]);
    await expect(world.engine.restores.retry(again.id)).rejects.toMatchObject({ code: 'restore.nothing-failed' });
  });
});

describe('an undo of a restore to where it came from', { timeout: 60_000 }, () => {
  it('puts back what gave way, with its time and rights, where the storage has it; else it says so before and after', async () => {
    const first = world.engine.parts.store.runs({ job: null, storage: null, kind: 'backup', limit: 1 })[0]?.id as RunId;
    for (const name of ['f1', 'f3', 'f5']) fs.writeFileSync(path.join(from, name), `newer ${name}`);
    fs.chmodSync(path.join(from, 'f1'), 0o640);
    await world.save();
    fs.writeFileSync(path.join(from, 'f5'), 'not saved');
    fs.rmSync(path.join(from, 'deep'), { recursive: true });
    const before = describeTree(from).filter((line) => !/\tf5\t|^f5\t|f5/.test(line) && line.includes('\t100'));
    const asked = { target: { kind: 'original' }, asOf: { kind: 'run', run: first } } as const;
    const plan = await restore('', 'replace', { ...asked, dryRun: true });
    expect(plan.restore).toMatchObject({ replaced: 3, created: 5, unkept: 1, conflicts: 3 });
    expect(plan.restore?.places).toMatchObject([
      { place: '/', bytes: plan.restore?.bytes, freeBytes: expect.any(Number), tooLarge: 0 },
    ]);
    expect(plan.restore?.entries.filter(({ isConflict }) => isConflict).map(({ name }) => name)).toEqual(['f1', 'f3', 'f5']);
    const { id, restore: report } = await restore('', 'replace', asked);
    expect(report).toMatchObject({ replaced: 3, created: 5, unkept: 1 });
    expect(fs.readFileSync(path.join(from, 'f1'), 'utf8')).toBe('content 1');

    const undone = await undo(id);
    expect(undone.undo).toMatchObject({ removed: 5, putBack: 2, stayed: 1 });
    expect(codes(undone)).toEqual(['undo.not-kept']);
    expect(fs.readFileSync(path.join(from, 'f1'), 'utf8')).toBe('newer f1');
    expect(fs.readFileSync(path.join(from, 'f5'), 'utf8')).toBe('content 5');
    expect(fs.existsSync(path.join(from, 'deep'))).toBe(false);
    const after = describeTree(from).filter((line) => !/f5/.test(line) && line.includes('\t100'));
    expect(after).toEqual(before);
  });
});

import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Answer, Strata } from '../kit/command-line/strata.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

interface Plan {
  readonly token: string;
  readonly totals: { readonly versions: number; readonly moments: number };
  readonly rows: readonly { readonly name: string; readonly version: number; readonly reason: string }[];
}
interface Purged {
  readonly plan: Plan;
  readonly run: { readonly id: string; readonly status: string; readonly purge: Readonly<Record<string, number>> };
}

let root: string;
let files: string;
let strata: Strata;

beforeEach(async () => {
  root = temporaryFolder();
  files = path.join(root, 'files');
  strata = new Strata(path.join(root, 'profile'), { STRATA_DEBUG: '' });
  fs.mkdirSync(files);
  for (let index = 0; index < 40; index += 1) write(index, 'first');
  await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
  await strata.ok('source', 'add', 'files', 'Files', '--path', files);
  await strata.ok('job', 'create', 'J', '--source', 'Files', '--storage', 'S');
});

const write = (index: number, text: string): void =>
  fs.writeFileSync(path.join(files, `plan ${index}.txt`), `${text} ${index}\n`.repeat(400 + index));
const backup = async (): Promise<string> => (await strata.ok('job', 'run', 'J', '--json')).json<{ id: string }>().id;
const refused = (answer: Answer, code: string): void => {
  expect(answer.err).toContain(`[${code}]`);
  expect(answer.code).toBe(4);
};

/** What comes back of a moment, by name. */
async function restored(run: string): Promise<Record<string, string>> {
  const target = fs.mkdtempSync(path.join(root, 'back-'));
  await strata.ok('restore', 'S', '--run', run, '--to', `dir:${target}`);
  const found = fs.readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.txt'));
  return Object.fromEntries(found.map((name) => [path.basename(name), fs.readFileSync(path.join(target, name), 'utf8')]));
}

describe('what the rules let go', { timeout: 300_000 }, () => {
  it('is shown, is asked for, goes to the trash and can come back; what was promised comes back equal in any case', async () => {
    const first = await backup();
    for (let index = 0; index < 8; index += 1) write(index, 'second');
    const second = await backup();
    for (let index = 0; index < 4; index += 1) write(index, 'third');
    fs.rmSync(path.join(files, 'plan 39.txt'));
    const third = await backup();
    await strata.ok('hold', 'add', 'S', '--item', `Files${files}/plan 0.txt`, '--reason', 'the court');
    const held = (await strata.ok('hold', 'list', 'S', '--json')).json<{ reason: string }[]>();
    expect(held.map(({ reason }) => reason)).toEqual(['the court']);
    await strata.ok('job', 'edit', 'J', '--keep', 'last=2');

    const dry = (await strata.ok('storage', 'purge', 'S', '--dry-run', '--json')).json<Purged>();
    expect(dry.plan.totals).toMatchObject({ versions: 7, moments: 1 });
    expect(dry.plan.rows.map(({ name }) => name).sort()).toEqual([1, 2, 3, 4, 5, 6, 7].map((index) => `plan ${index}.txt`));
    expect(Object.keys(await restored(first))).toHaveLength(40);
    refused(await strata.run(['storage', 'purge', 'S']), 'confirmation.needed');

    const purged = (await strata.ok('storage', 'purge', 'S', '--yes', '--json')).json<Purged>();
    expect(purged.run).toMatchObject({ status: 'success', purge: { dryRun: false, deletedPacks: 0 } });
    const moments = (await strata.ok('storage', 'moments', 'S', '--json')).json<{ run: string; keptBy: string[] }[]>();
    expect(moments.map(({ run, keptBy }) => [run, keptBy])).toEqual([
      [third, ['newest', 'last']],
      [second, ['last']],
    ]);
    expect((await restored(second))['plan 2.txt']).toBe('second 2\n'.repeat(402));
    const newest = await restored(third);
    expect(Object.keys(newest)).toHaveLength(39);
    for (const [name, text] of Object.entries(newest)) expect(text).toBe(fs.readFileSync(path.join(files, name), 'utf8'));
    await strata.ok('storage', 'check', 'S', '--data', 'all');

    const trash = (await strata.ok('storage', 'trash', 'S', '--json')).json<{ packs: number; batches: { batch: string }[] }>();
    expect(trash.batches).toHaveLength(1);
    await strata.ok('storage', 'trash', 'S', '--return');
    await strata.ok('storage', 'undo-retention', 'S', purged.run.id);
    expect((await restored(first))['plan 1.txt']).toBe('first 1\n'.repeat(401));
    await strata.ok('storage', 'check', 'S', '--data', 'all');
  });

  it('by hand is what was deleted at its source long enough ago', async () => {
    await backup();
    fs.rmSync(path.join(files, 'plan 7.txt'));
    await backup();
    const later = (await strata.ok('storage', 'purge', 'S', '--older-than', '1', '--dry-run', '--json')).json<Purged>();
    expect(later.plan.totals.versions).toBe(0);
    await strata.ok('storage', 'purge', 'S', '--older-than', '0', '--yes');
    expect((await strata.ok('find', 'S', 'plan', '--deleted', '--json')).json<unknown[]>()).toHaveLength(39);
  });
});

describe('a source that nobody wants any more', { timeout: 300_000 }, () => {
  it('is forgotten whole, after a plan and a confirmation, once no job saves it; and can be shown again', async () => {
    await backup();
    refused(await strata.run(['storage', 'forget-source', 'S', 'Files', '--yes']), 'removal.source-in-use');
    await strata.ok('job', 'remove', 'J', '--yes');
    const dry = await strata.ok('storage', 'forget-source', 'S', 'files', '--dry-run', '--json');
    expect(dry.json<{ plan: unknown }>().plan).toMatchObject({
      sourceName: 'Files',
      refused: null,
      totals: { moments: 1 },
      held: 0,
    });
    refused(await strata.run(['storage', 'forget-source', 'S', 'Files']), 'confirmation.needed');
    expect((await strata.ok('find', 'S', 'plan', '--json')).json<unknown[]>()).toHaveLength(40);
    const { run } = (await strata.ok('storage', 'forget-source', 'S', 'Files', '--yes', '--json')).json<{
      run: { id: string };
    }>();
    expect((await strata.ok('find', 'S', 'plan', '--deleted', '--json')).json<unknown[]>()).toEqual([]);
    await strata.ok('storage', 'undo-retention', 'S', run.id);
    expect((await strata.ok('find', 'S', 'plan', '--json')).json<unknown[]>()).toHaveLength(40);
  });
});

describe('a guard', { timeout: 300_000 }, () => {
  it('that sees most of a source vanish stores it, says so, and lets nothing go until a person answers', async () => {
    await backup();
    for (let index = 0; index < 30; index += 1) fs.rmSync(path.join(files, `plan ${index}.txt`));
    const run = await strata.run(['job', 'run', 'J']);
    expect(run.code).toBe(3);
    expect(run.err).toContain('[guard.deleted]');
    expect((await strata.run(['status'])).code).toBe(3);
    refused(await strata.run(['storage', 'purge', 'S', '--older-than', '0', '--yes']), 'removal.frozen');
    expect((await strata.ok('find', 'S', 'plan', '--deleted', '--json')).json<unknown[]>()).toHaveLength(40);

    const [freeze] = (await strata.ok('storage', 'freezes', 'S', '--json')).json<{ id: string; code: string }[]>();
    expect(freeze?.code).toBe('guard.deleted');
    await strata.ok('storage', 'answer', 'S', freeze?.id ?? '', 'mine');
    await strata.ok('job', 'run', 'J');
    await strata.ok('storage', 'purge', 'S', '--older-than', '0', '--yes');
    expect((await strata.ok('find', 'S', 'plan', '--deleted', '--json')).json<unknown[]>()).toHaveLength(10);
  });

  it('does not believe in an emptied source until a person does', async () => {
    await backup();
    for (const name of fs.readdirSync(files)) fs.rmSync(path.join(files, name));
    expect((await strata.run(['job', 'run', 'J'])).err).toContain('[source.empty]');
    const [freeze] = (await strata.ok('storage', 'freezes', 'S', '--json')).json<{ id: string; reason: string }[]>();
    expect(freeze?.reason).toBe('emptied');
    await strata.ok('storage', 'answer', 'S', freeze?.id ?? '', 'empty');
    const run = await strata.run(['job', 'run', 'J', '--json']);
    expect(run.json<{ counts: { vanished: number } }>().counts.vanished).toBe(40);
  });
});

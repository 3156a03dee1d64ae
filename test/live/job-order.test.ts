import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

interface Job {
  readonly name: string;
  readonly group: string | null;
  readonly scan: string;
  readonly priority: string;
  readonly lastRun: { readonly status: string } | null;
}

it('jobs are put in order, grouped, copied, run together and changed with words for what that does, from the command line', {
  timeout: 120_000,
}, async () => {
  const root = temporaryFolder();
  fs.mkdirSync(path.join(root, 'a'));
  fs.writeFileSync(path.join(root, 'a/letter.txt'), 'a letter');
  const strata = new Strata(path.join(root, 'profile'));
  const jobs = async (): Promise<Job[]> => (await strata.ok('job', 'list', '--json')).json<Job[]>();
  const names = async (): Promise<string[]> => (await jobs()).map(({ name }) => name);
  for (const name of ['S', 'T'])
    await strata.ok('storage', 'create', path.join(root, name), '--name', name, '--recovery-key', path.join(root, `${name}.txt`));
  await strata.ok('source', 'add', 'files', 'A', '--path', path.join(root, 'a'));
  await strata.ok('source', 'add', 'files', 'B', '--path', path.join(root, 'a'));
  const marks = ['--group', 'Home', '--color', 'plum', '--priority', 'high'];
  await strata.ok('job', 'create', 'one', '--source', 'A', 'B', '--storage', 'S', '--cron', '0 2 * * *', ...marks);
  await strata.ok('job', 'create', 'two', '--source', 'A', '--storage', 'S');
  await strata.ok(
    'job',
    'create',
    'three',
    '--source',
    'A',
    '--storage',
    'S',
    '--group',
    'home',
    '--for',
    'A',
    '--priority',
    '7',
  );
  expect(await names()).toEqual(['one', 'three', 'two']);
  await strata.ok('job', 'move', 'two', '--first');
  await strata.ok('job', 'move', 'three', '--before', 'one');
  expect(await names()).toEqual(['two', 'three', 'one']);
  expect((await strata.run(['job', 'move', 'two', '--first', '--last'])).code).toBe(2);

  await strata.ok('job', 'clone', 'one', 'one more');
  expect(await names()).toEqual(['two', 'three', 'one', 'one more']);
  expect((await jobs()).at(-1)).toMatchObject({ group: 'Home', scan: 'off', priority: 'high', lastRun: null });
  await strata.ok('job', 'group', 'enable', 'HOME');
  await strata.ok('job', 'group', 'run', 'home');
  expect((await jobs()).map(({ lastRun }) => lastRun?.status)).toEqual([undefined, 'success', 'success', 'success']);

  const plan = await strata.ok('job', 'edit', 'one', '--source', 'A', '--keep', 'daily=7', '--priority', 'low', '--dry-run');
  expect(plan.out.split('\n').slice(0, 3)).toEqual([
    'NOT SAVED ANY MORE: B. What was saved stays for as long as the rules keep it.',
    'KEEPS LESS: versions that stay by the old rules may be removed by the new ones.',
    'Sources: A and B → A',
  ]);
  expect(plan.out).toContain('Priority: high → low');
  expect((await jobs()).find(({ name }) => name === 'one')?.priority).toBe('high');
  const elsewhere = await strata.run(['job', 'edit', 'one', '--storage', 'T']);
  expect([elsewhere.code, elsewhere.err]).toEqual([4, expect.stringContaining('[confirmation.needed]')]);
  await strata.ok('job', 'edit', 'one', '--storage', 'T', '--yes');

  const done = (await strata.ok('op', 'list', '--json')).json<{ state: string; kind: string }[]>();
  expect(done.filter(({ kind }) => kind === 'backup').map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  expect((await strata.run(['op', 'stop'])).code).toBe(2);
  await strata.ok('op', 'stop', '--all');
});

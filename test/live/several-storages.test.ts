import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { describeTree } from '../kit/command-line/trees.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const random = seededRandom(23);

interface Run {
  readonly status: string;
  readonly counts: { readonly new: number };
  readonly problems: readonly unknown[];
  readonly steps: readonly { readonly kind: string; readonly name: string; readonly state: string }[];
}

let root: string;
let strata: Strata;
const at = (name: string): string => path.join(root, name);
const save = (name: string, bytes: string | Uint8Array): void => fs.writeFileSync(at(`files/${name}`), bytes);

beforeEach(async () => {
  root = temporaryFolder();
  strata = new Strata(at('profile'));
  fs.mkdirSync(at('files'));
  save('a.txt', 'first');
  for (const name of ['A', 'B']) await strata.ok('storage', 'create', at(name), '--name', name);
  await strata.ok('source', 'add', 'files', 'Files', '--path', at('files'));
  await strata.ok('job', 'create', 'J', '--source', 'Files', '--storage', 'A', '--also-to', 'B');
});

const newest = async (): Promise<Run> => {
  const [last] = (await strata.ok('run', 'list', '--kind', 'backup', '--json')).json<{ id: string }[]>();
  return (await strata.ok('run', 'show', last?.id ?? '', '--json')).json<Run>();
};
const served = ({ steps }: Run) => steps.flatMap(({ kind, name, state }) => (kind === 'storage' ? [`${name} ${state}`] : []));
const moments = async (storage: string): Promise<number> =>
  (await strata.ok('storage', 'show', storage, '--json')).json<{ moments: number }>().moments;
const givesBack = async (storage: string): Promise<void> => {
  await strata.ok('storage', 'check', storage, '--data', 'all');
  const out = at(`out-${storage}-${fs.readdirSync(root).length}`);
  await strata.ok('restore', storage, '--to', `dir:${out}`);
  expect(describeTree(path.join(out, at('files')))).toEqual(describeTree(at('files')));
};

it('one run serves both storages, each whole by itself, and counts a file once', { timeout: 300_000 }, async () => {
  save('b.txt', 'second');
  await strata.ok('job', 'run', 'J');
  const run = await newest();
  expect(run).toMatchObject({ status: 'success', problems: [] });
  expect(served(run)).toEqual(['A done', 'B done']);
  expect([await moments('A'), await moments('B')]).toEqual([1, 1]);
  for (const storage of ['A', 'B']) await givesBack(storage);
  const counted = run.counts.new;
  await strata.ok('job', 'edit', 'J', '--also-to', 'none');
  save('c.txt', 'third');
  await strata.ok('job', 'run', 'J');
  expect([await moments('A'), await moments('B')]).toEqual([2, 1]);
  // The tree's folders count as well: without the second storage it is the same number for each file.
  expect(counted).toBeLessThan(2 * 3);
});

it.each([
  ['A', 'B'],
  ['B', 'A'],
])(
  'where %s is away %s is served, the run is a warning that names the one, and the next makes up for it',
  {
    timeout: 300_000,
  },
  async (away, there) => {
    await strata.ok('job', 'run', 'J');
    fs.renameSync(at(away), at('unplugged'));
    save('b.txt', 'second');
    expect((await strata.run(['job', 'run', 'J'])).code).toBe(3);
    const run = await newest();
    expect(run.status).toBe('warning');
    expect(served(run).toSorted()).toEqual([`${away} failed`, `${there} done`].toSorted());
    expect(run.problems).toHaveLength(1);
    await givesBack(there);

    fs.renameSync(at('unplugged'), at(away));
    await strata.ok('job', 'run', 'J');
    expect(served(await newest())).toEqual(['A done', 'B done']);
    await givesBack(away);
  },
);

it('where both are away nothing runs, and says why', { timeout: 300_000 }, async () => {
  for (const name of ['A', 'B']) fs.renameSync(at(name), at(`${name} unplugged`));
  const { code, err } = await strata.run(['job', 'run', 'J']);
  expect([code === 0, err]).toEqual([false, expect.stringContaining('[storage.not-found]')]);
});

it('killed while it serves the second, each storage is whole, and the next run goes on with what is lacking', {
  timeout: 300_000,
}, async () => {
  for (let index = 0; index < 1500; index += 1) save(`${index}.bin`, random.bytes(6000));
  const locks = at('B/locks');
  const isWriting = (): boolean => fs.existsSync(locks) && fs.readdirSync(locks).length > 0;
  const going = strata.start(['job', 'run', 'J']);
  const answered = going.answer.then(() => true);
  while (!isWriting() && !(await Promise.race([answered, wait(3, false)])));
  await wait(40);
  going.kill('SIGKILL');
  expect((await going.answer).code).toBeNull();
  expect((await newest()).status).toBe('interrupted');
  await givesBack('A');
  await strata.ok('storage', 'check', 'B', '--data', 'all');

  await strata.ok('job', 'run', 'J');
  expect(served(await newest())).toEqual(['A done', 'B done']);
  for (const storage of ['A', 'B']) await givesBack(storage);
});

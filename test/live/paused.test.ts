import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { describeTree } from '../kit/command-line/trees.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const random = seededRandom(146);

it('a run that is paused stays so when its process is killed at once, and goes on with the rest when it is resumed', {
  timeout: 180_000,
}, async () => {
  const root = temporaryFolder();
  const files = path.join(root, 'files');
  fs.mkdirSync(files);
  // As much as takes several times as long as two commands need to begin.
  for (let index = 0; index < 6000; index += 1) fs.writeFileSync(path.join(files, `${index}.bin`), random.bytes(30_000));
  const strata = new Strata(path.join(root, 'profile'));
  await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
  await strata.ok('source', 'add', 'files', 'Files', '--path', files);
  await strata.ok('job', 'create', 'J', '--source', 'Files', '--storage', 'S');

  const going = strata.start(['job', 'run', 'J']);
  const newest = async (): Promise<{ id: string; status: string } | undefined> =>
    (await strata.ok('run', 'list', '--kind', 'backup', '--json')).json<{ id: string; status: string }[]>().at(0);
  let run = await newest();
  while (run?.status !== 'running') {
    await wait(5);
    run = await newest();
  }
  await strata.ok('run', 'pause', run.id);
  going.kill('SIGKILL');
  await going.answer;
  expect(await newest()).toMatchObject({ id: run.id, status: 'paused' });

  const ended = (await strata.ok('run', 'resume', run.id, '--json')).json<{ id: string; status: string; counts: object }>();
  expect(ended).toMatchObject({ id: run.id, status: 'success', counts: { seen: 6000, failed: 0 } });
  await strata.ok('storage', 'check', 'S', '--data', 'all');
  await strata.ok('restore', 'S', '--to', `dir:${path.join(root, 'out')}`);
  expect(describeTree(path.join(root, 'out', files))).toEqual(describeTree(files));
});

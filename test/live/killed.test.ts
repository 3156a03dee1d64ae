import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { describeTree } from '../kit/command-line/trees.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const random = seededRandom(20);

it('a cycle that is killed again and again is shown as interrupted, harms nothing, and the next one has everything', {
  timeout: 180_000,
}, async () => {
  const root = temporaryFolder();
  const files = path.join(root, 'files');
  fs.mkdirSync(files);
  for (let index = 0; index < 4000; index += 1) fs.writeFileSync(path.join(files, `${index}.bin`), random.bytes(6000));
  const strata = new Strata(path.join(root, 'profile'));
  await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
  await strata.ok('source', 'add', 'files', 'Files', '--path', files);
  await strata.ok('job', 'create', 'J', '--source', 'Files', '--storage', 'S');

  const locks = path.join(root, 'storage/locks');
  const isWriting = (): boolean => fs.existsSync(locks) && fs.readdirSync(locks).length > 0;
  let killed = 0;
  for (const delayMs of [0, 40, 120, 250]) {
    const going = strata.start(['job', 'run', 'J']);
    const answered = going.answer.then(() => true);
    while (!isWriting() && !(await Promise.race([answered, wait(3, false)])));
    await wait(delayMs);
    going.kill('SIGKILL');
    if ((await going.answer).code === null) killed += 1;
    // What a kill left behind is found out to be nobody's, without anybody's help.
    fs.writeFileSync(path.join(files, `after ${delayMs}.txt`), `after ${delayMs}`);
    await strata.ok('storage', 'check', 'S', '--data', 'all');
  }
  expect(killed).toBeGreaterThanOrEqual(2);

  await strata.ok('job', 'run', 'J');
  const runs = (await strata.ok('run', 'list', '--kind', 'backup', '--json')).json<{ status: string }[]>();
  expect(runs.filter(({ status }) => status === 'interrupted')).toHaveLength(killed);
  await strata.ok('restore', 'S', '--to', `dir:${path.join(root, 'out')}`);
  expect(describeTree(path.join(root, 'out', files))).toEqual(describeTree(files));
});

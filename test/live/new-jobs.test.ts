import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Timing } from '../../src/shared/domain/schedule.ts';
import { Strata } from '../kit/command-line/strata.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

interface Job {
  readonly timing: Timing;
  readonly retention: { readonly rules: { readonly deletedDays: number } } | null;
}

it('new jobs begin with what was chosen for all, each can differ, and those that there are stay as they are', {
  timeout: 180_000,
}, async () => {
  const root = temporaryFolder();
  fs.mkdirSync(path.join(root, 'a'));
  const strata = new Strata(path.join(root, 'profile'));
  const create = (name: string, ...words: string[]) =>
    strata.ok('job', 'create', name, '--source', 'A', '--storage', 'S', ...words);
  const job = async (name: string): Promise<Job> => (await strata.ok('job', 'show', name, '--json')).json<Job>();
  const newJobs = (...words: string[]) => strata.ok('config', 'new-jobs', ...words);
  await strata.ok('storage', 'create', path.join(root, 'S'), '--name', 'S');
  await strata.ok('source', 'add', 'files', 'A', '--path', path.join(root, 'a'));
  await create('before');

  await newJobs('--window', 'Mon-Fri 18:00-08:00', '--battery', '40', '--retries', '5', '--keep', 'daily=7 deleted=90d');
  const shown = await newJobs();
  expect(shown.out).toMatch(/^--window +Mon-Fri 18:00-08:00/mu);
  expect(shown.out).toMatch(/^--retry-pause +00:15:00/mu);
  expect(shown.out).toMatch(/^--keep +daily=7 deleted=90d/mu);

  await create('plain', '--cron', '0 2 * * *');
  expect(await job('plain')).toMatchObject({
    timing: { batteryAbove: 40, retries: 5, onMetered: true },
    retention: { rules: { deletedDays: 90 } },
  });
  // What is said of it changes that alone.
  await create('own', '--window', 'always', '--metered', 'no', '--keep', 'none');
  expect(await job('own')).toMatchObject({
    timing: { windows: null, batteryAbove: 40, retries: 5, onMetered: false },
    retention: null,
  });
  expect(await job('before')).toMatchObject({ timing: { windows: null, batteryAbove: 0, retries: 2 }, retention: null });

  expect((await strata.run(['config', 'new-jobs', '--battery', 'full'])).code).toBe(2);
  expect((await strata.run(['config', 'new-jobs', '--usual', '--retries', '1'])).code).toBe(2);
  expect((await newJobs('--json')).json<{ keep: string }>().keep).toBe('daily=7 deleted=90d gone=never');
  expect((await strata.ok('config', 'list')).out).toContain('newJobs {"timing":');
  await newJobs('--usual');
  await create('after');
  expect(await job('after')).toMatchObject({ timing: { windows: null, retries: 2 }, retention: null });
});

import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

interface Upkeep {
  readonly storageName: string;
  readonly kind: string;
  readonly times: { readonly schedule: object; readonly zone: string | null; readonly depth: string; readonly percent: number };
  readonly nextMs: number | null;
  readonly lastRun: object | null;
}

let strata: Strata;

beforeEach(async () => {
  const root = temporaryFolder();
  strata = new Strata(path.join(root, 'profile'));
  for (const name of ['S', 'T']) await strata.ok('storage', 'create', path.join(root, name), '--name', name);
});
const schedule = (...words: string[]) => strata.ok('storage', 'schedule', ...words);
const listed = async (...words: string[]): Promise<Upkeep[]> => (await schedule(...words, '--json')).json<Upkeep[]>();
const refused = async (...words: string[]) => {
  const { code, err } = await strata.run(['storage', 'schedule', ...words]);
  return { code, says: /\[([a-z.-]+)\]/.exec(err)?.[1] };
};
const sunday = { days: { every: 'week', weekdays: [7] }, minutes: [180] };

it('a storage is given times of its own, shows them with what comes next, and is as usual again', {
  timeout: 120_000,
}, async () => {
  expect(await listed()).toEqual([]);
  await schedule('S', 'check', '--at', 'Sun 03:00', '--data', '10%', '--zone', 'Europe/Vienna');
  await schedule('S', 'purge', '--cron', '0 4 1 * *');
  await schedule('T', 'check', '--at', 'daily 05:00');

  const [check] = (await listed('S')).filter(({ kind }) => kind === 'check');
  expect(check).toMatchObject({
    storageName: 'S',
    times: { schedule: { mode: 'times', rules: [sunday] }, zone: 'Europe/Vienna', depth: 'part', percent: 10 },
    lastRun: null,
  });
  expect(new Date(check?.nextMs ?? 0).toLocaleTimeString('en', { timeZone: 'Europe/Vienna', weekday: 'short' })).toMatch(
    /^Sun 3:00:00/u,
  );
  const { out } = await schedule();
  expect(out).toMatch(/^S +check 10% .* times Sun 03:00/mu);
  expect(out).toMatch(/^S +purge .* cron 0 4 1 \* \*/mu);
  expect(out).toMatch(/^T +check quick .* times daily 05:00/mu);
  const nexts = (await listed()).map(({ nextMs }) => nextMs ?? 0);
  expect(nexts).toEqual(nexts.toSorted((one, other) => one - other));

  // What is not said stays as it was.
  await schedule('S', 'check', '--data', 'all');
  expect((await listed('S')).find(({ kind }) => kind === 'check')?.times).toMatchObject({
    ...{ schedule: { mode: 'times', rules: [sunday] }, zone: 'Europe/Vienna', depth: 'all' },
  });

  await schedule('S', 'check', '--usual');
  expect((await listed()).map(({ storageName, kind }) => `${storageName} ${kind}`).toSorted()).toEqual(['S purge', 'T check']);
});

it('times that say nothing, never come or contradict themselves are refused, and nothing changes', {
  timeout: 180_000,
}, async () => {
  await schedule('S', 'check', '--at', 'Sun 03:00');
  const before = await listed();
  const usage = { code: 2, says: 'usage.invalid' };
  expect(await refused('S', 'purge')).toEqual(usage);
  expect(await refused('S', 'check', '--at', 'Funday 03:00')).toEqual(usage);
  expect(await refused('S', 'check', '--at', 'Sun 25:00')).toEqual(usage);
  expect(await refused('S', 'check', '--data', '0%')).toEqual(usage);
  expect(await refused('S', 'scrub', '--at', 'Sun 03:00')).toEqual(usage);
  expect(await refused('S', 'check', '--usual', '--at', 'Sun 04:00')).toEqual(usage);
  // Without what it is about, nothing could be set; listing would look as if it had been.
  expect(await refused('S', '--at', 'Sun 04:00')).toEqual(usage);
  expect(await refused('S', 'check', '--zone', 'Europe/Atlantis')).toEqual({ code: 2, says: 'input.invalid' });
  expect(await refused('S', 'check', '--cron', '0 3 * *')).toMatchObject({ says: 'schedule.cron-invalid' });
  expect(await refused('S', 'check', '--cron', '0 3 31 2 *')).toMatchObject({ says: 'schedule.cron-invalid' });
  // It receives from nowhere.
  expect(await refused('S', 'mirror', '--at', 'Sun 03:00')).toMatchObject({ says: 'name.unknown' });
  expect(await refused('U', 'check', '--at', 'Sun 03:00')).toMatchObject({ says: 'name.unknown' });
  expect((await listed()).map(({ kind, times }) => ({ kind, times }))).toEqual(
    before.map(({ kind, times }) => ({ kind, times })),
  );
});

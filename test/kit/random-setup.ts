import { alertEvents } from '../../src/shared/domain/alert.ts';
import { everything } from '../../src/shared/domain/choice.ts';
import { jobColors, priorities } from '../../src/shared/domain/job-marks.ts';
import { keepNothing, type Retention } from '../../src/shared/domain/retention.ts';
import { type Schedule, usualTiming } from '../../src/shared/domain/schedule.ts';
import type { Setup, SetupJob } from '../../src/shared/domain/setup.ts';
import { defaultStorageSettings } from '../../src/shared/domain/storage-settings.ts';
import { seededRandom } from './seeded-random.ts';

/** Names that a parser may stumble over. */
const oddNames = [
  'yes',
  'Null',
  '1e3',
  '# no comment',
  'a: b',
  '- list',
  'Über ☃ “x”',
  "it's",
  '0x1F',
  '2026-11-29',
  '*star',
  '&and',
  '{',
  '!tag',
];

/** A setup as a person could have made it, the same for the same seed; its storages lie in the folder. */
export function randomSetup(seed: number, folder: string, storages = 2): Setup {
  const { below } = seededRandom(seed);
  const pick = <Value>(values: readonly Value[]): Value => values[below(values.length)] ?? (values[0] as Value);
  const maybe = <Value>(value: Value): Value | null => (below(2) === 0 ? value : null);
  const named = (kind: string, index: number): string =>
    below(3) === 0 ? `${pick(oddNames)} ${kind} ${index}` : `${kind} ${index}`;
  const places = Array.from({ length: storages }, (_, index) => ({
    name: named('storage', index),
    place: `${folder}/storage ${index}`,
    settings: {
      ...defaultStorageSettings,
      graceDays: 7 + below(90),
      automatic: below(2) === 0,
      defaultRetention: maybe(retention()),
    },
  }));
  const sources = Array.from({ length: 1 + below(5) }, (_, index) => ({
    name: named('source', index),
    settings: {
      kind: 'files' as const,
      paths: [`${folder}/${pick(oddNames)}`],
      exclude: below(2) === 0 ? [] : [pick(oddNames)],
      excludeIfPresent: [],
      oneFileSystem: below(2) === 0,
    },
  }));
  const mail = {
    name: named('mail', 0),
    settings: {
      kind: 'imap' as const,
      ...{
        host: 'imap.nord.example',
        port: 993,
        tls: 'implicit' as const,
        user: pick(oddNames),
        certificateSha256: null,
        exclude: [],
      },
      ...(below(2) === 0 ? {} : { limits: { requestsPerSecond: 1 + below(9), bytesPerSecond: null } }),
    },
  };
  const desktop = {
    name: 'desktop',
    settings: { kind: 'desktop' as const },
    isOn: true,
    events: [],
    least: 'warning' as const,
    daily: false,
  };
  const post = {
    name: named('channel', 0),
    settings: {
      kind: 'email' as const,
      ...{
        host: 'smtp.nord.example',
        port: 465,
        tls: 'implicit' as const,
        user: null,
        from: 'a@nord.example',
        to: ['b@nord.example'],
      },
    },
    ...{
      isOn: below(2) === 0,
      events: alertEvents.filter(() => below(2) === 0),
      least: pick(['warning', 'error'] as const),
      daily: below(2) === 0,
    },
  };
  const all = [...sources, mail];
  return {
    strata: 1,
    storages: places,
    sources: all,
    channels: [desktop, post],
    jobs: Array.from({ length: below(8) }, (_, index) => job(index)),
  };

  function job(index: number): SetupJob {
    const mine = all.filter(() => below(2) === 0);
    const taken = mine.length === 0 ? [mail] : mine;
    const storage = pick(places).name;
    return {
      name: named('job', index),
      group: maybe(pick(['Home', 'no', '12'])),
      color: maybe(pick(jobColors)),
      priority: pick(priorities),
      sources: taken.map(({ name }) => name),
      storage,
      alsoTo: places.flatMap(({ name }) => (name === storage || below(2) === 0 ? [] : [name])),
      schedule: schedule(),
      timing: {
        ...usualTiming,
        retries: below(33),
        networks: below(2) === 0 ? [] : [pick(oddNames)],
        windows: maybe([{ from: 0, to: 10_080, paint: 'slow' as const }]),
      },
      zone: pick(['Europe/Vienna', 'UTC']),
      scan: pick(['on', 'paused', 'off'] as const),
      capture: pick(['on', 'paused', 'off'] as const),
      choices: taken
        .filter(() => below(2) === 0)
        .map(({ name }) => ({ source: name, choice: { ...everything, exclude: [pick(oddNames)], priority: 1 + below(9) } })),
      retention: maybe(retention()),
      alerts: below(2) === 0 ? {} : { [post.name]: ['failure'] },
    };
  }

  function schedule(): Schedule {
    return pick<Schedule>([
      { mode: 'manual' },
      { mode: 'continuous', idleMs: 1000 + below(1e9) },
      { mode: 'cron', expression: '30 2 * * 1-5' },
      { mode: 'times', rules: [{ days: { every: 'week', weekdays: [1 + below(7)] }, minutes: [below(1440)] }] },
      { mode: 'times', rules: [{ days: { every: 'count', count: 1 + below(9), from: '2026-01-01' }, minutes: [0, 720] }] },
    ]);
  }

  function retention(): Retention {
    return {
      rules: {
        keep: { ...keepNothing, daily: below(9) },
        deletedDays: below(99),
        goneSourceDays: below(99),
        maxAgeDays: maybe(1 + below(999)),
        maxVersions: null,
      },
      byKind:
        below(2) === 0
          ? {}
          : {
              message: { deletedDays: 0, maxAgeDays: null, maxVersions: 5 },
              contact: { deletedDays: 9, maxAgeDays: null, maxVersions: null },
            },
    };
  }
}

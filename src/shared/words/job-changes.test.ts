import { describe, expect, it } from 'vitest';
import { everything } from '../domain/choice.ts';
import type { SourceId } from '../domain/ids.ts';
import { usualTiming } from '../domain/schedule.ts';
import { type JobFacts, sayJobChanges } from './job-changes.ts';
import { jobChangesDe } from './job-changes.de.ts';
import { jobChangesEn } from './job-changes.en.ts';

const mail = { id: 'm' as SourceId, name: 'Mail' };
const files = { id: 'f' as SourceId, name: 'Files' };
const job: JobFacts = {
  name: 'J',
  sources: [mail, files],
  storageName: 'NAS',
  furtherNames: ['Second'],
  schedule: { mode: 'continuous', idleMs: 3_600_000 },
  timing: usualTiming,
  scan: 'on',
  capture: 'off',
  choices: [],
  retention: null,
  zone: 'Europe/Vienna',
  group: null,
  color: null,
  priority: 'normal',
};
const formats = { time: String, bytes: String };
const said = (change: Partial<JobFacts>, language: 'en' | 'de' = 'en') =>
  sayJobChanges(job, { ...job, ...change }, language, formats);
const texts = (change: Partial<JobFacts>): string[] => said(change).map(({ text }) => text);

describe('what changes of a job', () => {
  it('is nothing where nothing does', () => expect(said({})).toEqual([]));

  it('says of each what was and what becomes', () => {
    expect(
      texts({ name: 'K', storageName: 'Disk', group: 'Home', color: 'plum', priority: 'high', capture: 'on', zone: 'UTC' }),
    ).toEqual([
      'Name: J → K',
      'Storage: NAS → Disk',
      'Capture: off → on',
      'Time zone: Europe/Vienna → UTC',
      'Group: none → Home',
      'Colour: none → plum',
      'Priority: normal → high',
    ]);
    expect(texts({ schedule: { mode: 'cron', expression: '0 2 * * *' } })).toEqual([
      'Begins: 60 minutes after each end → by “0 2 * * *”',
    ]);
  });

  it('leaves no part of a choice unsaid', () => {
    const choices = (part: object) => [{ source: files.id, choice: { ...everything, ...part } }];
    expect(texts({ choices: choices({ priority: 7 }) })).toEqual(['Place of Files in the order: 1 → 7']);
    expect(texts({ choices: choices({ leftOut: 'let-go', maxBytes: 9 }) }).join()).toContain('Takes of Files: ');
  });

  it('leaves no part of the timing unsaid', () => {
    for (const part of Object.keys(usualTiming) as (keyof typeof usualTiming)[]) {
      const other =
        { windows: [], windowEnd: 'cycle', onMetered: false, networks: ['Home'], missed: 'ask' }[part as string] ?? 77;
      expect([part, said({ timing: { ...usualTiming, [part]: other } }).length]).toEqual([part, 1]);
    }
  });

  it.each<[string, Partial<JobFacts>, RegExp]>([
    ['a source that is taken out', { sources: [mail] }, /^NOT SAVED ANY MORE: Files\./],
    [
      'rules that keep less',
      {
        retention: {
          rules: {
            keep: { last: 1, hourly: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0, withinDays: 0 },
            deletedDays: 1,
            goneSourceDays: 0,
            maxAgeDays: null,
            maxVersions: null,
          },
          byKind: {},
        },
      },
      /^KEEPS LESS/,
    ],
    ['a further storage that is left out', { furtherNames: [] }, /^NO LONGER SAVED TO Second\./],
    ['scan and capture both off', { scan: 'paused' }, /^NOTHING WILL BE BACKED UP BY ITSELF/],
    ['no schedule any more', { schedule: { mode: 'manual' } }, /^RUNS ONLY WHEN ASKED TO/],
    [
      'a choice',
      { choices: [{ source: files.id, choice: { ...everything, exclude: ['*.iso'] } }] },
      /^TAKES LESS of Files.* stays/,
    ],
    [
      'a choice that lets go',
      { choices: [{ source: files.id, choice: { ...everything, exclude: ['*.iso'], leftOut: 'let-go' } }] },
      /^TAKES LESS of Files.* goes/,
    ],
  ])('begins loudly with what loses protection: %s', (_, change, loud) => {
    const [first, ...rest] = said(change);
    expect(first).toMatchObject({ isLoss: true, text: expect.stringMatching(loud) as string });
    expect(rest.length).toBeGreaterThan(0);
    expect(rest.every(({ isLoss }) => !isLoss)).toBe(true);
  });

  it('is said in German too, with the same facts', () => {
    expect(said({ name: 'K' }, 'de').map(({ text }) => text)).toEqual(['Name: J → K']);
    const factsOf = (text: string): string[] => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).toSorted();
    for (const [word, text] of Object.entries(jobChangesEn))
      expect([word, factsOf(jobChangesDe[word as keyof typeof jobChangesEn])]).toEqual([word, factsOf(text)]);
  });
});

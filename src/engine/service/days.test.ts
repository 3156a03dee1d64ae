import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { JobId, RunId } from '../../shared/domain/ids.ts';
import { noCounts, type Run, runStatuses } from '../../shared/domain/run.ts';
import { openProfileStore } from '../catalog/index.ts';
import { NodeFileSystem } from '../kernel/node-file-system.ts';
import { type DayMark, dayMarks, dayOf } from './days.ts';

const zone = process.env['TZ'];
afterAll(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const severity: readonly DayMark['state'][] = ['nothing', 'success', 'stopped', 'warning', 'failed'];
/** Run by run, as it was done before there was an index. */
function readThrough(runs: readonly Run[], days: number, nowMs: number): DayMark[] {
  const marks = new Map<number, DayMark>();
  for (let back = days - 1; back >= 0; back -= 1) {
    const day = new Date(nowMs);
    day.setHours(0, 0, 0, 0);
    day.setDate(day.getDate() - back);
    marks.set(day.getTime(), { dayMs: day.getTime(), state: 'nothing', changes: 0 });
  }
  for (const { startedAtMs, status, counts } of runs) {
    const mark = marks.get(dayOf(startedAtMs));
    if (mark === undefined || status === 'running') continue;
    const state = status === 'paused' || status === 'interrupted' ? 'stopped' : status;
    mark.changes += counts.new + counts.changed + counts.metadataOnly + counts.moved + counts.vanished;
    if (severity.indexOf(state) > severity.indexOf(mark.state)) mark.state = state;
  }
  return [...marks.values()];
}

const hourMs = 3_600_000;
const jobs = ['one', 'two'] as JobId[];
/** Up to fourteen months back and a week ahead, as after a clock that was set; at whole hours often, since days begin and clocks change then. */
const aRun = fc.record({
  back: fc.oneof(
    fc.integer({ min: -7 * 24, max: 420 * 24 }).map((hours) => hours * hourMs),
    fc.integer({ min: -7 * 24 * hourMs, max: 420 * 24 * hourMs }),
  ),
  status: fc.constantFrom(...runStatuses),
  kind: fc.constantFrom('backup', 'backup', 'check'),
  job: fc.constantFrom(...jobs),
  counts: fc.record({ new: fc.nat(9), changed: fc.nat(9), metadataOnly: fc.nat(9), moved: fc.nat(9), vanished: fc.nat(9) }),
});

describe('a strip of days', () => {
  // Havana and the Azores live through one midnight twice, Cairo has days that begin at one.
  it.each(['Europe/Berlin', 'America/Havana', 'Atlantic/Azores', 'Africa/Cairo', 'Australia/Lord_Howe', 'Pacific/Kiritimati'])(
    'says the same as every run read through, by the calendar of %s',
    (name) => {
      process.env['TZ'] = name;
      expect(new Intl.DateTimeFormat('en').resolvedOptions().timeZone).toBe(name);
      const property = fc.property(
        fc.array(aRun, { maxLength: 60 }),
        fc.integer({ min: Date.UTC(2026, 0, 1) / hourMs, max: Date.UTC(2027, 0, 1) / hourMs }),
        (made, hour) => {
          const nowMs = hour * hourMs;
          const store = openProfileStore({ path: path.join(temporaryFolder(), 'state.sqlite'), files: new NodeFileSystem() });
          try {
            const runs = made.map(({ back, counts, ...run }, index) => {
              const id = `run ${index}` as RunId;
              return {
                ...run,
                id,
                storage: null,
                startedAtMs: nowMs - back,
                counts: { ...noCounts, ...counts },
              } as unknown as Run;
            });
            // As the engine does: at the beginning, and again with what came of it.
            for (const run of runs) store.putRun({ ...run, status: 'running', counts: noCounts });
            for (const run of runs) store.putRun(run);
            const backups = runs.filter(({ kind }) => kind === 'backup');
            expect(dayMarks({ store }, null, 371, nowMs)).toEqual(readThrough(backups, 371, nowMs));
            for (const job of jobs) {
              const own = backups.filter((run) => run.job === job);
              expect(dayMarks({ store }, job, 30, nowMs)).toEqual(readThrough(own, 30, nowMs));
            }
          } finally {
            store.close();
          }
        },
      );
      fc.assert(property, { numRuns: 25, endOnFailure: true });
    },
  );
});

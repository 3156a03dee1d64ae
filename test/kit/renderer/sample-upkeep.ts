import type { CallOutput, Handlers } from '../../../src/shared/contract/calls.ts';
import type { upkeepCalls } from '../../../src/shared/contract/upkeep.ts';
import { at, hour, ids, nowMs } from './sample-base.ts';
import { runs } from './sample-runs.ts';

type Upkeep = CallOutput<'upkeep.list'>[number];

/** A part is read on Sundays: last week the computer was off then. */
const sundays: Upkeep = {
  storage: ids.nas,
  storageName: 'NAS',
  kind: 'check',
  times: {
    schedule: { mode: 'times', rules: [{ days: { every: 'week', weekdays: [7] }, minutes: [180] }] },
    zone: null,
    depth: 'part',
    percent: 10,
  },
  due: { kind: 'wait', because: 'time', untilMs: at(-1, 3) },
  nextMs: at(-1, 3),
  lastRun: runs.find(({ id }) => id === ids.check) ?? null,
  missed: { atMs: at(6, 3), madeUpAtMs: at(6, 9, 12) },
};

/** Of what is set it says that it comes in an hour. */
export function createUpkeepHandlers(rich: boolean): Pick<Handlers, keyof typeof upkeepCalls> {
  let all: readonly Upkeep[] = rich ? [sundays] : [];
  return {
    'upkeep.list': async ({ storage }) => all.filter((one) => storage === null || one.storage === storage),
    'upkeep.set': async ({ storage, kind, times }) => {
      all = all.filter((one) => one.storage !== storage || one.kind !== kind);
      const nextMs = nowMs + hour;
      const due = { kind: 'wait', because: 'time', untilMs: nextMs } as const;
      const made = { storage, storageName: 'NAS', kind, due, nextMs, lastRun: null, missed: null };
      if (times !== null) all = [...all, { ...made, times }];
      return {};
    },
  };
}

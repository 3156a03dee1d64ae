import { upkeepDepths, upkeepKinds } from '../domain/upkeep.ts';
import { clockSchedule, due } from './schedule.ts';
import { name, storageId, timeMs } from './values.ts';
import { run } from './runs.ts';
import { z } from './z.ts';

/** By the rule of jobs' times; what was missed is made up for once. */
const times = z.object({
  schedule: clockSchedule,
  /** Whose clock counts; null: this computer's. */
  zone: z.string().min(1).max(64).nullable(),
  /** Of a check. */
  depth: z.enum(upkeepDepths),
  percent: z.number().positive().max(100),
});

/** Checks, trial restores, purges and mirrors at times of their own. */
export const upkeepCalls = {
  /** What comes next first. What has no times of its own comes as usual and is not listed. */
  'upkeep.list': {
    input: z.object({ storage: storageId.nullable() }),
    output: z
      .array(
        z.object({
          storage: storageId,
          storageName: name,
          kind: z.enum(upkeepKinds),
          times,
          due,
          nextMs: timeMs.nullable(),
          lastRun: run.nullable(),
          /** The newest time at which it could not begin; `madeUpAtMs` null: it is still owed. */
          missed: z.object({ atMs: timeMs, madeUpAtMs: timeMs.nullable() }).nullable(),
        }),
      )
      .readonly(),
  },
  /** Null: as usual. */
  'upkeep.set': {
    input: z.object({ storage: storageId, kind: z.enum(upkeepKinds), times: times.nullable() }),
    output: z.object({}),
  },
} as const;

import { actKinds, actOrigins, actOutcomes } from '../domain/act.ts';
import { actId, count, runId, storageId, timeMs } from './values.ts';
import { z } from './z.ts';

const recordedAct = z.object({
  id: actId,
  atMs: timeMs,
  kind: z.enum(actKinds),
  origin: z.enum(actOrigins),
  user: z.string(),
  storage: storageId.nullable(),
  storageName: z.string().nullable(),
  sourceNames: z.array(z.string()).readonly(),
  jobName: z.string().nullable(),
  name: z.string().nullable(),
  to: z.string().nullable(),
  settings: z.array(z.string()).readonly(),
  items: count,
  itemNames: z.array(z.string()).readonly().nullable(),
  run: runId.nullable(),
  outcome: z.enum(actOutcomes).nullable(),
  endedAtMs: timeMs.nullable(),
  code: z.string().nullable(),
});

export const recordCalls = {
  /** Who did what with what is stored, newest first. Nothing changes or removes a line; `recordDays` of the preferences says how far it goes back. */
  'record.list': {
    input: z.object({
      sinceMs: timeMs.nullable(),
      untilMs: timeMs.nullable(),
      /** None: all. */
      kinds: z.array(z.enum(actKinds)).max(100).readonly(),
      storage: storageId.nullable(),
      /** Words that stand in names, paths, settings, or the user. Names of a locked storage's items are not found. */
      text: z.string().max(500),
      /** How whoever asks calls settings, by their names here: found by either. */
      settingNames: z.record(z.string().max(100), z.string().max(200)).readonly(),
      /** Older than this line. */
      before: actId.nullable(),
      limit: z.number().int().min(1).max(10_000),
    }),
    output: z.object({ rows: z.array(recordedAct), more: z.boolean() }),
  },
} as const;

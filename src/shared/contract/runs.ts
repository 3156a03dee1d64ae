import { rehearsalOutcomes } from '../domain/rehearsal.ts';
import { runReasons } from '../domain/run-cause.ts';
import { stepKinds, stepStates } from '../domain/run-step.ts';
import { checkLevels, runKinds, runPhases, runStatuses, runTriggers } from '../domain/run.ts';
import { z } from './z.ts';
import { count, failure, freezeReason, itemId, jobId, removalReason, runId, sourceId, storageId, timeMs } from './values.ts';

// What runs are, and what they report.

export const runCounts = z.object({
  seen: count,
  new: count,
  changed: count,
  metadataOnly: count,
  moved: count,
  unchanged: count,
  vanished: count,
  failed: count,
});
export const problem = z.object({ failure, source: z.string(), folder: z.string(), item: z.string(), atMs: timeMs });
export const runProgress = z.object({
  phase: z.enum(runPhases),
  itemsTotal: count.nullable(),
  itemsDone: count,
  bytesTotal: count.nullable(),
  bytesDone: count,
  bytesStored: count,
  current: z.string(),
  waits: z
    .array(z.object({ host: z.string(), untilMs: timeMs }))
    .readonly()
    .optional(),
  counts: runCounts,
  problems: count,
});
export const restoreEntry = z.object({
  name: z.string(),
  folder: z.string(),
  sizeBytes: count,
  timeMs: timeMs.nullable(),
  outcome: z.enum(['create', 'replace', 'skip', 'fail']),
  isConflict: z.boolean().optional(),
});
const emptiedReport = z.object({
  name: z.string(),
  folders: count,
  removed: count,
  bytes: count,
  same: count,
  stayed: count,
  entries: z.array(restoreEntry.pick({ name: true, folder: true, sizeBytes: true, timeMs: true })).readonly(),
});
const placeRoom = z.object({
  place: z.string(),
  bytes: count,
  freeBytes: count.nullable(),
  largestBytes: count.nullable(),
  tooLarge: count,
});
export const restoreReport = z.object({
  dryRun: z.boolean(),
  created: count,
  replaced: count,
  skipped: count,
  failed: z.array(problem).readonly(),
  failedItems: z.array(itemId).readonly().optional(),
  failedSources: z.array(sourceId).readonly().optional(),
  verified: count,
  bytes: count,
  unkept: count.optional(),
  conflicts: count.optional(),
  places: z.array(placeRoom).readonly().optional(),
  readBack: z.object({ equal: count, rewritten: count, changed: count, missing: count }).optional(),
  emptied: emptiedReport.optional(),
  entries: z.array(restoreEntry).readonly(),
});
export const undoReport = z.object({
  dryRun: z.boolean(),
  of: runId,
  removed: count,
  putBack: count,
  gone: count,
  stayed: count,
  folders: count,
});
export const checkReport = z.object({
  level: z.enum(checkLevels),
  percent: z.number().nullable(),
  packs: count,
  packsRead: count,
  records: count,
  chunks: count,
  commits: count,
  bytesRead: count,
  orphans: count,
  leftovers: count,
  findings: z.array(z.object({ failure, file: z.string(), items: z.array(z.string()).readonly() })).readonly(),
  flickers: z.array(z.object({ failure, file: z.string() })).readonly(),
  restored: count,
});
const frozenSource = z.object({ source: sourceId, name: z.string(), reason: freezeReason });
export const retentionReport = z.object({
  momentsForgotten: count,
  momentsKept: count,
  items: count,
  versions: count,
  bytes: count,
  reasons: z.record(removalReason, count),
  frozen: z.array(frozenSource).readonly(),
});
export const purgeReport = z.object({
  dryRun: z.boolean(),
  retention: retentionReport.nullable(),
  trashedPacks: count,
  trashedBytes: count,
  rewrittenBytes: count,
  deletedPacks: count,
  deletedBytes: count,
  waitingPacks: count,
  waitingBytes: count,
  spared: z
    .object({
      sources: z.array(frozenSource.extend({ versions: count, bytes: count })).readonly(),
      trashPacks: count,
      trashBytes: count,
    })
    .optional(),
});
const rehearsedSource = z.object({
  source: sourceId,
  name: z.string(),
  outcome: z.enum(rehearsalOutcomes),
  items: count,
  bytes: count,
  unequal: count,
  notSet: count,
  tooLarge: count,
  oldestMs: timeMs.nullable(),
  newestMs: timeMs.nullable(),
  milliseconds: count,
  wholeMs: count.optional(),
});
/** The newest trial restore of a source that came to its end. */
export const rehearsalMark = rehearsedSource.extend({ atMs: timeMs, run: runId, seed: count });
export const repairReport = z.object({
  dryRun: z.boolean(),
  copiesMended: count,
  waysLost: count,
  packsAside: count,
  packsMissing: count,
  packsFound: count,
  chunksSaved: count,
  chunksFromMirror: count,
  chunksLost: count,
  manifestsRemembered: count,
  manifestsLost: count,
  aside: z.string().nullable(),
  mirrors: z.array(z.object({ name: z.string(), reached: z.boolean() })).readonly(),
  itemsLost: count,
  versionsLost: count,
  lost: z.array(z.object({ item: z.string(), version: count, fromMs: timeMs, toMs: timeMs.nullable() })).readonly(),
});
export const rehearsalReport = z.object({
  seed: count,
  itemsWanted: count,
  sources: z.array(rehearsedSource).readonly(),
});
export const step = z.object({
  kind: z.enum(stepKinds),
  /** Of a mirror, a channel or an action: which one. */
  name: z.string(),
  state: z.enum(stepStates),
  /** When it ended; of what waits, when it goes on. */
  atMs: timeMs.nullable(),
  run: runId.nullable(),
  storage: storageId.nullable(),
  failure: failure.nullable(),
});
/** `sources` null, `storages` absent: all of the job's. `readsAgain`: what seems unchanged is read again, and held against what is stored. */
export const runWish = z.object({
  sources: z.array(sourceId).min(1).readonly().nullable(),
  storages: z.array(storageId).min(1).readonly().optional(),
  readsAgain: z.boolean(),
});

export const run = z.object({
  id: runId,
  kind: z.enum(runKinds),
  job: jobId.nullable(),
  jobName: z.string().nullable(),
  storage: storageId.nullable(),
  storageName: z.string().nullable(),
  trigger: z.enum(runTriggers),
  /** Why it began; null where nobody wrote it down. `forMs`: the time by the schedule. `of` null: tried without end. */
  cause: z
    .object({
      reason: z.enum(runReasons),
      forMs: timeMs.nullable(),
      retry: z.object({ nth: count, of: count.nullable() }).nullable(),
      wish: runWish.optional(),
    })
    .nullable(),
  status: z.enum(runStatuses),
  startedAtMs: timeMs,
  endedAtMs: timeMs.nullable(),
  phases: z.array(z.object({ phase: z.enum(runPhases), startedAtMs: timeMs, endedAtMs: timeMs.nullable() })).readonly(),
  counts: runCounts,
  bytes: z.object({ read: count, stored: count }),
  problems: z.array(problem).readonly(),
  steps: z.array(step).readonly(),
  failure: failure.nullable(),
  restore: restoreReport.nullable(),
  undo: undoReport.nullable().optional(),
  check: checkReport.nullable(),
  retention: retentionReport.nullable(),
  purge: purgeReport.nullable(),
  repair: repairReport.nullable(),
  rehearsal: rehearsalReport.nullable().optional(),
});

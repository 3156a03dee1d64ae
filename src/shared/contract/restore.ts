import { restoreParts } from '../domain/restore-parts.ts';
import { conflictRules } from '../domain/run.ts';
import { count, itemId, path, runId, sourceId, storageId, timeMs } from './values.ts';
import { z } from './z.ts';

export const selection = z.object({
  /** A folder stands for all that is below it. Nothing at all means: everything in the storage. */
  items: z.array(itemId).max(100_000),
  sources: z.array(sourceId).max(1000),
  recursive: z.boolean(),
});

export const asOf = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('now') }),
  z.object({ kind: z.literal('time'), atMs: timeMs }),
  z.object({ kind: z.literal('run'), run: runId }),
  /** For a single item. */
  z.object({ kind: z.literal('version'), version: count }),
  /** What vanished between two times and is still gone, as it was before. */
  z.object({ kind: z.literal('vanished'), fromMs: timeMs, toMs: timeMs }),
]);

export const restoreTarget = z.discriminatedUnion('kind', [
  /** Where it came from: the same directories, the same account. */
  z.object({ kind: z.literal('original') }),
  z.object({ kind: z.literal('directory'), path }),
  /** A tree of .eml files. */
  z.object({ kind: z.literal('eml'), path }),
  z.object({ kind: z.literal('mbox'), path }),
  /** Plain files of every kind, and a page that finds and shows them in any browser. */
  z.object({ kind: z.literal('pocket'), path }),
  /** Another source that can be written to; null: its folders as they were. */
  z.object({ kind: z.literal('source'), source: sourceId, folder: z.string().max(4096).nullable() }),
  /** Each source to another: every one that is restored has its match. */
  z.object({
    kind: z.literal('matched'),
    matches: z
      .array(z.object({ from: sourceId, to: sourceId, folder: z.string().max(4096).nullable() }))
      .min(1)
      .max(1000),
  }),
]);

export const restoreRequest = z.object({
  storage: storageId,
  selection,
  asOf,
  target: restoreTarget,
  /** Everything goes below this folder of the target. */
  restoreRoot: z.string().max(4096).nullable(),
  conflict: z.enum(conflictRules),
  /** With `empty-first`, not in a dry run: the name of what is emptied, as a person typed it. */
  confirm: z.string().max(4096).optional(),
  /** A keyword that every message gets. */
  tag: z
    .string()
    .regex(/^[^\s\\(){%*"\]]{1,64}$/)
    .nullable(),
  /** What is left out. Absent: nothing. */
  without: z.array(z.enum(restoreParts)).readonly().optional(),
  dryRun: z.boolean(),
  /** Afterwards reads back what was written, and holds it against the storage. */
  verify: z.boolean().optional(),
});

export const restoreCalls = {
  /** Counts without touching the target: for the wizard's first steps. */
  'restore.measure': {
    input: z.object({ storage: storageId, selection, asOf }),
    output: z.object({
      items: count,
      bytes: count,
      /** There was far more before: the last moment at which there was, and how much. */
      before: z.object({ atMs: timeMs, items: count }).nullable(),
    }),
  },
  /** Starts a run; its report is in `run.show`. With `dryRun` nothing is written anywhere. */
  'restore.start': { input: restoreRequest, output: z.object({ run: runId }) },
  /** Where a restore wrote to, by what this profile wrote down of it; the sources that it was limited to. */
  'restore.asked': {
    input: z.object({ run: runId }),
    output: z.object({ target: restoreTarget, sources: z.array(sourceId).readonly() }),
  },
  /** Starts a run that tries again what failed; all of it, where the restore did not get to its end. */
  'restore.retry': { input: z.object({ run: runId }), output: z.object({ run: runId }) },
  /** Takes back what a restore did, as far as it is unchanged since. With `dryRun` it only says what would go, and what would stay. */
  'restore.undo': { input: z.object({ run: runId, dryRun: z.boolean() }), output: z.object({ run: runId }) },
} as const;

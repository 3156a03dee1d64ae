import { failure, run, runId, storageId, timeMs } from './values.ts';
import { z } from './z.ts';

const mirror = z.object({
  /** The storage that receives. */
  id: storageId,
  name: z.string(),
  origin: storageId,
  originName: z.string(),
  /** It runs after each cycle on the origin. */
  enabled: z.boolean(),
  running: runId.nullable(),
  lastRun: run.nullable(),
  /** What only the origin has; null while one of the two cannot be looked at, and `failure` says why. */
  lacks: z.object({ moments: z.number().int().min(0), sinceMs: timeMs.nullable() }).nullable(),
  failure: failure.nullable(),
});

export const mirrorCalls = {
  /**
   * Fails with what is against it: `mirror.inside`, `mirror.not-empty`, `mirror.origin-differs`. `same-disk`: it works, and does not
   * help against a dead disk. With `adds` false it only says.
   */
  'mirror.add': {
    input: z.object({ origin: storageId, mirror: storageId, adds: z.boolean() }),
    output: z.object({ warnings: z.array(z.enum(['same-disk'])).readonly() }),
  },
  /** Of one storage, or of all. */
  'mirror.list': { input: z.object({ origin: storageId.nullable() }), output: z.array(mirror).readonly() },
  'mirror.run': { input: z.object({ mirror: storageId }), output: z.object({ run: runId }) },
  'mirror.setEnabled': { input: z.object({ mirror: storageId, enabled: z.boolean() }), output: z.object({}) },
  /** What it holds stays, and is a storage like any other. */
  'mirror.remove': { input: z.object({ mirror: storageId }), output: z.object({}) },
} as const;

import { choosableKinds } from '../domain/choice.ts';
import { retention } from './retention.ts';
import { count, failure, path, runId, sourceId, storageId, timeMs } from './values.ts';
import { run } from './runs.ts';
import { z } from './z.ts';

/** What an archive takes. Null: all, also what is to come; of kinds, folders and an account's own settings are always taken. */
const archive = z.object({
  sources: z.array(sourceId).min(1).readonly().nullable(),
  kinds: z.array(z.enum(choosableKinds)).min(1).readonly().nullable(),
});

const mirror = z.object({
  /** The storage that receives. */
  id: storageId,
  name: z.string(),
  path,
  origin: storageId,
  originName: z.string(),
  /** It runs after each cycle on the origin, or, of an archive, at its own times. */
  enabled: z.boolean(),
  /** What goes from it, by rules of its own over the moments of every job; null: nothing. */
  retention: retention.nullable(),
  zone: z.string(),
  /** A person says that it is kept where a fire or a thief does not get both. */
  isElsewhere: z.boolean(),
  /** Null: it is a mirror. */
  archive: archive.nullable(),
  isSameDisk: z.boolean(),
  running: runId.nullable(),
  lastRun: run.nullable(),
  /** When it last had everything. */
  caughtUpAtMs: timeMs.nullable(),
  /** What only the origin has; null while one of the two cannot be looked at, and `failure` says why. */
  lacks: z.object({ moments: z.number().int().min(0), sinceMs: timeMs.nullable() }).nullable(),
  failure: failure.nullable(),
});

export const mirrorCalls = {
  /**
   * Fails with what is against it: `mirror.inside`, `mirror.not-empty`, `mirror.origin-differs`, `archive.other-choice`. `same-disk`: it works, and does not
   * help against a dead disk. With `adds` false it only says.
   */
  'mirror.add': {
    input: z.object({ origin: storageId, mirror: storageId, adds: z.boolean(), archive: archive.optional() }),
    output: z.object({ warnings: z.array(z.enum(['same-disk'])).readonly() }),
  },
  /** Of one storage, or of all. */
  'mirror.list': { input: z.object({ origin: storageId.nullable() }), output: z.array(mirror).readonly() },
  'mirror.run': { input: z.object({ mirror: storageId }), output: z.object({ run: runId }) },
  'mirror.change': {
    input: z.object({
      mirror: storageId,
      enabled: z.boolean().optional(),
      retention: retention.nullable().optional(),
      zone: z.string().max(64).optional(),
      isElsewhere: z.boolean().optional(),
    }),
    output: z.object({}),
  },
  /** Three copies, with the originals; two disks; one at another place. `missing`: what it takes. */
  'mirror.standing': {
    input: z.object({ origin: storageId }),
    output: z.object({
      copies: count,
      disks: count,
      elsewhere: count,
      missing: z.array(z.enum(['copy', 'disk', 'place'])).readonly(),
    }),
  },
  /** What it holds stays, and is a storage like any other. */
  'mirror.remove': { input: z.object({ mirror: storageId }), output: z.object({}) },
} as const;

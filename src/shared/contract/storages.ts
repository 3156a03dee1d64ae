import { checkReport, count, failure, jobId, name, path, runId, secret, storageId, timeMs } from './values.ts';
import { z } from './z.ts';

/** What is at a place where a storage is wanted. `blocked` says why nothing can be made there. */
const inspection = z.object({
  path: z.string(),
  state: z.enum(['missing', 'empty', 'storage', 'not-empty', 'blocked']),
  /** Each thing that was tried, in order, and whether it worked: list, write, sync, read back, rename, delete. */
  steps: z
    .array(z.object({ step: z.enum(['reach', 'list', 'write', 'sync', 'read-back', 'exclusive', 'delete']), ok: z.boolean() }))
    .readonly(),
  freeBytes: count.nullable(),
  totalBytes: count.nullable(),
  /** For `storage`: what its header says without a key. */
  storage: z.object({ id: storageId, name: z.string(), format: count }).nullable(),
  failure: failure.nullable(),
});

export const storageSummary = z.object({
  id: storageId,
  name: z.string(),
  path: z.string(),
  /** `locked`: known, but no password is at hand. `unavailable`: its place cannot be reached now. */
  state: z.enum(['open', 'locked', 'unavailable']),
  keyInKeychain: z.boolean(),
  recoveryKeyConfirmed: z.boolean(),
  createdAtMs: timeMs,
  freeBytes: count.nullable(),
  totalBytes: count.nullable(),
  storedBytes: count,
  /** Sum of the sizes of all items as of now, before deduplication and compression. */
  itemBytes: count,
  items: count,
  versions: count,
  moments: count,
  lastCommitAtMs: timeMs.nullable(),
  jobs: z.array(z.object({ id: jobId, name: z.string() })).readonly(),
  lastCheck: z.object({ atMs: timeMs, report: checkReport }).nullable(),
  failure: failure.nullable(),
});

const unlock = z.discriminatedUnion('by', [
  z.object({ by: z.literal('password'), password: secret }),
  z.object({ by: z.literal('recovery-key'), recoveryKey: secret }),
  z.object({ by: z.literal('keychain') }),
]);

export const storageCalls = {
  'storage.inspect': { input: z.object({ path }), output: inspection },
  'storage.create': {
    input: z.object({ name, path, password: secret, keepInKeychain: z.boolean() }),
    /** The only moment at which a recovery key leaves the engine. */
    output: z.object({ id: storageId, recoveryKey: z.string(), checkCharacters: z.string() }),
  },
  'storage.confirmRecoveryKey': { input: z.object({ id: storageId }), output: z.object({}) },
  'storage.attach': {
    input: z.object({ name: name.nullable(), path, unlock, keepInKeychain: z.boolean() }),
    output: z.object({ id: storageId }),
  },
  'storage.unlock': { input: z.object({ id: storageId, unlock, keepInKeychain: z.boolean() }), output: z.object({}) },
  'storage.list': { input: z.object({}), output: z.array(storageSummary).readonly() },
  'storage.show': { input: z.object({ id: storageId }), output: storageSummary },
  'storage.rename': { input: z.object({ id: storageId, name }), output: z.object({}) },
  /** Forgets the storage here. Its files stay as they are. */
  'storage.detach': { input: z.object({ id: storageId }), output: z.object({}) },
  'storage.check': {
    input: z.object({ id: storageId, level: z.enum(['quick', 'structure', 'all']) }),
    output: z.object({ run: runId }),
  },
  'storage.rebuildCatalog': { input: z.object({ id: storageId }), output: z.object({ run: runId }) },
} as const;

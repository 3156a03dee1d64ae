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
  /** Every way to unlock it; empty while it is locked. `label` may be empty; of a device it is the computer's name. */
  keys: z
    .array(
      z.object({
        slot: z.string(),
        kind: z.enum(['password', 'recovery', 'device']),
        label: z.string(),
        createdAtMs: timeMs,
        /** On this computer, as far as it knows. */
        lastUsedAtMs: timeMs.nullable(),
        isThisDevice: z.boolean(),
      }),
    )
    .readonly(),
  /** When somebody last typed a right password here: after about 90 days it is time to ask whether they still know it. */
  passwordTypedAtMs: timeMs.nullable(),
});

/** For changes of keys: an unlocked storage is not enough. */
const proof = z.discriminatedUnion('by', [
  z.object({ by: z.literal('password'), password: secret }),
  z.object({ by: z.literal('recovery-key'), recoveryKey: secret }),
]);
/** A new one goes straight on paper and is not kept by who asked. */
const recoverySheet = z.object({ recoveryKey: z.string(), checkCharacters: z.string() });
const slot = z.string().regex(/^[0-9a-z]{1,40}$/);
const keyLabel = name.max(32);

const unlock = z.discriminatedUnion('by', [
  z.object({ by: z.literal('password'), password: secret }),
  z.object({ by: z.literal('recovery-key'), recoveryKey: secret }),
  z.object({ by: z.literal('keychain') }),
]);

export const storageCalls = {
  'storage.inspect': { input: z.object({ path }), output: inspection },
  'storage.create': {
    input: z.object({ name, path, password: secret, keepInKeychain: z.boolean() }),
    /** A recovery key leaves the engine here and in the three calls that give a sheet, each of which was given a secret. */
    output: recoverySheet.extend({ id: storageId }),
  },
  'storage.confirmRecoveryKey': { input: z.object({ id: storageId }), output: z.object({}) },
  'storage.attach': {
    input: z.object({ name: name.nullable(), path, unlock, keepInKeychain: z.boolean() }),
    output: z.object({ id: storageId }),
  },
  'storage.unlock': { input: z.object({ id: storageId, unlock, keepInKeychain: z.boolean() }), output: z.object({}) },
  /** Changes nothing but `passwordTypedAtMs`. */
  'storage.tryPassword': { input: z.object({ id: storageId, password: secret }), output: z.object({}) },
  'storage.changePassword': { input: z.object({ id: storageId, proof, newPassword: secret }), output: z.object({}) },
  'storage.addPassword': {
    input: z.object({ id: storageId, proof, label: keyLabel, newPassword: secret }),
    output: z.object({}),
  },
  /** A password while another one is left, or a device. */
  'storage.removeKey': { input: z.object({ id: storageId, proof, slot }), output: z.object({}) },
  'storage.showRecoveryKey': { input: z.object({ id: storageId, password: secret }), output: recoverySheet },
  /** The old recovery key opens nothing any more. */
  'storage.renewRecoveryKey': { input: z.object({ id: storageId, proof }), output: recoverySheet },
  /** What is saved from now on gets a new master key. All other passwords, the devices and the recovery key open nothing any more. */
  'storage.newKey': { input: z.object({ id: storageId, password: secret }), output: recoverySheet },
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

import { mostRehearsalItems, usualRehearsalItems } from '../domain/rehearsal.ts';
import { count, failure, jobId, name, path, runId, secret, sourceId, storageId, timeMs } from './values.ts';
import { checkReport, rehearsalMark } from './runs.ts';
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
  /** `read-only`: attached to look and restore; nothing is written to it. */
  mode: z.enum(['own', 'read-only']),
  /** The installation that may write to it. Null: nobody has yet, or it is not open. */
  owner: z.object({ isOurs: z.boolean(), host: z.string(), sinceMs: timeMs }).nullable(),
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
  /** The newest repair since the last check. Where it lost nothing, what that check found is over. */
  lastRepair: z.object({ run: runId, atMs: timeMs, lost: count }).nullable(),
  /** What was read back on this computer, pack by pack. Null while it is not open. */
  verification: z
    .object({
      packs: count,
      bytes: count,
      /** Of them, what was read within the last `days`, and was right. */
      days: count,
      packsVerified: count,
      bytesVerified: count,
      /** By when every pack had been read, and was right. Null: some never was. */
      verifiedAtMs: timeMs.nullable(),
      lastReadAtMs: timeMs.nullable(),
      /** Packs of which the last reading was wrong, and those of which only the first try of it was. */
      damaged: count,
      flickered: count,
      failure: failure.nullable(),
      /** Whether packs are read again by themselves, a little at a time; when the next is due, and when that was done last. */
      scrubs: z.boolean(),
      nextDueMs: timeMs.nullable(),
      lastRoundAtMs: timeMs.nullable(),
    })
    .nullable(),
  /** The newest trial restore of each source that came to its end here. */
  rehearsed: z.array(rehearsalMark).readonly(),
  /** Why it cannot be reached, opened, or written to: `storage.went-back`, `storage.adopted-away`. */
  failure: failure.nullable(),
  /** Every way to unlock it; empty while it is locked. `label` may be empty; of a device it is the computer's name. */
  keys: z
    .array(
      z.object({
        slot: z.string(),
        kind: z.enum(['password', 'recovery', 'device']),
        label: z.string(),
        createdAtMs: timeMs,
        /** A newer password took its name: a change that broke off. Removing this one ends it. */
        isReplaced: z.boolean(),
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
/** Who works on a storage, or did when he died. Null where the file is no whole lock. */
const lockSight = z.object({
  name: z.string(),
  purpose: z
    .enum(['backup', 'restore', 'check', 'rebuild', 'mirror', 'retention', 'prune', 'purge', 'repair', 'keys', 'adopt'])
    .nullable(),
  mode: z.enum(['read', 'write', 'exclusive']).nullable(),
  hostName: z.string().nullable(),
  sinceMs: timeMs.nullable(),
  /** `gone`: its process ended. `elsewhere`: on a computer of which nothing is known here. */
  holder: z.enum(['here', 'alive', 'gone', 'elsewhere', 'unreadable']),
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
    /** A recovery key leaves the engine here and in the three calls that give a sheet, each of which was given a secret. */
    output: recoverySheet.extend({ id: storageId }),
  },
  'storage.confirmRecoveryKey': { input: z.object({ id: storageId }), output: z.object({}) },
  'storage.attach': {
    /** `taking`: what is done with a storage of another installation. `refuse` fails with `storage.owned-elsewhere`. */
    input: z.object({
      name: name.nullable(),
      path,
      unlock,
      keepInKeychain: z.boolean(),
      taking: z.enum(['refuse', 'adopt', 'read-only']).default('refuse'),
    }),
    output: z.object({ id: storageId }),
  },
  /** Makes it this installation's own; the one before can then no longer write to it. */
  'storage.adopt': { input: z.object({ id: storageId }), output: z.object({}) },
  /** Goes on with a storage that is older than it was, or has another history: what was newer is not known any more. */
  'storage.acceptOlder': { input: z.object({ id: storageId }), output: z.object({}) },
  /** It has moved there. */
  'storage.repoint': { input: z.object({ id: storageId, path }), output: z.object({}) },
  'storage.locks': { input: z.object({ id: storageId }), output: z.array(lockSight).readonly() },
  /** By a person's word that nobody works there. Fails with `storage.locked` where this computer knows better. */
  'storage.clearLock': { input: z.object({ id: storageId, lock: z.string().max(200) }), output: z.object({}) },
  /** `copy`: the folder of a plain copy of the storage. Its `STORAGE` does where the storage has none that is whole; a repair makes it anew. */
  'storage.unlock': {
    input: z.object({ id: storageId, unlock, keepInKeychain: z.boolean(), copy: path.optional() }),
    output: z.object({}),
  },
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
    /**
     * `part`: so many percent of all packs are read whole, those that were not for longest, and of all others the structure.
     * `since`: packs of commits since then are read whole, and of all others the names and sizes.
     */
    input: z
      .object({
        id: storageId,
        level: z.enum(['quick', 'structure', 'part', 'since', 'all']),
        percent: z.number().gt(0).max(100).nullable().default(null),
        sinceMs: timeMs.nullable().default(null),
      })
      .refine(
        ({ level, percent, sinceMs }) => (level === 'part') === (percent !== null) && (level === 'since') === (sinceMs !== null),
      ),
    output: z.object({ run: runId }),
  },
  /**
   * Restores versions by chance to a folder of its own, reads them back, and removes them. `source` null: of all. `seed` null: by chance;
   * the same one draws the same again.
   */
  'storage.rehearse': {
    input: z.object({
      id: storageId,
      source: sourceId.nullable().default(null),
      items: z.number().int().min(1).max(mostRehearsalItems).default(usualRehearsalItems),
      seed: z.number().int().min(0).max(0xffffffff).nullable().default(null),
    }),
    output: z.object({ run: runId }),
  },
  'storage.rebuildCatalog': { input: z.object({ id: storageId }), output: z.object({ run: runId }) },
} as const;

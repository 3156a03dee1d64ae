import { freezeReasons } from '../domain/freeze.ts';
import { itemKinds } from '../domain/item.ts';
import { keptByNames } from '../domain/retention.ts';
import {
  count,
  facts,
  failure,
  freezeId,
  holdId,
  itemId,
  itemKind,
  jobId,
  path,
  removalReason,
  runId,
  sourceId,
  storageId,
  timeMs,
} from './values.ts';
import { z } from './z.ts';

/** Of what is there now, and of all versions that are seen: before deduplication and compression. */
const size = { items: count, itemBytes: count, versions: count, versionBytes: count } as const;

const keepCount = z.number().int().min(0).max(100_000);
/** Up to 300 years. */
const days = z.number().int().min(0).max(110_000);

/** docs/decisions/0080-removing.md. All zero: moments keep nothing, and none is forgotten. */
const keepRules = z.object({
  last: keepCount,
  hourly: keepCount,
  daily: keepCount,
  weekly: keepCount,
  monthly: keepCount,
  yearly: keepCount,
  withinDays: days,
});

const versionRules = z.object({
  /** 0: for ever. */
  deletedDays: days,
  maxAgeDays: days.min(1).nullable(),
  maxVersions: z.number().int().min(1).max(1_000_000).nullable(),
});

export const retention = z.object({
  rules: versionRules.extend({ keep: keepRules, goneSourceDays: days }),
  byKind: z.partialRecord(z.enum(itemKinds), versionRules),
});

/** `grace`: how long what is out of use lies in the trash before it is deleted. */
export const storageSettings = z.object({
  graceDays: z.number().int().min(7).max(3650),
  /** Below so much free space nothing more is written; it is said before. 0: no limit but the disk's. */
  minFreeBytes: count,
  /** Hide after each cycle, prune and purge once a week while nothing else runs. Does nothing where no job has rules. */
  automatic: z.boolean(),
  /** Every pack is read again within so many days. Null: only when a person asks. */
  scrubDays: z.number().int().min(1).max(365).nullable(),
  /** Null: as fast as it goes. */
  writeBytesPerSecond: count.min(1).nullable(),
  itemsPerSecond: count.min(1).nullable(),
  /** What a new job begins with. Null: what the settings say for all new jobs. */
  defaultRetention: retention.nullable(),
  /** What items say is indexed on this computer, to be searched. Absent: it is not. */
  searchBodies: z.boolean().optional(),
});

const holdScope = z.discriminatedUnion('what', [
  z.object({ what: z.literal('source'), source: sourceId }),
  z.object({ what: z.literal('folder'), item: itemId }),
  z.object({ what: z.literal('item'), item: itemId }),
  z.object({ what: z.literal('version'), item: itemId, version: z.number().int().min(1) }),
]);

const frozenSource = z.object({
  id: freezeId,
  source: sourceId,
  sourceName: z.string(),
  reason: z.enum(freezeReasons),
  /** Numbers for the sentence, which is that of `failure`. */
  facts,
  failure,
  atMs: timeMs,
  /** A person has seen it and wants it kept so. */
  keptFrozen: z.boolean(),
});

const momentRow = z.object({
  run: runId,
  job: jobId,
  jobName: z.string(),
  atMs: timeMs,
  saved: count,
  vanished: count,
  /** Why it stays, by the rules as they are now; empty: the next retention forgets it. */
  keptBy: z.array(z.enum(keptByNames)).readonly(),
});

/** What would go next, in a person's words. */
const removalRow = z.object({
  item: itemId,
  version: count,
  /** How many versions the item has now. */
  versions: count,
  kind: itemKind,
  source: sourceId,
  sourceName: z.string(),
  folderPath: z.string(),
  name: z.string(),
  validFromMs: timeMs,
  /** Null: it is the item's deletion, the last that is left of it. */
  validToMs: timeMs.nullable(),
  sizeBytes: count,
  reason: removalReason,
});

const removalTotals = z.object({ moments: count, items: count, versions: count, bytes: count });

export const removalPlan = z.object({
  /** Confirms exactly this plan: `storage.purge` and `storage.applyRetention` refuse it when the plan is another one by then. */
  token: z.string(),
  /** Why nothing at all is removed for now: the clock, a storage that went back. */
  paused: failure.nullable(),
  /** `share`: more than 30 % of the bytes. `source`: everything of a source. Null: it needs no confirmation. */
  needsConfirmation: z.enum(['share', 'source']).nullable(),
  totals: removalTotals,
  /** Sizes of all versions that there are, for the share. */
  ofBytes: count,
  byReason: z.record(removalReason, count),
  /** The first of them; `totals` count all. */
  rows: z.array(removalRow).readonly(),
  /** Moments that would be forgotten, newest first, the first of them. */
  forgotten: z.array(momentRow).readonly(),
  /** Sources of which nothing is touched until a person answers. */
  frozen: z.array(frozenSource).readonly(),
  holds: count,
  /** What was hidden since the last purge and still fills the disk: sizes before deduplication and compression. */
  hidden: z.object({ versions: count, bytes: count }),
  trash: z.object({ packs: count, bytes: count, duePacks: count, dueBytes: count }),
});

const trashBatch = z.object({
  /** Names it for `storage.returnFromTrash`. */
  batch: z.string(),
  atMs: timeMs,
  packs: count,
  bytes: count,
  /** When it may be deleted. */
  dueAtMs: timeMs,
});

const storage = z.object({ storage: storageId });

export const removalCalls = {
  'storage.settings': { input: storage, output: storageSettings },
  'storage.changeSettings': { input: storage.extend(storageSettings.partial().shape), output: storageSettings },
  /** Changes nothing. `olderThanDays`: also what was deleted at its source that long ago, whatever the rules say. */
  'storage.removalPlan': {
    input: storage.extend({ olderThanDays: days.nullable(), limit: z.number().int().min(0).max(1000) }),
    output: removalPlan,
  },
  /** Hides what the plan names. Starts a run of kind `retention`. */
  'storage.applyRetention': { input: storage.extend({ token: z.string().nullable() }), output: z.object({ run: runId }) },
  /** All that the storage keeps of one source, as it would go if a person let it go. Changes nothing. */
  'storage.forgetSourcePlan': {
    input: storage.extend({ source: sourceId }),
    output: z.object({
      /** Confirms exactly this plan. */
      token: z.string(),
      sourceName: z.string(),
      /** Why it cannot be for now: a job saves it here, a guard waits for an answer, the clock. */
      refused: failure.nullable(),
      totals: removalTotals,
      /** Sizes of all versions that there are in the storage, for the share. */
      ofBytes: count,
      /** Versions that stay, because a hold keeps them. */
      held: count,
    }),
  },
  /** Hides all of it. Starts a run of kind `retention`, which `storage.undoRetention` takes back; it leaves the disk as all does that is hidden. */
  'storage.forgetSource': { input: storage.extend({ source: sourceId, token: z.string() }), output: z.object({ run: runId }) },
  /** Makes what a retention run hid visible again, as far as it was not removed since. */
  'storage.undoRetention': {
    input: storage.extend({ run: runId }),
    output: z.object({ moments: count, versions: count, gone: count }),
  },
  /**
   * Hides, moves what is out of use to the trash, and deletes what lay there longer than the grace. Starts a run of kind `purge`.
   * A plan that needs a confirmation needs its token; without one it fails with `confirmation.needed`.
   */
  'storage.purge': {
    input: storage.extend({ olderThanDays: days.nullable(), dryRun: z.boolean(), token: z.string().nullable() }),
    output: z.object({ run: runId }),
  },
  /** Why nothing is removed because of the time; null: the clock is right. `keptFrozen`: a person wants it left so. */
  'storage.clock': { input: storage, output: z.object({ failure: failure.nullable(), keptFrozen: z.boolean() }) },
  /** A person says that the clock is right: of a newest backup that is later than now, that its time was wrong. */
  'storage.believeClock': { input: storage, output: z.object({}) },
  /** A person wants nothing removed until the clock is right by itself, and not be asked again. */
  'storage.doubtClock': { input: storage, output: z.object({}) },
  'storage.trash': {
    input: storage,
    output: z.object({ graceDays: count, packs: count, bytes: count, batches: z.array(trashBatch).readonly() }),
  },
  /** Null: everything that lies there. */
  'storage.returnFromTrash': {
    input: storage.extend({ batch: z.string().nullable() }),
    output: z.object({ packs: count, bytes: count }),
  },
  /**
   * Puts damaged files aside and saves what is whole of them. `fromMirror`: the id of a mirror, or the folder of a copy of the storage,
   * to take missing pieces from; null: from every mirror that can be opened.
   */
  'storage.repair': {
    input: storage.extend({ dryRun: z.boolean(), fromMirror: path.nullable() }),
    output: z.object({ run: runId }),
  },
  /** Stored bytes at the end of each local day on which they changed, oldest first. */
  'storage.growth': {
    input: storage,
    output: z.array(z.object({ dayMs: timeMs, storedBytes: count, addedBytes: count })).readonly(),
  },
  /** Of each folder without those below it, kind by kind; null: what lies in none. */
  'storage.folderSizes': {
    input: storage,
    output: z.array(z.object({ source: sourceId, folder: itemId.nullable(), kind: itemKind, ...size })).readonly(),
  },
  /** Whose it is that is directly in these folders, the largest first; what is not among the rows is told as one. */
  'storage.senders': {
    input: storage.extend({
      folders: z.array(itemId).max(100_000).readonly(),
      kind: itemKind.nullable(),
      limit: z.number().int().min(1).max(10_000),
    }),
    output: z.object({
      rows: z.array(z.object({ address: z.string(), name: z.string(), ...size })).readonly(),
      others: z.object({ senders: count, ...size }),
    }),
  },
  'storage.sizes': {
    input: storage,
    output: z.object({
      storedBytes: count,
      trashBytes: count,
      /** Of everything as of now, and of all versions: before deduplication and compression. */
      itemBytes: count,
      versionBytes: count,
      sources: z
        .array(
          z.object({
            source: sourceId,
            name: z.string(),
            ...size,
            lastListedAtMs: timeMs.nullable(),
          }),
        )
        .readonly(),
    }),
  },
  /** Null where nothing can be said: too short a history, no growth, no limit. */
  'storage.forecast': {
    input: storage,
    output: z.object({
      freeBytes: count.nullable(),
      bytesPerDay: count.nullable(),
      fullAroundMs: timeMs.nullable(),
      basisDays: count,
    }),
  },

  'hold.list': {
    input: storage,
    output: z
      .array(
        z.object({
          id: holdId,
          scope: holdScope,
          reason: z.string(),
          atMs: timeMs,
          /** What it keeps, as a person knows it: `source/folder/name`. */
          place: z.string(),
          source: sourceId.nullable(),
        }),
      )
      .readonly(),
  },
  'hold.add': { input: storage.extend({ scope: holdScope, reason: z.string().max(1000) }), output: z.object({ id: holdId }) },
  'hold.remove': { input: storage.extend({ id: holdId }), output: z.object({}) },

  'freeze.list': { input: storage, output: z.array(frozenSource).readonly() },
  /**
   * `mine`: that was me, go on. `empty`: it really is empty (or another one) now; the next cycle records the deletions.
   * `keep`: stay frozen and stop asking.
   */
  'freeze.answer': {
    input: storage.extend({ id: freezeId, answer: z.enum(['mine', 'empty', 'keep']) }),
    output: z.object({}),
  },

  'moment.list': {
    input: storage.extend({ limit: z.number().int().min(1).max(10_000) }),
    output: z.array(momentRow).readonly(),
  },
  /** They are shown no more; what only they keep goes with the next retention. The newest of a job cannot be forgotten. */
  'moment.forget': { input: storage.extend({ runs: z.array(runId).min(1).max(10_000) }), output: z.object({ forgotten: count }) },
  'moment.remember': {
    input: storage.extend({ runs: z.array(runId).min(1).max(10_000) }),
    output: z.object({ remembered: count }),
  },
} as const;

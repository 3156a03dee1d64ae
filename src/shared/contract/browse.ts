import { sourceKinds } from '../domain/source-settings.ts';
import { itemPreview } from './preview.ts';
import { bytes, change, count, itemId, itemKind, jobId, jsonObject, runId, sourceId, storageId, timeMs } from './values.ts';
import { z } from './z.ts';

/** Which state: the newest, or the one at a moment. */
const at = timeMs.nullable();
/** Of a message: what hangs at it, counted from 0; and what hangs at that in turn. Absent: the message itself. */
const within = z.array(count).min(1).max(20).optional();

export const itemRow = z.object({
  item: itemId,
  version: count,
  versions: count,
  kind: itemKind,
  source: sourceId,
  folder: itemId.nullable(),
  folderPath: z.string(),
  name: z.string(),
  title: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  sizeBytes: count,
  timeMs: timeMs.nullable(),
  validFromMs: timeMs,
  hasAttachment: z.boolean(),
  flags: z.array(z.string()).readonly(),
  /** The item is not at its source in the asked-for state. */
  deleted: z.boolean(),
  /** When it left its source after the asked-for moment; null if it is still there. */
  vanishedAtMs: timeMs.nullable(),
  /** Since when no job takes it any more: it is kept as it was then. */
  unchosenSinceMs: timeMs.nullable(),
});

const historyRow = z.object({
  transaction: z.string(),
  item: itemId,
  version: count,
  validFrom: z.string(),
  validTo: z.string().nullable(),
  change,
  run: runId,
  folder: itemId.nullable(),
  folderPath: z.string(),
  name: z.string(),
  sizeBytes: count,
  metadata: jsonObject,
  digest: z.string().nullable(),
  contents: z.array(
    z.object({ part: z.string(), digest: z.string(), size: count, validFrom: z.string(), validTo: z.string().nullable() }),
  ),
  /** Retention took it out of sight. */
  hidden: z.literal(true).optional(),
  /** Nothing but this is left of it. */
  purged: z.literal(true).optional(),
});

/** Each item is one of them: another content counts more than another place, that more than other properties. */
const differenceKinds = ['added', 'vanished', 'content', 'moved', 'metadata'] as const;

const moment = z.object({ run: runId, job: jobId, jobName: z.string(), atMs: timeMs, saved: count, vanished: count });

export const browseCalls = {
  'browse.moments': {
    input: z.object({ storage: storageId, limit: z.number().int().min(1).max(10_000) }),
    output: z.array(moment).readonly(),
  },
  'browse.tree': {
    input: z.object({ storage: storageId, at }),
    output: z.array(
      z.object({
        item: itemId,
        source: sourceId,
        sourceName: z.string(),
        sourceKind: z.enum(sourceKinds),
        parent: itemId.nullable(),
        name: z.string(),
        path: z.string(),
        specialUse: z.string().nullable(),
        items: count,
        deleted: z.boolean(),
        unchosenSinceMs: timeMs.nullable(),
      }),
    ),
  },
  'browse.items': {
    input: z.object({
      storage: storageId,
      folder: itemId,
      at,
      mode: z.enum(['as-of', 'all', 'vanished']),
      sort: z.enum(['time', 'name', 'size', 'from']),
      descending: z.boolean(),
      offset: count,
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({ total: count, rows: z.array(itemRow).readonly() }),
  },
  /** Changes a day in a folder (null: in the whole storage), for the time slider. */
  'browse.density': {
    input: z.object({ storage: storageId, folder: itemId.nullable() }),
    output: z.array(z.object({ dayMs: timeMs, saved: count, vanished: count })),
  },
  /** What is not the same at two moments, folder by folder. `from` null: before everything; `to` null: now. No sources: all of them. */
  'browse.differences': {
    input: z.object({
      storage: storageId,
      from: at,
      to: at,
      sources: z.array(sourceId).max(1000),
      kind: z.enum(differenceKinds).nullable(),
      offset: count,
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({
      total: count,
      counts: z.object({ added: count, vanished: count, content: count, moved: count, metadata: count }),
      rows: z
        .array(z.object({ kind: z.enum(differenceKinds), before: itemRow.nullable(), after: itemRow.nullable() }))
        .readonly(),
    }),
  },
  'browse.item': { input: z.object({ storage: storageId, item: itemId, version: count.nullable(), at }), output: itemRow },
  /** An item named by id, unambiguous prefix, or `SOURCE/FOLDER/NAME`. */
  'browse.resolve': {
    input: z.object({ storage: storageId, text: z.string().min(1).max(32_768), at }),
    output: z.object({ item: itemId }),
  },
  'browse.history': { input: z.object({ storage: storageId, item: itemId }), output: z.array(historyRow).readonly() },
  'browse.preview': {
    input: z.object({ storage: storageId, item: itemId, version: count.nullable(), within }),
    output: itemPreview,
  },
  /** What two versions say, line by line; two lines around each change. `reason`: why there is nothing to show. */
  'browse.textDifference': {
    input: z.object({ storage: storageId, item: itemId, from: count, to: count }),
    output: z.object({
      reason: z.enum(['no-text', 'too-different', 'same']).nullable(),
      hunks: z
        .array(
          z.object({
            beforeFrom: count,
            afterFrom: count,
            lines: z.array(z.object({ kind: z.enum(['same', 'removed', 'added']), text: z.string() })).readonly(),
          }),
        )
        .readonly(),
    }),
  },
  'browse.raw': {
    input: z.object({ storage: storageId, item: itemId, version: count.nullable(), within }),
    output: z.object({ bytes: bytes }),
  },
  'search.find': {
    input: z.object({
      storage: storageId,
      text: z.string().max(500),
      at,
      deleted: z.boolean(),
      kind: itemKind.nullable(),
      limit: z.number().int().min(1).max(1000),
    }),
    /**
     * `firstSeenMs`: when its first version was saved. `extract`: where its text has what was looked for; null: it was found by name,
     * subject or people alone.
     */
    output: z
      .array(
        itemRow.extend({
          firstSeenMs: timeMs,
          extract: z.object({ before: z.string(), hit: z.string(), after: z.string() }).nullable(),
        }),
      )
      .readonly(),
  },
  /** Whether it is searched what items of a storage say, and how far the index is. `run`: the one that fills it now. */
  'search.texts': {
    input: z.object({ storage: storageId }),
    output: z.object({
      isOn: z.boolean(),
      done: count,
      total: count,
      /** Of them, what could not be read. */
      unread: count,
      /** On this computer. */
      bytes: count,
      run: runId.nullable(),
    }),
  },
  /** Fills it now. Null: it is done within a second, or goes on by itself after what else goes on there. */
  'search.indexTexts': { input: z.object({ storage: storageId }), output: z.object({ run: runId.nullable() }) },
} as const;

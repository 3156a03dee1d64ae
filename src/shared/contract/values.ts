import type { Brand } from '../domain/brand.ts';
import { errorCodes } from '../domain/error-codes.ts';
import { freezeReasons } from '../domain/freeze.ts';
import type {
  ActId,
  ActionId,
  AlertId,
  ChannelId,
  FreezeId,
  GrantId,
  HoldId,
  ItemId,
  JobId,
  RunId,
  SourceId,
  StorageId,
  SurveyId,
} from '../domain/ids.ts';
import { changes, itemKinds } from '../domain/item.ts';
import type { JsonObject, JsonValue } from '../domain/json.ts';
import { rehearsalOutcomes } from '../domain/rehearsal.ts';
import { removalReasons } from '../domain/retention.ts';
import { runReasons } from '../domain/run-cause.ts';
import { stepKinds, stepStates } from '../domain/run-step.ts';
import { checkLevels, runKinds, runPhases, runStatuses, runTriggers } from '../domain/run.ts';
import { leastBytesPerSecond, mostRequestsPerSecond } from '../domain/source-limits.ts';
import { davAddress, type LocalKind, tlsModes } from '../domain/source-settings.ts';
import { z } from './z.ts';

/** An id crosses as a plain string and is branded on arrival. */
const id = <Id extends Brand<string, string>>() =>
  z
    .string()
    .regex(/^[0-9a-z]{20}$/)
    .transform((text) => text as unknown as Id);

export const storageId = id<StorageId>();
export const sourceId = id<SourceId>();
export const jobId = id<JobId>();
export const runId = id<RunId>();
export const surveyId = id<SurveyId>();
export const itemId = id<ItemId>();
export const holdId = id<HoldId>();
export const freezeId = id<FreezeId>();
export const grantId = id<GrantId>();
export const actId = id<ActId>();
export const actionId = id<ActionId>();
export const alertId = id<AlertId>();
export const channelId = id<ChannelId>();

/** Names that people give: 1 to 100 characters, no control characters, no leading or trailing space. */
export const name = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\s](?:[^\p{Cc}]*[^\p{Cc}\s])?$/u);
/** Milliseconds since 1970, UTC. */
export const timeMs = z.number().int().min(-8.64e15).max(8.64e15);
export const count = z.number().int().min(0);
/** Travels inwards only, straight to the engine, and is never logged. */
export const secret = z.string().min(1).max(4096);
/** Lets in at an account: a password, or what `signIn.begin` named. Without either, what the source has. */
export const given = { secret: secret.nullable(), grant: grantId.optional() };
export const path = z.string().min(1).max(32_768);

/** In whatever memory they lie. */
export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

const jsonValue: z.ZodType<JsonValue> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(jsonValue), z.record(z.string(), jsonValue)]),
);
export const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), jsonValue);

export const facts = z.record(z.string(), z.union([z.string(), z.number()]));
export const failure = z.object({
  code: z.enum(errorCodes),
  retry: z.enum(['never', 'later', 'after-user-action']),
  facts,
});

export const itemKind = z.enum(itemKinds);
export const change = z.enum(changes);
export const freezeReason = z.enum(freezeReasons);
export const removalReason = z.enum(removalReasons);

/** An address of a sign-in server; what is secret never goes over an open line. */
export const httpsUrl = z
  .string()
  .max(2000)
  .regex(/^https:\/\/[^\s/@]+(?:[/?][^\s#]*)?$/);
export const oauthSignIn = z.object({
  method: z.literal('oauth'),
  server: z.discriminatedUnion('by', [
    z.object({ by: z.literal('issuer'), issuer: httpsUrl }),
    z.object({
      by: z.literal('endpoints'),
      authorization: httpsUrl,
      token: httpsUrl,
      device: httpsUrl.nullable(),
      revocation: httpsUrl.nullable(),
    }),
  ]),
  clientId: z.string().min(1).max(500),
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,300}$/))
    .max(50)
    .readonly(),
});
export const signIn = z.discriminatedUnion('method', [z.object({ method: z.literal('password') }), oauthSignIn]);

const certificateSha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .nullable();

const sourceLimits = z.object({
  requestsPerSecond: z.number().int().min(1).max(mostRequestsPerSecond).nullable(),
  bytesPerSecond: z.number().int().min(leastBytesPerSecond).nullable(),
});

const davSettings = <Kind extends 'caldav' | 'carddav'>(kind: Kind) =>
  z.object({
    kind: z.literal(kind),
    url: z.string().max(2048).regex(davAddress),
    user: z.string().min(1).max(320),
    certificateSha256,
    exclude: z.array(z.string().max(4096)).max(10_000).readonly(),
    signIn: signIn.optional(),
    limits: sourceLimits.optional(),
  });

const localSettings = <Kind extends 'maildir' | LocalKind>(kind: Kind) =>
  z.object({ kind: z.literal(kind), path, exclude: z.array(z.string().max(4096)).max(10_000).readonly() });

export const sourceSettings = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('files'),
    paths: z.array(path).min(1).max(1000).readonly(),
    exclude: z.array(z.string().max(4096)).max(10_000).readonly(),
    excludeIfPresent: z.array(z.string().min(1).max(255)).max(100).readonly(),
    oneFileSystem: z.boolean(),
  }),
  z.object({
    kind: z.literal('imap'),
    host: z.string().min(1).max(253),
    port: z.number().int().min(1).max(65_535),
    tls: z.enum(tlsModes),
    user: z.string().min(1).max(320),
    certificateSha256,
    exclude: z.array(z.string().max(4096)).max(10_000).readonly(),
    signIn: signIn.optional(),
    limits: sourceLimits.optional(),
    sievePort: z.number().int().min(1).max(65_535).optional(),
  }),
  z.object({
    kind: z.literal('jmap'),
    url: z.string().max(2048).regex(davAddress),
    user: z.string().min(1).max(320),
    certificateSha256,
    exclude: z.array(z.string().max(4096)).max(10_000).readonly(),
    signIn: signIn.optional(),
    limits: sourceLimits.optional(),
    secretIs: z.literal('token').optional(),
  }),
  localSettings('maildir'),
  localSettings('mbox'),
  localSettings('item-files'),
  localSettings('thunderbird'),
  davSettings('caldav'),
  davSettings('carddav'),
]);

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

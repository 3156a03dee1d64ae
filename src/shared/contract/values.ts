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
import { removalReasons } from '../domain/retention.ts';
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

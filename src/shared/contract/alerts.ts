import { addressKinds, alertEvents, alertLevels, topicNames } from '../domain/alert.ts';
import { tlsModes } from '../domain/source-settings.ts';
import { alertId, channelId, count, facts, failure, jobId, name, runId, secret, storageId, timeMs } from './values.ts';
import { z } from './z.ts';

export const alert = z.object({
  id: alertId,
  topic: z.enum(topicNames),
  level: z.enum(alertLevels),
  cause: z.string(),
  atMs: timeMs,
  job: z.object({ id: jobId, name: z.string() }).nullable(),
  storage: z.object({ id: storageId, name: z.string() }).nullable(),
  run: runId.nullable(),
  byPerson: z.boolean(),
  failure: failure.nullable(),
  facts,
});

const events = z.array(z.enum(alertEvents)).max(alertEvents.length).readonly();
/** One address and nothing that could become another header of the mail. */
const mailAddress = z
  .string()
  .max(320)
  .regex(/^[^\s<>,;:"()[\]\\\p{Cc}]+@[^\s<>,;:"()[\]\\@\p{Cc}]+$/u);
/** Without anything secret in it. */
const serverAddress = z
  .string()
  .max(2048)
  .regex(/^https?:\/\/[^\s/?#@]+(?:\/[^\s?#]*)?$/i);

/** Addresses that are secrets themselves are given as the secret. */
export const channelSettings = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('desktop') }),
  z.object({
    kind: z.literal('email'),
    host: z.string().min(1).max(253),
    port: z.number().int().min(1).max(65_535),
    tls: z.enum(tlsModes),
    user: z.string().min(1).max(320).nullable(),
    from: mailAddress,
    to: z.array(mailAddress).min(1).max(50).readonly(),
  }),
  z.object({ kind: z.literal('gotify'), url: serverAddress }),
  z.object({ kind: z.literal('telegram'), url: serverAddress, chat: z.string().min(1).max(100) }),
  z.object({ kind: z.enum(addressKinds) }),
]);

const definition = z.object({
  name,
  settings: channelSettings,
  /** Null: none; when editing, as it was. */
  secret: secret.nullable(),
  keepInKeychain: z.boolean(),
  isOn: z.boolean().optional(),
  events: events.optional(),
  least: z.enum(alertLevels).optional(),
  daily: z.boolean().optional(),
});

const channel = z.object({
  id: channelId,
  name: z.string(),
  settings: channelSettings,
  place: z.string(),
  isOn: z.boolean(),
  secretInKeychain: z.boolean(),
  secretState: z.enum(['keychain', 'memory', 'missing']).nullable(),
  events,
  jobs: z.record(jobId, events),
  least: z.enum(alertLevels),
  daily: z.boolean(),
  lastDeliveredMs: timeMs.nullable(),
  lastFailure: z.object({ atMs: timeMs, failure }).nullable(),
});

const minute = z.number().int().min(0).max(1439);
const alertSettings = z.object({
  /** By the clock on the wall. What is critical comes all the same. */
  quiet: z.object({ from: minute, until: minute }).nullable(),
  digestAt: minute,
  zone: z.string().min(1).max(64).nullable(),
});

export const alertCalls = {
  'alert.channels': { input: z.object({}), output: z.array(channel).readonly() },
  'alert.addChannel': { input: definition, output: z.object({ id: channelId }) },
  'alert.editChannel': { input: definition.extend({ id: channelId }), output: z.object({}) },
  'alert.removeChannel': { input: z.object({ id: channelId }), output: z.object({}) },
  /** Sends a message now; refused with why it did not arrive. */
  'alert.testChannel': { input: z.object({ id: channelId }), output: z.object({}) },
  /** Null: as the channel tells of all others. */
  'alert.route': {
    input: z.object({ channel: channelId, job: jobId, events: events.nullable() }),
    output: z.object({}),
  },
  'alert.settings': { input: z.object({}), output: alertSettings },
  'alert.setSettings': { input: alertSettings.partial(), output: alertSettings },
  /** Newest first. */
  'alert.inbox': {
    input: z.object({
      limit: z.number().int().min(1).max(2000),
      job: jobId.nullable().optional(),
      /** And what is graver. */
      least: z.enum(alertLevels).nullable().optional(),
      event: z.enum(alertEvents).nullable().optional(),
    }),
    output: z.object({
      entries: z.array(z.object({ alert, times: count, lastAtMs: timeMs, isRead: z.boolean() })).readonly(),
      unread: count,
    }),
  },
  /** Null: all. */
  'alert.markRead': { input: z.object({ ids: z.array(alertId).max(2000).readonly().nullable() }), output: z.object({}) },
} as const;

import { count, failure, jobId, name, secret, sourceId, sourceSettings, timeMs } from './values.ts';
import { z } from './z.ts';

/** The answer to "would this work": what is there, or why not. Never an error, so that a form can show it. */
export const sourceTest = z.object({
  ok: z.boolean(),
  failure: failure.nullable(),
  folders: count,
  /** Null where counting would mean reading everything. */
  items: count.nullable(),
  capabilities: z.array(z.string()).readonly(),
  /** A certificate that the system does not trust, for a person to approve. */
  certificateSha256: z.string().nullable(),
});

export const sourceSummary = z.object({
  id: sourceId,
  name: z.string(),
  settings: sourceSettings,
  /** Null for kinds that need none. */
  secret: z.enum(['keychain', 'memory', 'missing']).nullable(),
  jobs: z.array(z.object({ id: jobId, name: z.string() })).readonly(),
  protectedUntilMs: timeMs.nullable(),
});

const sourceFolder = z.object({
  key: z.string(),
  parentKey: z.string().nullable(),
  name: z.string(),
  specialUse: z.string().nullable(),
  items: count.nullable(),
  excluded: z.boolean(),
});

export const sourceCalls = {
  'source.test': {
    input: z.object({ settings: sourceSettings, secret: secret.nullable(), id: sourceId.nullable() }),
    output: sourceTest,
  },
  'source.add': {
    input: z.object({ name, settings: sourceSettings, secret: secret.nullable(), keepInKeychain: z.boolean() }),
    output: z.object({ id: sourceId }),
  },
  'source.edit': {
    input: z.object({ id: sourceId, name, settings: sourceSettings, secret: secret.nullable(), keepInKeychain: z.boolean() }),
    output: z.object({}),
  },
  /** Gives the secret of a source that has none at hand. */
  'source.unlock': { input: z.object({ id: sourceId, secret, keepInKeychain: z.boolean() }), output: z.object({}) },
  'source.remove': { input: z.object({ id: sourceId }), output: z.object({}) },
  'source.list': { input: z.object({}), output: z.array(sourceSummary).readonly() },
  'source.show': { input: z.object({ id: sourceId }), output: sourceSummary },
  /** A live, read-only look. `files` answers one level below `parentKey` (null: the paths themselves). */
  'source.tree': {
    input: z.object({
      id: sourceId.nullable(),
      settings: sourceSettings.nullable(),
      secret: secret.nullable(),
      parentKey: z.string().nullable(),
    }),
    output: z.array(sourceFolder).readonly(),
  },
} as const;

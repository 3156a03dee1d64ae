import { certainties, proposalOrigins } from '../domain/discovery.ts';
import { count, failure, given, grantId, jobId, name, secret, sourceId, sourceSettings, storageId, timeMs } from './values.ts';
import { rehearsalMark } from './runs.ts';
import { z } from './z.ts';

/** The answer to "would this work": what is there, or why not. Never an error, so that a form can show it. */
export const sourceTest = z.object({
  ok: z.boolean(),
  failure: failure.nullable(),
  folders: count,
  /** Null where counting would mean reading everything. */
  items: count.nullable(),
  capabilities: z.array(z.string()).readonly(),
  /** Kinds of sources that reach what the same server has beside this one, and this one cannot read. */
  alsoNeeds: z.array(z.enum(['caldav', 'carddav'])).readonly(),
  /** A certificate that the system does not trust, for a person to approve. */
  certificateSha256: z.string().nullable(),
});

export const sourceSummary = z.object({
  id: sourceId,
  name: z.string(),
  settings: sourceSettings,
  /** Null for kinds that need none; `expired`: the provider ended the sign-in, and a person has to sign in again. */
  secret: z.enum(['keychain', 'memory', 'missing', 'expired']).nullable(),
  jobs: z.array(z.object({ id: jobId, name: z.string() })).readonly(),
  protectedUntilMs: timeMs.nullable(),
  /** The newest trial restore from each storage, as far as one came to its end here. */
  rehearsed: z.array(rehearsalMark.extend({ storage: storageId, storageName: z.string() })).readonly(),
  /** What lets Strata in and runs out, or has. */
  endings: z.array(z.object({ kind: z.enum(['sign-in-ended', 'sign-in-ends', 'certificate-ends']), failure })),
});

const sourceFolder = z.object({
  key: z.string(),
  parentKey: z.string().nullable(),
  name: z.string(),
  specialUse: z.string().nullable(),
  items: count.nullable(),
  excluded: z.boolean(),
});

const proposed = {
  user: z.string(),
  origin: z.enum(proposalOrigins),
  certainty: z.enum(certainties),
  isForeign: z.boolean(),
  signIn: z.array(z.enum(['password', 'app-password', 'oauth', 'bridge'])).readonly(),
};
const discovery = z.object({
  domain: z.string(),
  provider: z.string().nullable(),
  proposals: z
    .array(
      z.discriminatedUnion('service', [
        z.object({
          service: z.literal('imap'),
          host: z.string(),
          port: z.number().int(),
          tls: z.enum(['implicit', 'starttls']),
          ...proposed,
        }),
        z.object({ service: z.literal('caldav'), url: z.string(), ...proposed }),
        z.object({ service: z.literal('carddav'), url: z.string(), ...proposed }),
        z.object({ service: z.literal('jmap'), url: z.string(), ...proposed }),
      ]),
    )
    .readonly(),
  asked: z.array(z.object({ how: z.enum(['dns', 'web']), host: z.string(), answered: z.boolean() })).readonly(),
});

export const sourceCalls = {
  /**
   * The servers of an address. Asks the address's own domain over the network, and a directory of providers where `askDirectory`
   * allows it; tells them the domain alone.
   */
  'source.discover': {
    input: z.object({ address: z.string().min(3).max(320), askDirectory: z.boolean() }),
    output: discovery,
  },
  'source.test': {
    input: z.object({ settings: sourceSettings, ...given, id: sourceId.nullable() }),
    output: sourceTest,
  },
  'source.add': {
    input: z.object({ name, settings: sourceSettings, ...given, keepInKeychain: z.boolean() }),
    output: z.object({ id: sourceId }),
  },
  /** The sources that a storage remembers, with what it has of them now. */
  'source.saved': {
    input: z.object({ storage: storageId }),
    output: z
      .array(
        z.object({
          id: sourceId,
          name: z.string(),
          settings: sourceSettings,
          items: count,
          bytes: count,
          /** Its newest complete moment. */
          newestMs: timeMs.nullable(),
          /** Whether this profile has it, too. */
          isHere: z.boolean(),
        }),
      )
      .readonly(),
  },
  /** Sets one of these up again in this profile: the same source, as the storage remembers it. Null name: as it was called. */
  'source.setUp': {
    input: z.object({ storage: storageId, source: sourceId, name: name.nullable(), ...given, keepInKeychain: z.boolean() }),
    output: z.object({ id: sourceId }),
  },
  'source.edit': {
    input: z.object({ id: sourceId, name, settings: sourceSettings, ...given, keepInKeychain: z.boolean() }),
    output: z.object({}),
  },
  /** Gives the secret of a source that has none at hand. */
  'source.unlock': { input: z.object({ id: sourceId, secret, keepInKeychain: z.boolean() }), output: z.object({}) },
  /** Puts what a new sign-in brought in place of the one that a source has. */
  'source.renewSignIn': {
    input: z.object({ id: sourceId, grant: grantId, keepInKeychain: z.boolean() }),
    output: z.object({}),
  },
  'source.remove': { input: z.object({ id: sourceId }), output: z.object({}) },
  'source.list': { input: z.object({}), output: z.array(sourceSummary).readonly() },
  'source.show': { input: z.object({ id: sourceId }), output: sourceSummary },
  /** What of it would be lost and how soon it would be back, as measured with each storage that is open. */
  'source.recovery': {
    input: z.object({ id: sourceId }),
    output: z
      .array(
        z.object({
          storage: storageId,
          storageName: z.string(),
          /** Of the last 30 days, and of 2000 moments at most. */
          point: z.object({ sinceMs: timeMs, moments: count, usualMs: count.nullable(), longestMs: count }).nullable(),
          time: z.object({ wholeMs: count, atMs: timeMs }).nullable(),
        }),
      )
      .readonly(),
  },
  /** A live, read-only look. `files` answers one level below `parentKey` (null: the paths themselves). */
  'source.tree': {
    input: z.object({
      id: sourceId.nullable(),
      settings: sourceSettings.nullable(),
      ...given,
      parentKey: z.string().nullable(),
    }),
    output: z.array(sourceFolder).readonly(),
  },
} as const;

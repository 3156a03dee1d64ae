import { actionFailures, actionMoments, longestTimeoutSeconds, mostActions, webhookMethods } from '../domain/action.ts';
import { actionId, count, failure, jobId, name, secret } from './values.ts';
import { z } from './z.ts';

/** Neither a nought nor a line's end: no system takes the one, and in a header the other would be two headers. */
const word = z
  .string()
  .max(32_768)
  .refine((text) => !text.includes('\0'));
const absolute = z
  .string()
  .max(32_768)
  .regex(/^(?:\/|[A-Za-z]:[\\/]|\\\\)[^\0]*$/);
const header = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/);
const headerValue = z
  .string()
  .max(8192)
  .regex(/^[\t\x20-\x7e]*$/);

const deed = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    program: word.min(1),
    arguments: z.array(word).max(1000).readonly(),
    /** The program is a line for the system's shell, and the arguments are its `$1`, `$2`, …; else no shell reads any of it. */
    shell: z.boolean(),
    /** Null: the person's home. */
    folder: absolute.nullable(),
  }),
  z.object({
    kind: z.literal('webhook'),
    url: z.string().min(1).max(4096),
    method: z.enum(webhookMethods),
    /** Null: a secret, kept elsewhere. */
    headers: z
      .array(z.object({ name: header, value: headerValue.nullable() }))
      .max(50)
      .readonly(),
    /** `{{job}}` and the like are filled in. Empty: all facts as JSON; with GET nothing. */
    body: z.string().max(65_536),
    verifiesTls: z.boolean(),
  }),
]);

const definition = z.object({
  name,
  when: z.enum(actionMoments),
  /** `stop` is for `before` alone. */
  onFailure: z.enum(actionFailures),
  timeoutSeconds: z.number().int().min(1).max(longestTimeoutSeconds),
  isOn: z.boolean(),
  deed,
});

/** What a person wants done before and after the runs of a job. */
export const actionCalls = {
  'action.list': {
    input: z.object({ job: jobId }),
    output: z
      .array(
        definition.extend({
          id: actionId,
          secretsInKeychain: z.boolean(),
          /** Headers whose secret value is kept nowhere any more. */
          missingSecrets: z.array(z.string()).readonly(),
        }),
      )
      .max(mostActions)
      .readonly(),
  },
  'action.put': {
    input: z.object({
      job: jobId,
      /** Null: a new one, done after all others. */
      id: actionId.nullable(),
      definition,
      /** Of secret headers, by name. What is left out stays as it was. */
      secrets: z.record(header, secret.regex(/^[\t\x20-\x7e]+$/)),
      keepInKeychain: z.boolean(),
    }),
    output: z.object({ id: actionId }),
  },
  'action.remove': { input: z.object({ job: jobId, id: actionId }), output: z.object({}) },
  /** What would be run or sent, to the letter, of an action that need not be there yet. Secret values are null. */
  'action.preview': {
    input: z.object({ job: jobId, definition }),
    output: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('command'),
        words: z.array(z.string()).readonly(),
        folder: z.string(),
        environment: z.record(z.string(), z.string()),
      }),
      z.object({
        kind: z.literal('webhook'),
        method: z.string(),
        url: z.string(),
        headers: z.array(z.object({ name: z.string(), value: z.string().nullable() })).readonly(),
        body: z.string(),
        verifiesTls: z.boolean(),
      }),
    ]),
  },
  /** Runs or sends it now. Failing is an answer, too. */
  'action.try': {
    input: z.object({ job: jobId, id: actionId }),
    output: z.object({ failure: failure.nullable(), output: z.string(), droppedBytes: count, tookMs: count }),
  },
} as const;

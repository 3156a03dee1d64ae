import { folderUses } from '../domain/choice.ts';
import { sourceKinds } from '../domain/source-settings.ts';
import { skipRules } from '../domain/survey.ts';
import { choice } from './choice.ts';
import { count, failure, given, sourceId, sourceSettings, surveyId, timeMs } from './values.ts';
import { z } from './z.ts';

const amount = { items: count, bytes: count };
const reason = { rule: z.enum(skipRules), text: z.string().nullable() };
const tally = z.object({
  taken: z.object(amount),
  skipped: z.array(z.object({ ...reason, ...amount })).readonly(),
  unsized: count,
  untimed: count,
  unreadable: count,
  unknown: count,
});

const surveyedSource = z.object({
  source: sourceId.nullable(),
  name: z.string(),
  kind: z.enum(sourceKinds),
  state: z.enum(['waiting', 'going', 'done', 'failed', 'stopped']),
  failure: failure.nullable(),
  folders: count,
  whole: tally,
  idle: z.array(z.string()).readonly(),
});

const surveyedFolder = z.object({
  index: count,
  parent: count.nullable(),
  key: z.string(),
  name: z.string(),
  path: z.string(),
  uses: z.array(z.enum(folderUses)).readonly(),
  verdict: z.enum(['taken', 'passed', 'skipped']),
  by: z.object(reason).nullable(),
  failure: failure.nullable(),
  own: tally,
  whole: tally,
  hasFolders: z.boolean(),
  folded: count,
});

/** What choices would take, before anything runs: in memory only, and stopped where nobody asks for it for a minute. */
export const surveyCalls = {
  'survey.begin': {
    input: z.object({
      /** `source` null: one that is not there yet, by its `settings`. */
      sources: z
        .array(z.object({ source: sourceId.nullable(), settings: sourceSettings.nullable(), ...given, choice }))
        .min(1)
        .max(1000)
        .readonly(),
    }),
    output: z.object({ id: surveyId }),
  },
  'survey.show': {
    input: z.object({ id: surveyId }),
    output: z.object({
      state: z.enum(['going', 'done', 'stopped']),
      startedAtMs: timeMs,
      endedAtMs: timeMs.nullable(),
      current: z.string(),
      sources: z.array(surveyedSource).readonly(),
    }),
  },
  /** Of the source at that place of the request. `below`: only directly below that folder (null: at the top); absent: all. */
  'survey.folders': {
    input: z.object({
      id: surveyId,
      source: count,
      below: count.nullable().optional(),
      after: z.number().int().min(-1),
      limit: z.number().int().min(1).max(1000),
    }),
    output: z.array(surveyedFolder).readonly(),
  },
  'survey.stop': { input: z.object({ id: surveyId }), output: z.object({}) },
} as const;

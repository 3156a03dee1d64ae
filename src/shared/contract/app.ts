import { leastRecordDays } from '../domain/act.ts';
import { retention } from './retention.ts';
import { timing } from './schedule.ts';
import { name, timeMs } from './values.ts';
import { z } from './z.ts';

export const preferences = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'en', 'de']),
  /** Null until it was asked. */
  closeToTray: z.boolean().nullable(),
  /** `low`: everything else on the computer goes first. This and `workers` hold from the next start on. */
  priority: z.enum(['low', 'normal']),
  /** Null: as many as were measured to be worth it. */
  workers: z.number().int().min(1).max(16).nullable(),
  /** How many servers a cycle compares at the same time. */
  servers: z.number().int().min(1).max(8),
  /** Groups of jobs of which the list shows the name alone. */
  foldedGroups: z.array(name).max(1000).readonly(),
  /** What a person looks for again and again, in the words of a search. */
  savedSearches: z.array(z.string().min(1).max(500)).max(100).readonly(),
  /** What jobs that are made from now on begin with where nobody says otherwise. */
  newJobs: z.object({ timing, retention: retention.nullable() }),
  /** How many days the record of who did what goes back; null: to its beginning. */
  recordDays: z.number().int().min(leastRecordDays).max(36_500).nullable(),
});

export const appCalls = {
  'app.info': {
    input: z.object({}),
    output: z.object({
      version: z.string(),
      format: z.number().int(),
      profile: z.string(),
      runtime: z.string(),
      platform: z.string(),
      keychain: z.enum(['available', 'unavailable']),
      crypto: z.enum(['native', 'wasm']),
    }),
  },
  'app.preferences': { input: z.object({}), output: preferences },
  'app.setPreferences': { input: preferences.partial(), output: preferences },
  /** The shell's heartbeat: starts what is due. */
  /** Once a minute, and at once after sleep. What the shell knows of the machine; absent: as it was. */
  'clock.tick': {
    input: z.object({
      woke: z.boolean().optional(),
      conditions: z
        .object({ battery: z.number().min(0).max(100).nullable(), isMetered: z.boolean(), network: z.string().nullable() })
        .optional(),
    }),
    output: z.object({
      started: z.number().int().min(0),
      /** What the next tick should say, because a job waits for it. */
      asks: z.object({ power: z.boolean(), network: z.boolean() }),
    }),
  },
  /** Nothing runs by itself until then; null: it does again. */
  'clock.pause': { input: z.object({ untilMs: timeMs.nullable() }), output: z.object({}) },
} as const;

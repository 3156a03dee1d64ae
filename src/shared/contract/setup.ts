import { alertEvents, alertLevels } from '../domain/alert.ts';
import { switches } from '../domain/capture.ts';
import { jobColors, priorities } from '../domain/job-marks.ts';
import { setupActions, setupKinds } from '../domain/setup.ts';
import { channelSettings } from './alerts.ts';
import { choice } from './choice.ts';
import { retention, storageSettings } from './retention.ts';
import { schedule, timing } from './schedule.ts';
import { name, path, secret, sourceSettings } from './values.ts';
import { z } from './z.ts';

/** The largest that is read. */
export const mostSetupBytes = 4 * 1024 * 1024;
const most = 1000;
const reference = z
  .string()
  .max(4096)
  .regex(/^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/);
const events = z.array(z.enum(alertEvents)).max(alertEvents.length).readonly();
const list = <Thing extends z.ZodType>(thing: Thing) => z.array(thing).max(most).readonly().default([]);

/** docs/format/setup.md */
export const setup = z.object({
  strata: z.literal(1),
  storages: list(z.object({ name, place: path, password: reference.optional(), settings: storageSettings.partial().optional() })),
  sources: list(z.object({ name, secret: reference.optional(), settings: sourceSettings })),
  channels: list(
    z.object({
      name,
      secret: reference.optional(),
      settings: channelSettings,
      isOn: z.boolean().optional(),
      events: events.optional(),
      least: z.enum(alertLevels).optional(),
      daily: z.boolean().optional(),
    }),
  ),
  jobs: list(
    z.object({
      name,
      group: name.nullable().optional(),
      color: z.enum(jobColors).nullable().optional(),
      priority: z.enum(priorities).optional(),
      sources: z.array(name).min(1).max(most).readonly(),
      storage: name,
      alsoTo: z.array(name).max(20).readonly().optional(),
      schedule: schedule.optional(),
      timing: timing.partial().optional(),
      zone: z.string().min(1).max(64).optional(),
      scan: z.enum(switches).optional(),
      capture: z.enum(switches).optional(),
      choices: z
        .array(z.object({ source: name, choice: choice.partial() }))
        .max(most)
        .readonly()
        .optional(),
      retention: retention.nullable().optional(),
      alerts: z.record(name, events).optional(),
    }),
  ),
});

const change = z.object({ member: z.string(), before: z.string().nullable(), after: z.string().nullable() });
const steps = z
  .array(
    z.object({
      kind: z.enum(setupKinds),
      name: z.string(),
      action: z.enum(setupActions),
      changes: z.array(change).readonly(),
      secret: z.object({ reference: z.string().nullable() }).nullable(),
    }),
  )
  .readonly();
const text = z.string();

export const setupCalls = {
  'setup.export': { input: z.object({}), output: z.object({ text }) },
  /** Changes nothing. */
  'setup.plan': { input: z.object({ text }), output: z.object({ steps }) },
  /** Plans first, and does nothing where the plan fails. A recovery key leaves the engine for each storage that is made. */
  'setup.apply': {
    input: z.object({
      text,
      secrets: z
        .array(z.object({ kind: z.enum(setupKinds), name, secret }))
        .max(4 * most)
        .readonly(),
      keepInKeychain: z.boolean(),
    }),
    output: z.object({
      steps,
      made: z.array(z.object({ name: z.string(), recoveryKey: z.string(), checkCharacters: z.string() })).readonly(),
    }),
  },
} as const;

import { sourceKinds } from '../domain/source-settings.ts';
import { scanReasons, switches } from '../domain/capture.ts';
import { findingOutcomes, jobChecks } from '../domain/job-check.ts';
import { jobColors, priorities } from '../domain/job-marks.ts';
import { chosenSource } from './choice.ts';
import { count, failure, jobId, name, runId, sourceId, storageId, timeMs } from './values.ts';
import { run, runProgress, runWish, step } from './runs.ts';
import { retention } from './retention.ts';
import { due, plannedRun, schedule, timing } from './schedule.ts';
import { z } from './z.ts';

const jobDefinition = z.object({
  name,
  sources: z.array(sourceId).min(1).max(1000).readonly(),
  storage: storageId,
  /** Further storages, that each run serves behind it. Absent: when creating, none; when editing, as it was. */
  alsoTo: z.array(storageId).max(20).readonly().optional(),
  schedule,
  /** Under which conditions it runs by itself. Absent: when creating, the usual; when editing, as it was. */
  timing: timing.optional(),
  /** Cycles by the schedule. Absent: when creating, on; when editing, as it was. */
  scan: z.enum(switches).optional(),
  /** Changes as they happen. Absent: when creating, on where the job runs by itself, else off; when editing, as it was. */
  capture: z.enum(switches).optional(),
  /** Of the sources of which not everything is taken. Absent: when creating, of none; when editing, as it was. */
  choices: z.array(chosenSource).max(1000).readonly().optional(),
  /** Null keeps everything. Absent: when creating, what the storage gives to new jobs; when editing, as it was. */
  retention: retention.nullable().optional(),
  /** The IANA zone whose calendar the rules and times follow. Absent: this computer's; when editing, as it was. */
  zone: z.string().min(1).max(64).optional(),
  /** Null: of none. Absent, like the two below: when creating, the usual; when editing, as it was. */
  group: name.nullable().optional(),
  color: z.enum(jobColors).nullable().optional(),
  priority: z.enum(priorities).optional(),
});

/** One square of a job's strip: the worst that happened on that day, and how much was saved. */
export const dayMark = z.object({
  /** The day's first moment in local time. */
  dayMs: timeMs,
  state: z.enum(['nothing', 'success', 'warning', 'failed', 'stopped']),
  changes: z.number().int().min(0),
});

const captureView = z.object({
  /** `elsewhere`: no program is open that watches. `waiting`: what was noticed cannot be stored now. */
  state: z.enum(['off', 'paused', 'elsewhere', 'watching', 'waiting', 'storing']),
  failure: failure.nullable(),
  sources: z.array(
    z.object({
      source: sourceId,
      /** `events`: noticed at once. `polling`: every so often. `both`: some at once. `none`: only by a scan. */
      state: z.enum(['none', 'starting', 'events', 'polling', 'both', 'lost']),
      everyMs: z.number().nullable(),
      because: z.enum(['network', 'limit']).nullable(),
      places: count.nullable(),
      failure: failure.nullable(),
    }),
  ),
  lastChangeMs: timeMs.nullable(),
  sinceMs: timeMs.nullable(),
  changes: count,
  pending: count,
  scanDue: z.object({ sinceMs: timeMs, because: z.enum(scanReasons) }).nullable(),
  /** Storages that lack what was stored in another one, until a run has served them. */
  missed: z.array(z.object({ storage: storageId, sinceMs: timeMs, atMs: timeMs, failure })).readonly(),
  /** When nobody watched, newest first. `caughtUp`: what happened then was told afterwards. */
  gaps: z.array(z.object({ fromMs: timeMs, toMs: timeMs.nullable(), caughtUp: z.boolean() })),
});

export const jobSummary = jobDefinition.extend({
  id: jobId,
  timing,
  /** What will become of it by itself. */
  due,
  /** Since when nothing complete was saved, where that is too long; null: it is not. */
  lateSinceMs: timeMs.nullable(),
  /** The newest run was unlike those before it, and why that is said. */
  unusual: failure.nullable(),
  scan: z.enum(switches),
  capture: z.enum(switches),
  watch: captureView,
  choices: z.array(chosenSource).readonly(),
  retention: retention.nullable(),
  zone: z.string(),
  group: z.string().nullable(),
  color: z.enum(jobColors).nullable(),
  priority: z.enum(priorities),
  sourceNames: z.array(z.object({ id: sourceId, name: z.string(), kind: z.enum(sourceKinds) })).readonly(),
  storageName: z.string(),
  alsoTo: z.array(storageId).readonly(),
  /** Its further storages, each with what of the job is safe there. */
  furtherStorages: z.array(z.object({ id: storageId, name: z.string(), protectedUntilMs: timeMs.nullable() })).readonly(),
  running: runId.nullable(),
  lastRun: run.nullable(),
  nextRunAtMs: timeMs.nullable(),
  /** From the newest commit that was read back from a storage of its. */
  protectedUntilMs: timeMs.nullable(),
  days: z.array(dayMark).readonly(),
});

export const jobCalls = {
  'job.create': { input: jobDefinition, output: z.object({ id: jobId }) },
  'job.edit': { input: jobDefinition.extend({ id: jobId }), output: z.object({}) },
  /** Nothing else of the job. */
  'job.switch': {
    input: z.object({ id: jobId, scan: z.enum(switches).optional(), capture: z.enum(switches).optional() }),
    output: z.object({}),
  },
  'job.remove': { input: z.object({ id: jobId }), output: z.object({}) },
  /** Among all jobs, in the order of one's own; with a group, into that one. */
  'job.move': {
    input: z.object({
      id: jobId,
      to: z.discriminatedUnion('at', [
        z.object({ at: z.enum(['first', 'last']) }),
        z.object({ at: z.enum(['before', 'after']), job: jobId }),
      ]),
      group: name.nullable().optional(),
    }),
    output: z.object({}),
  },
  /** Everything but the history. Unless it is enabled, it neither scans nor captures. */
  'job.clone': { input: z.object({ id: jobId, name, enabled: z.boolean() }), output: z.object({ id: jobId }) },
  /** In the order of one's own, those of a group together. */
  'job.list': { input: z.object({}), output: z.array(jobSummary).readonly() },
  'job.show': { input: z.object({ id: jobId }), output: jobSummary },
  /** A missed time that waits for an answer. */
  'job.answer': { input: z.object({ id: jobId, answer: z.enum(['run', 'skip']) }), output: z.object({}) },
  /** When a job would run in the days to come, with the lengths that its runs usually have; nothing is set up. */
  'job.forecast': {
    input: z.object({
      /** Whose runs and lengths count; null: a job that there is not yet. */
      id: jobId.nullable(),
      schedule,
      timing,
      zone: z.string().min(1).max(64).nullable(),
      days: z.number().int().min(1).max(366),
      limit: z.number().int().min(1).max(1000),
    }),
    output: z.object({ zone: z.string(), nowMs: timeMs, runs: z.array(plannedRun).readonly() }),
  },
  /** Whether it could run now: everything that would refuse a run, and what it would leave undone. Nothing is changed. */
  'job.check': {
    input: z.object({ id: jobId }),
    output: z
      .array(
        z.object({ check: z.enum(jobChecks), name: z.string(), outcome: z.enum(findingOutcomes), failure: failure.nullable() }),
      )
      .readonly(),
  },
  /** One cycle now. A run that is paused goes on; what is wished of it then takes the place of what was. */
  'job.run': { input: z.object({ id: jobId, wish: runWish.optional() }), output: z.object({ run: runId }) },
} as const;

export const runCalls = {
  'run.list': {
    input: z.object({
      job: jobId.nullable(),
      storage: storageId.nullable(),
      kind: z.string().nullable(),
      limit: z.number().int().min(1).max(1000),
    }),
    output: z.array(run).readonly(),
  },
  'run.show': { input: z.object({ id: runId }), output: run },
  /** What goes with it beside its own work, as it stands now: some of it goes on after its end. */
  'run.steps': { input: z.object({ id: runId }), output: z.array(step).readonly() },
  /** Null when the run is not running. */
  'run.progress': { input: z.object({ id: runId }), output: runProgress.nullable() },
  /** `after-item` finishes what is being copied; `now` does not. Both keep all that was committed. */
  'run.stop': { input: z.object({ id: runId, how: z.enum(['after-item', 'now']) }), output: z.object({ stopped: z.boolean() }) },
  /** After the item at hand; holds over restarts until it is resumed. Fails with `run.cannot-pause` for what is no backup or runs not. */
  'run.pause': { input: z.object({ id: runId }), output: z.object({}) },
  /** Goes on where the last commit ended, under the same id. Fails with `run.not-paused`. */
  'run.resume': { input: z.object({ id: runId }), output: z.object({ run: runId }) },
  'run.log': {
    input: z.object({ id: runId, after: z.number().int().min(0), limit: z.number().int().min(1).max(5000) }),
    output: z.array(
      z.object({
        line: z.number().int().min(1),
        atMs: timeMs,
        level: z.enum(['info', 'warn', 'error']),
        event: z.string(),
        facts: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    ),
  },
} as const;

/** Home's verdict as facts; the sentence is the shell's. */
export const statusCalls = {
  'status.get': {
    input: z.object({}),
    output: z.object({
      /** `nothing`: no job yet. `never`: a job that has not yet saved anything. */
      verdict: z.enum(['nothing', 'protected', 'attention']),
      protectedUntilMs: timeMs.nullable(),
      /** Until then nothing runs by itself, as a person wished; null: it does. */
      pausedUntilMs: timeMs.nullable(),
      needs: z.array(
        z.object({
          kind: z.enum([
            'job-failed',
            'job-warning',
            'job-interrupted',
            'job-never-ran',
            'storage-locked',
            'storage-unavailable',
            'storage-damaged',
            'storage-flickers',
            'restore-unproven',
            'recovery-key-unconfirmed',
            'password-twice',
            'source-frozen',
            'clock-wrong',
            'removal-waits',
            'storage-nearly-full',
            'mirror-failed',
            'job-unwatched',
            'scan-due',
            'job-late',
            'job-asks',
            'job-unusual',
            'mirror-late',
            'channel-fails',
            'sign-in-ended',
            'sign-in-ends',
            'certificate-ends',
          ]),
          job: jobId.nullable(),
          storage: storageId.nullable(),
          run: runId.nullable(),
          /** Of what lies with a source alone. */
          source: sourceId.optional(),
          name: z.string(),
          sinceMs: timeMs.nullable(),
          failure: failure.nullable(),
        }),
      ),
      /** 371 days, oldest first. */
      year: z.array(dayMark).readonly(),
    }),
  },
} as const;

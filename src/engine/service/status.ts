import type { RunStatus } from '../../shared/domain/run.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import { channelNeeds } from './channel-needs.ts';
import { flickerFailure } from './checks.ts';
import { type DayMark, dayMarks } from './days.ts';
import type { JobSummary } from './job-summaries.ts';
import type { Jobs } from './jobs.ts';
import { mirrorNeeds } from './mirror-views.ts';
import { endingsOf } from './endings.ts';
import type { Need } from './need.ts';
import type { Parts } from './parts.ts';
import { unequalFailure } from './rehearsals.ts';
import type { Removals } from './removals.ts';
import type { StorageSummary } from './storage-summaries.ts';
import type { Storages } from './storages.ts';
import { pausedUntilMs } from './surroundings.ts';

export interface Status {
  verdict: 'nothing' | 'protected' | 'attention';
  protectedUntilMs: number | null;
  /** Until then nothing runs by itself, as a person wished; null: it does. */
  pausedUntilMs: number | null;
  needs: Need[];
  year: DayMark[];
}

/** 53 weeks: what the picture of a year shows. */
const yearDays = 371;

/** The one place that decides what needs a person. */
export async function readStatus(parts: Parts, jobs: Jobs, storages: Storages, removals: Removals): Promise<Status> {
  const jobList = await jobs.list();
  const needs = [
    ...(await storages.list()).flatMap(storageNeeds),
    ...(await removals.needs()),
    ...mirrorNeeds(parts),
    ...channelNeeds(parts),
    ...sourceNeeds(parts),
    ...jobList.flatMap(jobNeeds),
  ];
  const times = jobList.map((job) => job.protectedUntilMs);
  return {
    verdict: jobList.length === 0 ? 'nothing' : needs.length === 0 ? 'protected' : 'attention',
    protectedUntilMs: times.length === 0 || times.includes(null) ? null : Math.min(...times.filter((time) => time !== null)),
    pausedUntilMs: pausedUntilMs(parts),
    needs,
    year: dayMarks(parts, null, yearDays, parts.clock.nowMs()),
  };
}

/** A source of no job stops no backup. */
function sourceNeeds({ store, clock }: Pick<Parts, 'store' | 'clock'>): Need[] {
  const used = new Set(store.jobs().flatMap(({ sources }) => sources));
  return store.sources().flatMap((source): Need[] => {
    if (!used.has(source.id)) return [];
    const { id, name } = source;
    return endingsOf(source, clock.nowMs()).map(({ kind, failure }) => ({
      ...{ kind, failure, name, source: id },
      ...{ job: null, storage: null, run: null, sinceMs: null },
    }));
  });
}

function storageNeeds(storage: StorageSummary): Need[] {
  const need = (kind: Need['kind'], failure: Failure | null): Need => ({
    kind,
    failure,
    job: null,
    storage: storage.id,
    run: null,
    name: storage.name,
    sinceMs: null,
  });
  if (storage.state === 'locked') return [need('storage-locked', storage.failure)];
  if (storage.state === 'unavailable') return [need('storage-unavailable', storage.failure)];
  const needs: Need[] = [];
  if (storage.failure !== null) needs.push(need('storage-damaged', storage.failure));
  const { verification, path } = storage;
  const found = storage.lastRepair?.lost === 0 ? undefined : storage.lastCheck?.report.findings[0]?.failure;
  const damage = found ?? verification?.failure;
  if (damage !== undefined && damage !== null) needs.push(need('storage-damaged', damage));
  if (verification !== null && verification.flickered > 0) {
    needs.push(need('storage-flickers', flickerFailure(verification.flickered, path)));
  }
  const unproven = unequalFailure(storage.rehearsed);
  if (unproven !== null) {
    const run = storage.rehearsed.find(({ outcome }) => outcome === 'unequal')?.run ?? null;
    needs.push({ ...need('restore-unproven', unproven), run });
  }
  if (!storage.recoveryKeyConfirmed) needs.push(need('recovery-key-unconfirmed', null));
  if (storage.keys.some(({ isReplaced }) => isReplaced)) needs.push(need('password-twice', null));
  return needs;
}

function jobNeeds(job: JobSummary): Need[] {
  const need = (kind: Need['kind']): Need => ({
    kind,
    job: job.id,
    storage: job.storage,
    run: job.lastRun?.id ?? null,
    name: job.name,
    sinceMs: job.lastRun?.startedAtMs ?? null,
    failure: job.lastRun?.failure ?? null,
  });
  if (job.running !== null) return [];
  const ofJobOnly = { storage: null, run: null, sinceMs: null, failure: null };
  const ofRun = needOfRun[job.lastRun?.status ?? 'never'];
  return [
    ...(job.scan !== 'on' && job.capture !== 'on' ? [{ ...need('job-unwatched'), ...ofJobOnly }] : []),
    ...(ofRun === undefined ? [] : [need(ofRun)]),
    ...(job.lateSinceMs === null || job.lastRun === null
      ? []
      : [{ ...need('job-late'), ...ofJobOnly, sinceMs: job.lateSinceMs }]),
    ...(job.unusual === null ? [] : [{ ...need('job-unusual'), storage: null, failure: job.unusual }]),
    ...(job.due.kind === 'wait' && job.due.because === 'answer' ? [{ ...need('job-asks'), ...ofJobOnly }] : []),
    // Elsewhere it is begun by itself.
    ...(job.watch.scanDue !== null && job.lastRun !== null && (job.scan !== 'on' || job.schedule.mode === 'manual')
      ? [{ ...need('scan-due'), ...ofJobOnly, sinceMs: job.watch.scanDue.sinceMs }]
      : []),
  ];
}

const needOfRun: Partial<Record<RunStatus | 'never', Need['kind']>> = {
  never: 'job-never-ran',
  failed: 'job-failed',
  interrupted: 'job-interrupted',
  warning: 'job-warning',
};

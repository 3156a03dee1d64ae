import type { CallOutput } from '../../shared/contract/calls.ts';

type Run = CallOutput<'run.show'>;
type ItemRow = CallOutput<'browse.item'>;
type Verification = CallOutput<'storage.show'>['verification'];

const iso = (timeMs: number | null): string | null => (timeMs === null ? null : new Date(timeMs).toISOString());

/** Field names here are a contract with scripts: add, never rename. */
export function runJson(run: Run): Record<string, unknown> {
  return {
    id: run.id,
    kind: run.kind,
    job: run.jobName,
    storage: run.storageName,
    trigger: run.trigger,
    cause: causeJson(run.cause),
    status: run.status,
    startedAt: iso(run.startedAtMs),
    endedAt: iso(run.endedAtMs),
    phases: run.phases.map(({ phase, startedAtMs, endedAtMs }) => ({
      phase,
      startedAt: iso(startedAtMs),
      endedAt: iso(endedAtMs),
    })),
    counts: run.counts,
    bytes: run.bytes,
    problems: run.problems.map(problemJson),
    failure: run.failure,
    ...(run.restore === null ? {} : { restore: restoreJson(run.restore) }),
    ...(run.undo ? { undo: run.undo } : {}),
    ...(run.check === null ? {} : { check: run.check }),
    ...(run.retention === null ? {} : { retention: run.retention }),
    ...(run.purge === null ? {} : { purge: run.purge }),
    ...(run.repair === null ? {} : { repair: repairJson(run.repair) }),
    ...(run.rehearsal ? { rehearsal: rehearsalJson(run.rehearsal) } : {}),
  };
}

export function stepJson({ atMs, ...step }: CallOutput<'run.steps'>[number]): Record<string, unknown> {
  return { ...step, at: iso(atMs) };
}

function causeJson(cause: Run['cause']): Record<string, unknown> | null {
  return cause === null ? null : { reason: cause.reason, for: iso(cause.forMs), retry: cause.retry };
}

export function restoreJson(report: NonNullable<Run['restore']>): Record<string, unknown> {
  return {
    dryRun: report.dryRun,
    created: report.created,
    replaced: report.replaced,
    skipped: report.skipped,
    failed: report.failed.map((problem, index) => ({ ...problemJson(problem), id: report.failedItems?.[index] ?? null })),
    failedSources: report.failedSources ?? [],
    verified: report.verified,
    bytes: report.bytes,
    unkept: report.unkept ?? null,
    readBack: report.readBack ?? null,
    emptied: report.emptied ?? null,
    conflicts: report.conflicts ?? null,
    places: report.places ?? [],
    entries: report.entries,
  };
}

/** `items`: each once, however many of its versions lack something. */
function repairJson(report: NonNullable<Run['repair']>): Record<string, unknown> {
  const { lost, ...others } = report;
  const versions = lost.map(({ item, version, fromMs, toMs }) => ({ item, version, from: iso(fromMs), until: iso(toMs) }));
  return { ...others, items: [...new Set(lost.map(({ item }) => item))], versions };
}

/** Times of moments that something was tried of. */
export function rehearsalJson({ sources, ...others }: NonNullable<Run['rehearsal']>): Record<string, unknown> {
  return {
    ...others,
    sources: sources.map(({ oldestMs, newestMs, ...source }) => ({ ...source, oldest: iso(oldestMs), newest: iso(newestMs) })),
  };
}

function problemJson(problem: Run['problems'][number]): Record<string, unknown> {
  const { failure, source, folder, item, atMs } = problem;
  return { code: failure.code, retry: failure.retry, facts: failure.facts, source, folder, item, at: iso(atMs) };
}

export function itemJson(row: ItemRow): Record<string, unknown> {
  return {
    item: row.item,
    version: row.version,
    versions: row.versions,
    kind: row.kind,
    source: row.source,
    folder: row.folderPath,
    name: row.name,
    title: row.title,
    from: row.from,
    to: row.to,
    size: row.sizeBytes,
    time: iso(row.timeMs),
    validFrom: iso(row.validFromMs),
    flags: row.flags,
    deleted: row.deleted,
    vanishedAt: iso(row.vanishedAtMs),
    unchosenSince: iso(row.unchosenSinceMs),
  };
}

export function verificationJson(verification: Verification): Record<string, unknown> | null {
  if (verification === null) return null;
  const { verifiedAtMs, lastReadAtMs, nextDueMs, lastRoundAtMs, ...numbers } = verification;
  return {
    ...numbers,
    verifiedAt: iso(verifiedAtMs),
    lastReadAt: iso(lastReadAtMs),
    nextDue: iso(nextDueMs),
    lastRoundAt: iso(lastRoundAtMs),
  };
}

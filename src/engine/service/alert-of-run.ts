import { type AlertTopic, alertTopics } from '../../shared/domain/alert.ts';
import type { StrataErrorCode } from '../../shared/domain/error-codes.ts';
import type { Facts } from '../../shared/domain/strata-error.ts';
import type { Run, RunKind, RunStatus } from '../../shared/domain/run.ts';
import type { NewAlert } from '../alerts/index.ts';

/** What it means that history cannot be trusted, whoever found it. */
const grave: ReadonlySet<StrataErrorCode> = new Set([
  'storage.damaged',
  'storage.record-damaged',
  'storage.went-back',
  'storage.not-this-one',
  'storage.verify-failed',
  'rehearsal.unequal',
]);

type Ends = Readonly<Partial<Record<RunStatus, AlertTopic>>>;
const work: Ends = { failed: 'work-failed', interrupted: 'work-failed' };
const ends: Readonly<Record<RunKind, Ends>> = {
  backup: { success: 'backup-done', warning: 'backup-warning', failed: 'backup-failed', interrupted: 'backup-failed' },
  check: { success: 'check-done', warning: 'check-warning', failed: 'check-failed', interrupted: 'check-failed' },
  mirror: { success: 'mirror-done', warning: 'mirror-warning', failed: 'mirror-failed', interrupted: 'mirror-failed' },
  rehearsal: { success: 'rehearsal-done', failed: 'rehearsal-failed', interrupted: 'rehearsal-failed' },
  restore: { success: 'restore-done', warning: 'restore-warning', failed: 'restore-failed', interrupted: 'restore-failed' },
  undo: work,
  retention: work,
  purge: work,
  repair: work,
  'rebuild-catalog': work,
  'index-texts': work,
};

/** Undefined: nobody is told that these begin. */
export function alertOfStart(run: Run): NewAlert | undefined {
  if (run.kind === 'backup') return alertOf(run, 'backup-started');
  return run.kind === 'restore' ? alertOf(run, 'restore-started') : undefined;
}

/** Undefined: it was stopped, which who stopped it knows, or it is not over. */
export function alertOfEnd(run: Run): NewAlert | undefined {
  const isDamage = run.kind === 'check' && (run.check?.findings.length ?? 0) > 0;
  const topic = isDamage ? 'damage-found' : ends[run.kind][run.status];
  return topic === undefined ? undefined : alertOf(run, topic);
}

function alertOf(run: Run, topic: AlertTopic): NewAlert {
  const { job, jobName, storage, storageName, failure } = run;
  const { level } = alertTopics[topic];
  const isPassing = level === 'error' && failure?.retry === 'later';
  return {
    topic,
    level: failure !== null && grave.has(failure.code) ? 'critical' : isPassing ? 'warning' : level,
    cause: causeOf(run, topic),
    job: job === null ? null : { id: job, name: jobName ?? '' },
    storage: storage === null ? null : { id: storage, name: storageName ?? '' },
    run: run.id,
    byPerson: run.trigger === 'person',
    failure,
    facts: factsOf(run),
  };
}

/** Whose trouble it is: ended by the next success of the same kind. */
export const troublesOf = ({ kind, job, storage }: Run): string => `${kind}:${job ?? storage ?? ''}:`;

function causeOf(run: Run, topic: AlertTopic): string {
  if (topic === 'damage-found') return damageOf(run.storage);
  if (alertTopics[topic].level === 'information') return `run:${run.id}:${topic}`;
  return `${troublesOf(run)}${run.failure?.code ?? run.status}`;
}
export const damageOf = (storage: string | null): string => `damage:${storage ?? ''}`;

function factsOf({ counts, bytes, problems, startedAtMs, endedAtMs, kind }: Run): Facts {
  const { new: added, changed, vanished, failed } = counts;
  const seconds = endedAtMs === null ? 0 : Math.round((endedAtMs - startedAtMs) / 1000);
  return { kind, new: added, changed, vanished, failed, stored: bytes.stored, problems: problems.length, seconds };
}

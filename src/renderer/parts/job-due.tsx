import { type JobSummary, useLiveRuns } from '../state/index.ts';
import type { GlyphName } from '../widgets/index.ts';
import { useFormat, useWords } from '../words/index.ts';
import { heldBy, heldWords } from './due-words.ts';
import css from './job-due.module.css';
import { glyphOfRun } from './run-state.tsx';

/** Minutes that a due run may take to begin before it is called late: the shell's heartbeat and a run before it in the queue. */
const graceMs = 15 * 60_000;

export const isLate = (job: JobSummary): boolean =>
  job.running === null && heldBy(job) === null && job.nextRunAtMs !== null && job.nextRunAtMs + graceMs < Date.now();

/** Nothing of it is backed up by itself, and no person chose to do it by hand. */
export const isUnwatched = ({ scan, capture }: Pick<JobSummary, 'scan' | 'capture'>): boolean =>
  scan !== 'on' && capture !== 'on';

/** The worst first: what failed is not fine because it will be tried again. */
export function glyphOfJob(job: JobSummary): GlyphName {
  if (job.running !== null) return 'running';
  if (isUnwatched(job)) return 'failed';
  if (isLate(job)) return 'late';
  if (heldBy(job) !== null && job.lastRun?.status !== 'failed') return 'waiting';
  return job.lastRun ? glyphOfRun[job.lastRun.status] : 'nothing';
}

/** Two lines: what comes next, or what is wrong; and what is saved. */
export function JobDue({ job }: { readonly job: JobSummary }) {
  const t = useWords();
  const format = useFormat();
  const live = useLiveRuns(({ runs }) => runs.find(({ run }) => run.id === job.running));
  const counts = live?.progress?.counts;
  const saved =
    job.protectedUntilMs === null ? t('home.notYet') : t('home.lastSaved', { moment: format.shortMoment(job.protectedUntilMs) });
  return (
    <div className={css['due']}>
      <span className={css[toneOf(job)]}>{nextWords(job, t, format)}</span>
      <span className="st-soft">
        {counts ? t('home.changesSoFar', { count: counts.new + counts.changed + counts.moved + counts.metadataOnly }) : saved}
      </span>
    </div>
  );
}

function toneOf(job: JobSummary): 'failed' | 'late' | 'plain' {
  if (job.running === null && (job.lastRun?.status === 'failed' || isUnwatched(job))) return 'failed';
  return isLate(job) ? 'late' : 'plain';
}

function nextWords(job: JobSummary, t: ReturnType<typeof useWords>, format: ReturnType<typeof useFormat>): string {
  if (job.running !== null) return t('home.running');
  if (isUnwatched(job)) return t('home.unwatched');
  if (job.scan !== 'on') return t('home.captureOnly');
  if (job.lastRun?.status === 'failed') return t('home.failed', { moment: format.shortMoment(job.lastRun.startedAtMs) });
  const held = heldWords(job, t, format);
  if (held !== null) return t('home.held', { held });
  if (job.nextRunAtMs === null) return t(nothingPlanned[job.schedule.mode]);
  if (isLate(job)) return t('home.late', { moment: format.shortMoment(job.nextRunAtMs) });
  if (job.nextRunAtMs <= Date.now()) return t('home.dueNow');
  return t('home.next', { moment: format.shortMoment(job.nextRunAtMs) });
}

/** Where no time is known at which it would begin. */
const nothingPlanned = {
  manual: 'home.byHand',
  once: 'home.done',
  continuous: 'home.byHand',
  times: 'home.done',
  cron: 'home.done',
  'on-change': 'home.onChange',
  'on-plug': 'home.onPlug',
} as const;

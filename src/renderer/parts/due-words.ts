import type { WaitReason } from '../../shared/domain/schedule.ts';
import type { JobSummary } from '../state/index.ts';
import type { useFormat, useWords } from '../words/index.ts';

/** What a job waits for beside its time: the reason why it does not run now although it would. Null where it is none. */
export function heldBy({ due, running, scan }: JobSummary): Exclude<WaitReason, 'time'> | null {
  if (running !== null || scan !== 'on' || due.kind !== 'wait') return null;
  return due.because === 'time' ? null : due.because;
}

/** `waits for power`, and until when at least where that is known. Null where nothing holds it. */
export function heldWords(job: JobSummary, t: ReturnType<typeof useWords>, format: ReturnType<typeof useFormat>): string | null {
  const reason = heldBy(job);
  if (reason === null || job.due.kind !== 'wait') return null;
  const why = t(`jobs.waits.${reason}`);
  const { untilMs } = job.due;
  return untilMs === null ? why : t('jobs.waitsUntil', { why, moment: format.shortMoment(untilMs) });
}

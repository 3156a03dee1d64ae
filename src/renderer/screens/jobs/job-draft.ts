import { type ChosenSource, choiceOf, choiceText } from '../../../shared/domain/choice.ts';
import type { SourceId } from '../../../shared/domain/ids.ts';
import type { Switch } from '../../../shared/domain/capture.ts';
import type { Retention } from '../../../shared/domain/retention.ts';
import { isName } from '../../parts/names.ts';
import type { JobSummary } from '../../state/index.ts';
import { type Idle, idleMsOf, idleOf, isIdle } from './idle-time.ts';
import { isSame } from '../../parts/keep-presets.ts';

/** What of a job can be changed on its page. Its storage cannot: that would send copies elsewhere in silence. */
export interface JobDraft {
  readonly name: string;
  readonly mode: 'manual' | 'continuous';
  /** Kept while the mode is manual, so that going back and forth loses nothing. */
  readonly idle: Idle;
  readonly scan: Switch;
  readonly capture: Switch;
  readonly sources: readonly SourceId[];
  /** Of the sources of which not everything is taken. */
  readonly choices: readonly ChosenSource[];
  /** Null keeps everything. */
  readonly retention: Retention | null;
}

/** Six hours, where a job has had no idle time before. */
const usualIdleMs = 6 * 3_600_000;

export const draftOf = (job: JobSummary): JobDraft => ({
  name: job.name,
  mode: job.schedule.mode === 'continuous' ? 'continuous' : 'manual',
  idle: idleOf(job.schedule.mode === 'continuous' ? job.schedule.idleMs : usualIdleMs),
  scan: job.scan,
  capture: job.capture,
  sources: job.sources,
  choices: job.choices,
  retention: job.retention,
});

export type JobChange = 'name' | 'schedule' | 'scan' | 'capture' | 'sources' | 'choices' | 'retention';

export function changesOf(job: JobSummary, draft: JobDraft): readonly JobChange[] {
  const idleChanged =
    job.schedule.mode === 'continuous' && draft.mode === 'continuous' && job.schedule.idleMs !== idleMsOf(draft.idle);
  const sameSources =
    job.sources.length === draft.sources.length && draft.sources.every((source) => job.sources.includes(source));
  const before = draftOf(job).mode;
  return [
    ...(job.name === draft.name ? [] : (['name'] as const)),
    ...(before === draft.mode && !idleChanged ? [] : (['schedule'] as const)),
    ...(job.scan === draft.scan ? [] : (['scan'] as const)),
    ...(job.capture === draft.capture ? [] : (['capture'] as const)),
    ...(sameSources ? [] : (['sources'] as const)),
    ...(sameChoices(job.choices, draft) ? [] : (['choices'] as const)),
    ...(isSame(job.retention, draft.retention) ? [] : (['retention'] as const)),
  ];
}

/** Of the sources that stay: of one that comes it is said that it does. */
const sameChoices = (before: JobSummary['choices'], { sources, choices }: JobDraft): boolean =>
  sources.every((source) => choiceText(choiceOf(before, source)) === choiceText(choiceOf(choices, source)));

export const isValid = (draft: JobDraft): boolean =>
  isName(draft.name) && draft.sources.length > 0 && (draft.mode === 'manual' || isIdle(draft.idle));

/** As the contract takes it. */
export const definitionOf = (job: JobSummary, draft: JobDraft) => ({
  id: job.id,
  name: draft.name,
  sources: [...draft.sources],
  choices: [...draft.choices],
  storage: job.storage,
  scan: draft.scan,
  capture: draft.capture,
  retention: draft.retention,
  schedule: scheduleOf(job, draft),
});

/** What the page cannot say yet stays as it is. */
function scheduleOf(job: JobSummary, draft: JobDraft) {
  if (!changesOf(job, draft).includes('schedule')) return job.schedule;
  return draft.mode === 'manual' ? { mode: 'manual' as const } : { mode: 'continuous' as const, idleMs: idleMsOf(draft.idle) };
}

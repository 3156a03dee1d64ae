import { type ChosenSource, choiceOf, isSameChoice } from '../../../shared/domain/choice.ts';
import type { SourceId, StorageId } from '../../../shared/domain/ids.ts';
import type { Switch } from '../../../shared/domain/capture.ts';
import type { JobColor, Priority } from '../../../shared/domain/job-marks.ts';
import type { Retention } from '../../../shared/domain/retention.ts';
import { isName } from '../../parts/names.ts';
import type { JobSummary } from '../../state/index.ts';
import { savingFaultOf, saysSame, scheduleOf, type When, whenOf } from '../../parts/schedule/when.ts';
import { isSame } from '../../parts/keep-presets.ts';

/** What of a job can be changed on its page. Another storage is asked about first: copies go nowhere in silence. */
export interface JobDraft {
  readonly name: string;
  readonly when: When;
  readonly scan: Switch;
  readonly capture: Switch;
  readonly sources: readonly SourceId[];
  readonly storage: StorageId;
  /** Further ones, that each run serves as well. */
  readonly alsoTo: readonly StorageId[];
  /** Of the sources of which not everything is taken. */
  readonly choices: readonly ChosenSource[];
  /** Null keeps everything. */
  readonly retention: Retention | null;
  /** Empty: of none. */
  readonly group: string;
  readonly color: JobColor | null;
  readonly priority: Priority;
}

export const draftOf = (job: JobSummary): JobDraft => ({
  name: job.name,
  when: whenOf(job.schedule, job.timing, job.zone),
  scan: job.scan,
  capture: job.capture,
  sources: job.sources,
  storage: job.storage,
  alsoTo: job.alsoTo,
  choices: job.choices,
  retention: job.retention,
  group: job.group ?? '',
  color: job.color,
  priority: job.priority,
});

export type JobChange =
  | 'name'
  | 'schedule'
  | 'windows'
  | 'conditions'
  | 'zone'
  | 'scan'
  | 'capture'
  | 'sources'
  | 'choices'
  | 'storage'
  | 'alsoTo'
  | 'retention'
  | 'group'
  | 'color'
  | 'priority';

export function changesOf(job: JobSummary, draft: JobDraft): readonly JobChange[] {
  const sameSources =
    job.sources.length === draft.sources.length && draft.sources.every((source) => job.sources.includes(source));
  return [
    ...(job.name === draft.name ? [] : (['name'] as const)),
    ...whenChanges(job, draft.when),
    ...(job.scan === draft.scan ? [] : (['scan'] as const)),
    ...(job.capture === draft.capture ? [] : (['capture'] as const)),
    ...(sameSources ? [] : (['sources'] as const)),
    ...(sameChoices(job.choices, draft) ? [] : (['choices'] as const)),
    ...(job.storage === draft.storage ? [] : (['storage'] as const)),
    ...(saysSame(job.alsoTo, furtherOf(draft)) ? [] : (['alsoTo'] as const)),
    ...(isSame(job.retention, draft.retention) ? [] : (['retention'] as const)),
    ...((job.group ?? '') === draft.group ? [] : (['group'] as const)),
    ...(job.color === draft.color ? [] : (['color'] as const)),
    ...(job.priority === draft.priority ? [] : (['priority'] as const)),
  ];
}

/** What was a further one may be the first by now. */
export const furtherOf = ({ storage, alsoTo }: Pick<JobDraft, 'storage' | 'alsoTo'>): readonly StorageId[] =>
  alsoTo.filter((id) => id !== storage);

/** A schedule that cannot be understood yet is a change: it is neither saved nor forgotten. */
function whenChanges(job: JobSummary, when: When): readonly JobChange[] {
  const schedule = scheduleOf(when);
  const { windows, windowEnd, slowBytesPerSecond, ...conditions } = when.timing;
  const { windows: oldWindows, windowEnd: oldEnd, slowBytesPerSecond: oldRate, ...oldConditions } = job.timing;
  return [
    ...(schedule !== null && saysSame(schedule, job.schedule) ? [] : (['schedule'] as const)),
    ...(saysSame([windows, windowEnd, slowBytesPerSecond], [oldWindows, oldEnd, oldRate]) ? [] : (['windows'] as const)),
    ...(saysSame(conditions, oldConditions) ? [] : (['conditions'] as const)),
    ...((when.zone ?? job.zone) === job.zone ? [] : (['zone'] as const)),
  ];
}

/** Of the sources that stay: of one that comes it is said that it does. */
const sameChoices = (before: JobSummary['choices'], { sources, choices }: JobDraft): boolean =>
  sources.every((source) => {
    const [then, now] = [choiceOf(before, source), choiceOf(choices, source)];
    return isSameChoice(then, now) && then.priority === now.priority;
  });

export const isValid = (draft: JobDraft): boolean =>
  isName(draft.name) &&
  (draft.group === '' || isName(draft.group)) &&
  draft.sources.length > 0 &&
  savingFaultOf(draft.when) === null;

/** As the contract takes it. */
export const definitionOf = (job: JobSummary, draft: JobDraft) => ({
  id: job.id,
  name: draft.name,
  sources: [...draft.sources],
  choices: [...draft.choices],
  storage: draft.storage,
  alsoTo: [...furtherOf(draft)],
  scan: draft.scan,
  capture: draft.capture,
  retention: draft.retention,
  group: draft.group === '' ? null : draft.group,
  color: draft.color,
  priority: draft.priority,
  schedule: scheduleOf(draft.when) ?? job.schedule,
  timing: draft.when.timing,
  zone: draft.when.zone ?? job.zone,
});

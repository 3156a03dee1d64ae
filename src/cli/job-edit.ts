import type { CallInput, CallOutput } from '../shared/contract/calls.ts';
import type { ChosenSource } from '../shared/domain/choice.ts';
import { type JobChangeLine, type JobFacts, sayJobChanges } from '../shared/words/job-changes.ts';
import type { Context } from './context.ts';

type Job = CallOutput<'job.list'>[number];
type Edit = CallInput<'job.edit'>;

/** What an edit changes of a job, in words: what it does not name stays as it was. */
export function changesByEdit(
  { language, formats }: Context,
  job: Job,
  edit: Edit,
  { sources, storageName, furtherNames }: Pick<JobFacts, 'sources' | 'storageName' | 'furtherNames'>,
): readonly JobChangeLine[] {
  const after: JobFacts = {
    ...{ name: edit.name, sources, storageName, furtherNames, schedule: edit.schedule },
    timing: edit.timing ?? job.timing,
    scan: edit.scan ?? job.scan,
    capture: edit.capture ?? job.capture,
    choices: (edit.choices as readonly ChosenSource[] | undefined) ?? job.choices,
    retention: edit.retention === undefined ? job.retention : edit.retention,
    zone: edit.zone ?? job.zone,
    group: edit.group === undefined ? job.group : edit.group,
    color: edit.color === undefined ? job.color : edit.color,
    priority: edit.priority ?? job.priority,
  };
  const before = { ...job, sources: job.sourceNames, furtherNames: job.furtherStorages.map((one) => one.name) };
  return sayJobChanges(before, after, language, formats);
}

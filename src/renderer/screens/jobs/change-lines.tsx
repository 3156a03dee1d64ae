import { sayJobChanges } from '../../../shared/words/job-changes.ts';
import { type JobSummary, useSources, useStorages } from '../../state/index.ts';
import { Note } from '../../widgets/index.ts';
import { useFormat, useLanguage, useWords } from '../../words/index.ts';
import { scheduleOf } from '../../parts/schedule/when.ts';
import { furtherOf, type JobDraft } from './job-draft.ts';
import css from './jobs.module.css';

/** What was and what becomes, as the command line says it too; what loses protection is loud. */
export function ChangeLines({ job, draft }: { readonly job: JobSummary; readonly draft: JobDraft }) {
  const t = useWords();
  const format = useFormat();
  const language = useLanguage();
  const known = useSources(({ value }) => value) ?? [];
  const storages = useStorages(({ value }) => value) ?? [];
  const after = {
    ...draft,
    sources: known.filter(({ id }) => draft.sources.includes(id)),
    furtherNames: storages.filter(({ id }) => furtherOf(draft).includes(id)).map(({ name }) => name),
    storageName: storages.find(({ id }) => id === draft.storage)?.name ?? job.storageName,
    schedule: scheduleOf(draft.when) ?? job.schedule,
    timing: draft.when.timing,
    zone: draft.when.zone ?? job.zone,
    group: draft.group === '' ? null : draft.group,
  };
  const furtherNames = job.furtherStorages.map(({ name }) => name);
  const formats = { time: format.fullMoment, bytes: format.bytes };
  const lines = sayJobChanges({ ...job, sources: job.sourceNames, furtherNames }, after, language, formats);
  const losses = lines.filter(({ isLoss }) => isLoss);
  return (
    // Focusable, since it may scroll where much changes.
    <section className={css['changeLines']} aria-label={t('jobs.whatChanges')} tabIndex={0}>
      {losses.length > 0 && (
        <Note tone="failed" title={t('jobs.losesProtection')} live>
          {losses.map(({ text }) => (
            <p key={text}>{text}</p>
          ))}
        </Note>
      )}
      <ul>
        {lines
          .filter(({ isLoss }) => !isLoss)
          .map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
      </ul>
    </section>
  );
}

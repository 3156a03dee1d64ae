import { Select } from '@mantine/core';
import { FurtherStorages } from '../../parts/further-storages.tsx';
import { type JobSummary, useStorages } from '../../state/index.ts';
import { Card } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { furtherOf, type JobDraft } from './job-draft.ts';

interface Props {
  readonly job: JobSummary;
  readonly draft: Pick<JobDraft, 'storage' | 'alsoTo'>;
  readonly onChange: (changed: Partial<Pick<JobDraft, 'storage' | 'alsoTo'>>) => void;
}

/** Where it saves to. Another one is asked about before it is saved. */
export function StorageCard({ job, draft, onChange }: Props) {
  const t = useWords();
  const known = useStorages(({ value }) => value) ?? [];
  // While the list is on its way, the job's own is named all the same.
  const list = known.length === 0 ? [{ id: job.storage, name: job.storageName }] : known;
  return (
    <Card title={t('jobs.storage')}>
      <Select
        aria-label={t('jobs.storage')}
        allowDeselect={false}
        data={list.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.storage}
        onChange={(value) => {
          const chosen = list.find(({ id }) => id === value);
          if (chosen !== undefined) onChange({ storage: chosen.id });
        }}
      />
      <FurtherStorages first={draft.storage} chosen={furtherOf(draft)} onChange={(alsoTo) => onChange({ alsoTo })} />
    </Card>
  );
}

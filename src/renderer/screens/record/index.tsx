import { Button } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { StorageId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/words/say.ts';
import { engine } from '../../client/index.ts';
import { actSettingNames } from '../../../shared/words/acts.ts';
import type { RecordSearch } from '../../search-params.ts';
import { useAnswer } from '../../state/index.ts';
import { EmptyState, FailureNote, LinkButton, Page, Waiting } from '../../widgets/index.ts';
import { useLanguage, useWords } from '../../words/index.ts';
import { Filters } from './filters.tsx';
import { RecordTable } from './record-table.tsx';
import { SaveRecord } from './save-record.tsx';

/** How many lines are shown at once, and how many more are at a time. */
const pageSize = 200;
/** The contract gives as many at once. */
const mostLines = 10_000;

const queryOf = ({ act, storage, text }: RecordSearch, language: Language) => ({
  sinceMs: null,
  untilMs: null,
  kinds: act === undefined ? [] : [act],
  storage: (storage ?? null) as StorageId | null,
  text: text ?? '',
  settingNames: actSettingNames(language),
});

/** Who did what with what is stored: to read, to narrow down, to save. Nothing here changes a line. */
export function RecordPage() {
  const t = useWords();
  const search = useSearch({ from: '/record' });
  const [limit, setLimit] = useState(pageSize);
  const query = queryOf(search, useLanguage());
  const answer = useAnswer(
    `record ${JSON.stringify(query)} ${limit}`,
    () => engine.call('record.list', { ...query, before: null, limit }),
    true,
  );
  const content = () => {
    if (answer.failure)
      return <FailureNote failure={answer.failure} title={t('parts.broken')} retry={() => void answer.refresh()} />;
    if (answer.value === null) return <Waiting rows={8} />;
    const { rows, more } = answer.value;
    if (rows.length === 0 && Object.keys(search).length > 0)
      return (
        <EmptyState title={t('record.emptyFilter')} action={<LinkButton to="/record">{t('parts.clearFilters')}</LinkButton>} />
      );
    if (rows.length === 0) return <EmptyState title={t('record.empty')} />;
    return (
      <>
        <RecordTable rows={rows} />
        {more && (
          <Button size="sm" onClick={() => setLimit(Math.min(mostLines, limit + pageSize))} loading={answer.pending}>
            {t('record.more')}
          </Button>
        )}
      </>
    );
  };
  return (
    <Page
      crumb={{ label: t('runs.title'), to: '/runs' }}
      title={t('record.title')}
      fact={t('record.meaning')}
      bar={<Filters search={search} />}
      actions={<SaveRecord query={query} most={mostLines} />}
    >
      {content()}
    </Page>
  );
}

import { Select, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { actKinds } from '../../../shared/domain/act.ts';
import { sayAct } from '../../../shared/words/acts.ts';
import type { RecordSearch } from '../../search-params.ts';
import { useStorages } from '../../state/index.ts';
import { useLanguage, useWords } from '../../words/index.ts';
import css from './record.module.css';

export function Filters({ search }: { readonly search: RecordSearch }) {
  const t = useWords();
  const language = useLanguage();
  const navigate = useNavigate({ from: '/record' });
  const storages = useStorages((feed) => feed.value) ?? [];
  const change = (next: { readonly [Key in keyof RecordSearch]?: RecordSearch[Key] | undefined }): void =>
    void navigate({ replace: true, search: (former) => ({ ...former, ...next }) as RecordSearch });
  return (
    <div className={css['filters']}>
      <TextInput
        className={css['text'] ?? ''}
        type="search"
        aria-label={t('record.filter.text')}
        placeholder={t('record.filter.text')}
        value={search.text ?? ''}
        onChange={(event) => change({ text: event.currentTarget.value || undefined })}
      />
      <Select
        className={css['act'] ?? ''}
        aria-label={t('record.filter.act')}
        data={[
          { value: '', label: t('record.filter.anyAct') },
          ...actKinds.map((kind) => ({ value: kind, label: sayAct(kind, language) })),
        ]}
        value={search.act ?? ''}
        onChange={(kind) => change({ act: actKinds.find((known) => known === kind) })}
      />
      <Select
        className={css['storage'] ?? ''}
        aria-label={t('record.filter.storage')}
        data={[
          { value: '', label: t('record.filter.anyStorage') },
          ...storages.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={search.storage ?? ''}
        onChange={(storage) => change({ storage: storage === null || storage === '' ? undefined : storage })}
      />
    </div>
  );
}

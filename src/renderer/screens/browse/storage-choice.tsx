import { Select } from '@mantine/core';
import { HardDrive } from 'lucide-react';
import type { StorageSummary } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import css from './folder-tree.module.css';
import { usePlace } from './use-place.ts';

interface Props {
  readonly storage: StorageSummary;
  readonly storages: readonly StorageSummary[];
}

/** Only where there is a choice. */
export function StorageChoice({ storage, storages }: Props) {
  const t = useWords();
  const { go } = usePlace();
  if (storages.length < 2) return null;
  return (
    <Select
      className={css['choice'] ?? ''}
      aria-label={t('browse.storage')}
      leftSection={<HardDrive size={16} strokeWidth={1.75} aria-hidden />}
      data={storages.map(({ id, name }) => ({ value: id, label: name }))}
      value={storage.id}
      onChange={(id) => id !== null && go({ storage: id, folder: undefined, item: undefined, version: undefined, at: undefined })}
    />
  );
}

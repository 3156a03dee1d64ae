import { Checkbox } from '@mantine/core';
import type { StorageId } from '../../shared/domain/ids.ts';
import { useStorages } from '../state/index.ts';
import { useWords } from '../words/index.ts';
import css from './further-storages.module.css';

interface Props {
  /** The one that is served first. */
  readonly first: StorageId | null;
  readonly chosen: readonly StorageId[];
  readonly onChange: (chosen: readonly StorageId[]) => void;
}

/** Where a job saves to as well. Nothing where there is no other storage. */
export function FurtherStorages({ first, chosen, onChange }: Props) {
  const t = useWords();
  const others = (useStorages(({ value }) => value) ?? []).filter(({ id }) => id !== first);
  if (first === null || others.length === 0) return null;
  return (
    <Checkbox.Group
      className={css['group'] ?? ''}
      label={t('parts.alsoTo')}
      description={t('parts.alsoToMeaning')}
      value={[...chosen]}
      // In the order of the list: it is the order in which they are served.
      onChange={(ids) => onChange(others.filter(({ id }) => ids.includes(id)).map(({ id }) => id))}
    >
      <div className={css['list']}>
        {others.map(({ id, name }) => (
          <Checkbox key={id} value={id} label={name} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

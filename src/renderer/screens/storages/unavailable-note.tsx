import { Button } from '@mantine/core';
import { useState } from 'react';
import { mayOpenByCopy } from '../../../shared/domain/repair.ts';
import type { StorageSummary } from '../../state/index.ts';
import { Note } from '../../widgets/index.ts';
import { useFailureWords, useWords } from '../../words/index.ts';
import { OpenByCopyDialog } from './open-by-copy-dialog.tsx';

interface Props {
  readonly storage: StorageSummary;
  readonly onOpened: (copy: string) => void;
}

/** A disk that is away, or one that is there and lacks what makes it a storage: from outside they may look the same. */
export function UnavailableNote({ storage, onOpened }: Props) {
  const t = useWords();
  const say = useFailureWords();
  const [asking, setAsking] = useState(false);
  const { path, failure } = storage;
  if (failure === null || !mayOpenByCopy(failure)) {
    return (
      <Note tone="warning" title={t('storages.unavailable.title')}>
        {t('storages.unavailable.meaning', { path })}
      </Note>
    );
  }
  return (
    <>
      <Note
        tone="warning"
        title={say(failure)}
        action={
          <Button size="sm" onClick={() => setAsking(true)}>
            {t('storages.byCopy.open')}
          </Button>
        }
      >
        {t('storages.byCopy.meaning')}
      </Note>
      {asking && <OpenByCopyDialog storage={storage} onClose={() => setAsking(false)} onOpened={onOpened} />}
    </>
  );
}

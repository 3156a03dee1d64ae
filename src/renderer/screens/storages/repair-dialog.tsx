import { Modal } from '@mantine/core';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { type StorageSummary, tellFailure, useLiveRuns } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import { RepairAsk } from './repair-ask.tsx';
import { RepairTrial } from './repair-trial.tsx';
import type { Trial } from './trial.ts';

interface Props {
  readonly storage: StorageSummary;
  /** The folder of a copy that missing pieces may come from; empty: none is known. */
  readonly copy: string;
  readonly onClose: () => void;
}

/** Where from, then what would be done, then the run itself: nothing is changed before somebody saw what it would be. */
export function RepairDialog({ storage, copy, onClose }: Props) {
  const t = useWords();
  const [trial, setTrial] = useState<Trial | null>(null);
  const [from, setFrom] = useState(copy);
  const begin = (begun: Trial): void => {
    setFrom(begun.from ?? '');
    setTrial(begun);
  };
  const isReading = useLiveRuns(({ runs }) => runs.some(({ run }) => run.id === trial?.run));
  // Nobody waits for what nobody sees.
  const close = (): void => {
    if (trial !== null && isReading) {
      void tellFailure(t('storages.repair.stop'), () => engine.call('run.stop', { id: trial.run, how: 'now' }));
    }
    onClose();
  };
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t('storages.repair.title', { name: storage.name })}
      closeOnClickOutside={trial === null}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      {trial === null ? (
        <RepairAsk storage={storage} copy={from} onTry={begin} onClose={onClose} />
      ) : (
        <RepairTrial storage={storage} trial={trial} onBack={() => setTrial(null)} onClose={onClose} />
      )}
    </Modal>
  );
}

import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { StorageSummary } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import { RepairAsk } from './repair-ask.tsx';
import { RepairTrial } from './repair-trial.tsx';
import type { Trial } from './trial.ts';

interface Props {
  readonly storage: StorageSummary;
  readonly onClose: () => void;
}

/** Where from, then what would be done, then the run itself: nothing is changed before somebody saw what it would be. */
export function RepairDialog({ storage, onClose }: Props) {
  const t = useWords();
  const [trial, setTrial] = useState<Trial | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('storages.repair.title', { name: storage.name })}
      closeOnClickOutside={trial === null}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      {trial === null ? (
        <RepairAsk storage={storage} onTry={setTrial} onClose={onClose} />
      ) : (
        <RepairTrial storage={storage} trial={trial} onBack={() => setTrial(null)} onClose={onClose} />
      )}
    </Modal>
  );
}

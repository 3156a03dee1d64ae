import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { CheckCharacters, isTyped } from '../../parts/check-characters.tsx';
import { RecoverySheet } from '../../parts/recovery-sheet.tsx';
import type { StorageSummary } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import { PasswordDialog } from './secret-dialog.tsx';
import css from './storages.module.css';

interface Props {
  readonly storage: StorageSummary;
  /** `show` gives the sheet that there is; `renew` makes another, and the old one opens nothing more; `new-key` does so for everything. */
  readonly what: 'show' | 'renew' | 'new-key';
  readonly onClose: () => void;
}

/** The password first, then the sheet. A new one has to exist on paper before the dialog closes. */
export function SheetDialog({ storage, what, onClose }: Props) {
  const t = useWords();
  const [sheet, setSheet] = useState<{ recoveryKey: string; checkCharacters: string } | null>(null);
  const [madeAtMs, setMadeAtMs] = useState(storage.createdAtMs);
  const [typed, setTyped] = useState('');
  const ask = async (password: string): Promise<void> => {
    const { id } = storage;
    if (what === 'show') setSheet(await engine.call('storage.showRecoveryKey', { id, password }));
    else {
      const proof = { by: 'password' as const, password };
      setSheet(
        what === 'renew'
          ? await engine.call('storage.renewRecoveryKey', { id, proof })
          : await engine.call('storage.newKey', { id, password }),
      );
      setMadeAtMs(Date.now());
    }
  };
  const close = async (): Promise<void> => {
    if (what !== 'show') await engine.call('storage.confirmRecoveryKey', { id: storage.id });
    onClose();
  };
  if (sheet === null) {
    return (
      <PasswordDialog
        title={t(`storages.keys.sheetTitle.${what}`, { name: storage.name })}
        meaning={t(`storages.keys.sheetMeaning.${what}`)}
        action={t(`storages.keys.sheetAction.${what}`)}
        danger={what === 'new-key'}
        onClose={onClose}
        onPassword={ask}
      />
    );
  }
  const isProved = what === 'show' || isTyped(sheet.checkCharacters, typed);
  return (
    <Modal
      opened
      onClose={() => isProved && void close()}
      withCloseButton={isProved}
      closeOnEscape={isProved}
      closeOnClickOutside={false}
      title={t(`storages.keys.sheetTitle.${what}`, { name: storage.name })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <div className={css['form']}>
        <RecoverySheet facts={{ ...sheet, id: storage.id, name: storage.name, path: storage.path, madeAtMs }} />
        {what !== 'show' && <CheckCharacters expected={sheet.checkCharacters} typed={typed} onType={setTyped} />}
        <div className={css['actions']}>
          <Button variant="filled" disabled={!isProved} onClick={() => void close()}>
            {t('storages.keys.sheetDone')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

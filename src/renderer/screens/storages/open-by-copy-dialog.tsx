import { Button, Modal, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { type Failure, failureOf } from '../../../shared/domain/strata-error.ts';
import { engine } from '../../client/index.ts';
import { type StorageSummary, useAttempt, useStorages } from '../../state/index.ts';
import { FailureNote } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { CopyField } from './copy-field.tsx';
import css from './storages.module.css';

interface Props {
  readonly storage: StorageSummary;
  readonly onClose: () => void;
  readonly onOpened: (copy: string) => void;
}

/** The keychain was to have the key, and has not. */
const isForPassword = ({ code }: Failure): boolean => code === 'storage.needs-password' || code === 'keychain.unavailable';

/** The STORAGE of a copy stands in for the one that is lost, until a repair has made that anew. */
export function OpenByCopyDialog({ storage: { id, name, keyInKeychain }, onClose, onOpened }: Props) {
  const t = useWords();
  const { busy, failure, attempt } = useAttempt();
  const [path, setPath] = useState('');
  const [password, setPassword] = useState('');
  const [asks, setAsks] = useState(!keyInKeychain);
  const copy = path.trim();
  const open = async (): Promise<void> => {
    const unlock = asks ? { by: 'password' as const, password } : { by: 'keychain' as const };
    const opened = await attempt(async () => {
      try {
        return await engine.call('storage.unlock', { id, unlock, keepInKeychain: keyInKeychain, copy });
      } catch (error) {
        if (isForPassword(failureOf(error))) setAsks(true);
        throw error;
      }
    });
    if (opened === undefined) return;
    onOpened(copy);
    await useStorages.getState().refresh();
  };
  const canOpen = copy !== '' && (!asks || password !== '');
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('storages.byCopy.title', { name })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (canOpen && !busy) void open();
        }}
      >
        <p className={css['meaning']}>{t('storages.byCopy.dialogMeaning')}</p>
        <CopyField path={path} onChange={setPath} isFirst />
        {asks && (
          <PasswordInput
            label={t('storages.keys.passwordLabel')}
            autoComplete="off"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        {failure && <FailureNote failure={failure} />}
        <div className={css['actions']}>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy} disabled={!canOpen}>
            {t('storages.byCopy.action')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { type Failure, failureOf } from '../../../shared/domain/strata-error.ts';
import { engine } from '../../client/index.ts';
import { type StorageSummary, useToasts } from '../../state/index.ts';
import { useFailureWords, useWords } from '../../words/index.ts';
import css from './storages.module.css';

interface Props {
  readonly storage: StorageSummary;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The key is right when it opens the storage: no weaker proof counts. */
export function ConfirmKeyDialog({ storage, opened, onClose }: Props) {
  const t = useWords();
  const say = useFailureWords();
  const show = useToasts((store) => store.show);
  const [key, setKey] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const close = (): void => {
    setKey('');
    setFailure(null);
    onClose();
  };
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await engine.call('storage.unlock', {
        id: storage.id,
        unlock: { by: 'recovery-key', recoveryKey: key },
        keepInKeychain: storage.keyInKeychain,
      });
      await engine.call('storage.confirmRecoveryKey', { id: storage.id });
      show({ tone: 'success', title: t('storages.keys.confirmDone'), meaning: t('storages.keys.confirmDoneMeaning') });
      close();
    } catch (error) {
      setFailure(failureOf(error));
    }
    setBusy(false);
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('storages.keys.confirmTitle', { name: storage.name })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (key.trim() !== '') void confirm();
        }}
      >
        <p className={css['meaning']}>{t('storages.keys.confirmMeaning')}</p>
        <Textarea
          data-autofocus
          className={css['keyField'] ?? ''}
          label={t('storages.keys.field')}
          autosize
          minRows={2}
          spellCheck={false}
          autoComplete="off"
          value={key}
          error={failure ? say(failure) : undefined}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <div className={css['actions']}>
          <Button onClick={close}>{t('parts.cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy} disabled={key.trim() === ''}>
            {t('storages.keys.confirmNow')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

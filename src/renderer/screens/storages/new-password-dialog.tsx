import { Button, Modal, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { shortestPassword } from '../../parts/passwords.ts';
import { type StorageSummary, useAttempt, useToasts } from '../../state/index.ts';
import { FailureNote } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './storages.module.css';

interface Props {
  readonly storage: StorageSummary;
  /** `change` takes the place of the one that is typed; `add` is one more way in, with a label. */
  readonly what: 'change' | 'add';
  readonly onClose: () => void;
}

export function NewPasswordDialog({ storage, what, onClose }: Props) {
  const t = useWords();
  const show = useToasts((store) => store.show);
  const { busy, failure, attempt } = useAttempt();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [label, setLabel] = useState('');
  const isShort = next !== '' && [...next].length < shortestPassword;
  const differs = again !== '' && again !== next;
  const isReady = current !== '' && next !== '' && !isShort && again === next && (what === 'change' || label.trim() !== '');
  const save = async (): Promise<void> => {
    const proof = { by: 'password' as const, password: current };
    const done = await attempt(() =>
      what === 'change'
        ? engine.call('storage.changePassword', { id: storage.id, proof, newPassword: next })
        : engine.call('storage.addPassword', { id: storage.id, proof, label: label.trim(), newPassword: next }),
    );
    if (done === undefined) return;
    show({
      tone: 'success',
      title: t(`storages.keys.${what}Done`, { name: storage.name }),
      meaning: t('storages.keys.changeLimits'),
    });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`storages.keys.${what}Title`, { name: storage.name })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !busy) void save();
        }}
      >
        <p className={css['meaning']}>{t(`storages.keys.${what}Meaning`)}</p>
        <PasswordInput
          data-autofocus
          label={t('storages.keys.currentPassword')}
          autoComplete="off"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        {what === 'add' && (
          <TextInput
            label={t('storages.keys.label')}
            maxLength={32}
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
        )}
        <PasswordInput
          label={t('storages.keys.newPassword')}
          autoComplete="new-password"
          value={next}
          error={isShort ? t('storageWizard.protect.short', { minimum: shortestPassword }) : undefined}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('storageWizard.protect.again')}
          autoComplete="new-password"
          value={again}
          error={differs ? t('storageWizard.protect.differ') : undefined}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
        {failure && <FailureNote failure={failure} />}
        <div className={css['actions']}>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy} disabled={!isReady}>
            {t(`storages.keys.${what}Action`)}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

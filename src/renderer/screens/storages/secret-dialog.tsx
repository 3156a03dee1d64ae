import { Button, Modal, PasswordInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAttempt } from '../../state/index.ts';
import { useFailureWords, useWords } from '../../words/index.ts';
import css from './storages.module.css';

interface Props {
  readonly title: string;
  readonly meaning: ReactNode;
  readonly action: string;
  /** Which password is asked for, where there are two; else: that of the storage. */
  readonly label?: string;
  readonly danger?: boolean;
  readonly onClose: () => void;
  /** Throws what is wrong with the password; the dialog stays and says it. */
  readonly onPassword: (password: string) => Promise<void>;
}

/** Asks for the password of a storage. What is typed goes straight to the engine and is forgotten here. */
export function PasswordDialog({ title, meaning, action, label, danger, onClose, onPassword }: Props) {
  const t = useWords();
  const say = useFailureWords();
  const { busy, failure, attempt } = useAttempt();
  const [password, setPassword] = useState('');
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('parts.close') }}>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== '' && !busy) void attempt(() => onPassword(password));
        }}
      >
        <div className={css['meaning']}>{meaning}</div>
        <PasswordInput
          data-autofocus
          label={label ?? t('storages.keys.passwordLabel')}
          autoComplete="off"
          value={password}
          error={failure ? say(failure) : undefined}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <div className={css['actions']}>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button
            type="submit"
            variant="filled"
            loading={busy}
            disabled={password === ''}
            {...(danger ? { color: 'danger' } : {})}
          >
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

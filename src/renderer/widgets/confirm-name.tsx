import { Button, Modal, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useWords } from '../words/index.ts';
import css from './confirm.module.css';

interface Props {
  readonly opened: boolean;
  readonly title: string;
  /** What goes and what stays. */
  readonly children: ReactNode;
  /** Has to be typed, letter by letter. */
  readonly name: string;
  /** Verb and object. */
  readonly action: string;
  readonly onClose: () => void;
  readonly onConfirm: () => Promise<void>;
}

/** Nothing goes by a single click: the name of what goes is typed first. */
export function ConfirmName({ opened, title, children, name, action, onClose, onConfirm }: Props) {
  const t = useWords();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const close = (): void => {
    setTyped('');
    onClose();
  };
  const confirm = async (): Promise<void> => {
    setBusy(true);
    await onConfirm();
    setBusy(false);
    close();
  };
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('parts.close') }}>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === name && !busy) void confirm();
        }}
      >
        <div className={css['meaning']}>{children}</div>
        <TextInput
          data-autofocus
          label={t('parts.typeName', { name })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className={css['actions']}>
          <Button onClick={close}>{t('parts.cancel')}</Button>
          <Button type="submit" variant="filled" color="danger" disabled={typed !== name} loading={busy}>
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

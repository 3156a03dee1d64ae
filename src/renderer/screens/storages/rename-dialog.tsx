import { Button, Modal, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { engine } from '../../client/index.ts';
import { type StorageSummary, tellFailure } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import { isName } from '../../parts/names.ts';
import css from './storages.module.css';

interface Props {
  readonly storage: StorageSummary;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function RenameDialog({ storage, opened, onClose }: Props) {
  const t = useWords();
  const [name, setName] = useState(storage.name);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (opened) setName(storage.name);
  }, [opened, storage.name]);
  const rename = async (): Promise<void> => {
    setBusy(true);
    const done = await tellFailure(t('storages.renameTitle', { name: storage.name }), () =>
      engine.call('storage.rename', { id: storage.id, name }),
    );
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('storages.renameTitle', { name: storage.name })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (isName(name)) void rename();
        }}
      >
        <TextInput
          data-autofocus
          label={t('storages.name')}
          value={name}
          error={isName(name) ? undefined : t('jobs.nameInvalid')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={css['actions']}>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy} disabled={!isName(name) || name === storage.name}>
            {t('storages.rename')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { engine } from '../../client/index.ts';
import { type StorageSummary, tellFailure, useStorages, useToasts } from '../../state/index.ts';
import { Card, ConfirmName, Glyph } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { SheetDialog } from './sheet-dialog.tsx';
import css from './storages.module.css';

/** What cannot be taken back at once. Each says what goes and what stays, and wants the name typed, or the password. */
export function DangerZone({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const [dialog, setDialog] = useState<'detach' | 'new-key' | null>(null);
  const detach = useDetach(storage);
  const { name, path, state } = storage;
  return (
    <Card title={t('storages.danger.title')} icon={<Glyph name="warning" size={14} />} className={css['danger']} flush>
      <DangerLine title={t('storages.danger.newKey')} meaning={t('storages.danger.newKeyMeaning')}>
        <Button size="sm" color="danger" variant="outline" disabled={state !== 'open'} onClick={() => setDialog('new-key')}>
          {t('storages.danger.newKeyAction')}
        </Button>
      </DangerLine>
      <DangerLine title={t('storages.danger.detach')} meaning={t('storages.detachMeaning', { path })}>
        <Button size="sm" color="danger" variant="outline" onClick={() => setDialog('detach')}>
          {t('storages.detach')}
        </Button>
      </DangerLine>
      {dialog === 'new-key' && <SheetDialog storage={storage} what="new-key" onClose={() => setDialog(null)} />}
      <ConfirmName
        opened={dialog === 'detach'}
        title={t('storages.detachTitle', { name })}
        name={name}
        action={t('storages.detachAction')}
        onClose={() => setDialog(null)}
        onConfirm={detach}
      >
        {t('storages.detachMeaning', { path })}
      </ConfirmName>
    </Card>
  );
}

function useDetach({ id, name }: StorageSummary): () => Promise<void> {
  const t = useWords();
  const navigate = useNavigate();
  const show = useToasts((store) => store.show);
  return () =>
    tellFailure(t('storages.detachTitle', { name }), async () => {
      await engine.call('storage.detach', { id });
      await useStorages.getState().refresh();
      show({ tone: 'success', title: t('storages.detached', { name }), meaning: t('storages.detachedMeaning') });
      await navigate({ to: '/storages' });
    });
}

interface LineProps {
  readonly title: string;
  readonly meaning: string;
  readonly children: ReactNode;
}

function DangerLine({ title, meaning, children }: LineProps) {
  return (
    <div className={css['dangerLine']}>
      <div>
        <b>{title}</b>
        <p className={css['meaning']}>{meaning}</p>
      </div>
      {children}
    </div>
  );
}

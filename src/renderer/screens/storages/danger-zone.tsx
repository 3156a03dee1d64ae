import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { engine } from '../../client/index.ts';
import { type StorageSummary, tellFailure, useStorages, useToasts } from '../../state/index.ts';
import { Card, ConfirmName, Glyph } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './storages.module.css';

/** What cannot be taken back at once. Each says what goes and what stays, and wants the name typed, or the password. */
export function DangerZone({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const [detaching, setDetaching] = useState(false);
  const detach = useDetach(storage);
  const { name, path } = storage;
  return (
    <Card title={t('storages.danger.title')} icon={<Glyph name="warning" size={14} />} className={css['danger']} flush>
      <DangerLine title={t('storages.danger.detach')} meaning={t('storages.detachMeaning', { path })}>
        <Button size="sm" color="danger" variant="outline" onClick={() => setDetaching(true)}>
          {t('storages.detach')}
        </Button>
      </DangerLine>
      <ConfirmName
        opened={detaching}
        title={t('storages.detachTitle', { name })}
        name={name}
        action={t('storages.detachAction')}
        onClose={() => setDetaching(false)}
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

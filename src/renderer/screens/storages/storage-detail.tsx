import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { StorageId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { NotThere } from '../../frame/not-there.tsx';
import { type StorageSummary, tellFailure, useStorages, useToasts } from '../../state/index.ts';
import { ConfirmName, FailureNote, FeedView, LinkButton, Note, Page } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { CheckMenu } from './check-menu.tsx';
import { CheckCard, HoldsCard, KeysCard, UsedByCard } from './fact-cards.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { RoomCard } from './room-card.tsx';
import { CheckChip, StateChip } from './storage-state.tsx';
import css from './storages.module.css';
import { UnlockForm } from './unlock-form.tsx';
import { WrittenCard } from './written-card.tsx';

export function StorageDetail() {
  const id = useParams({ from: '/storages/$storage' }).storage;
  const storages = useStorages();
  return (
    <FeedView feed={storages} rows={8}>
      {(value) => {
        const storage = value.find((one) => one.id === id);
        return storage ? <Detail key={storage.id} storage={storage} /> : <NotThere />;
      }}
    </FeedView>
  );
}

function Detail({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const format = useFormat();
  const { name, path, state, failure, lastCommitAtMs } = storage;
  const written = lastCommitAtMs === null ? '' : ` · ${t('storages.lastWrite', { moment: format.moment(lastCommitAtMs) })}`;
  return (
    <Page
      crumb={{ label: t('storages.title'), to: '/storages' }}
      title={name}
      chip={
        <>
          <StateChip storage={storage} />
          <CheckChip storage={storage} />
        </>
      }
      fact={`${path}${written}`}
      actions={
        <>
          {state !== 'locked' && (
            <LinkButton size="sm" to="/browse" search={{ storage: storage.id }}>
              {t('storages.browse')}
            </LinkButton>
          )}
          {state === 'open' && <CheckMenu storage={storage} />}
          <MoreMenu storage={storage} />
        </>
      }
    >
      {state === 'locked' && <UnlockForm storage={storage} />}
      {state === 'unavailable' && (
        <Note tone="warning" title={t('storages.unavailable.title')}>
          {t('storages.unavailable.meaning', { path })}
        </Note>
      )}
      {failure && state !== 'unavailable' && failure.code !== 'storage.needs-password' && <FailureNote failure={failure} />}
      <RoomCard storage={storage} />
      <WrittenCard storage={storage.id} />
      <div className={css['cards']}>
        <CheckCard storage={storage} />
        <HoldsCard storage={storage} />
        <KeysCard storage={storage} />
        <UsedByCard storage={storage} />
      </div>
    </Page>
  );
}

/** What is seldom wanted, and what removes. */
function MoreMenu({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const navigate = useNavigate();
  const show = useToasts((store) => store.show);
  const [dialog, setDialog] = useState<'rename' | 'detach' | null>(null);
  const { id, name, path } = storage;
  const rebuild = async (): Promise<void> => {
    const started = await tellFailure(t('storages.rebuildTitle', { name }), () => engine.call('storage.rebuildCatalog', { id }));
    if (started) void navigate({ to: '/runs/$run', params: { run: started.run } });
  };
  const detach = (storageId: StorageId): Promise<void> =>
    tellFailure(t('storages.detachTitle', { name }), async () => {
      await engine.call('storage.detach', { id: storageId });
      await useStorages.getState().refresh();
      show({ tone: 'success', title: t('storages.detached', { name }), meaning: t('storages.detachedMeaning') });
      await navigate({ to: '/storages' });
    });
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon aria-label={t('parts.more')}>
            <Ellipsis size={18} strokeWidth={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setDialog('rename')}>{t('storages.rename')}</Menu.Item>
          <Menu.Item disabled={storage.state !== 'open'} title={t('storages.rebuildMeaning')} onClick={() => void rebuild()}>
            {t('storages.rebuild')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item className={css['dangerItem'] ?? ''} onClick={() => setDialog('detach')}>
            {t('storages.detach')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RenameDialog storage={storage} opened={dialog === 'rename'} onClose={() => setDialog(null)} />
      <ConfirmName
        opened={dialog === 'detach'}
        title={t('storages.detachTitle', { name })}
        name={name}
        action={t('storages.detachAction')}
        onClose={() => setDialog(null)}
        onConfirm={() => detach(id)}
      >
        {t('storages.detachMeaning', { path })}
      </ConfirmName>
    </>
  );
}

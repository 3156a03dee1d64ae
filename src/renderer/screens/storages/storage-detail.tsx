import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { NotThere } from '../../frame/not-there.tsx';
import { type StorageSummary, tellFailure, useAnswer, useStorages } from '../../state/index.ts';
import { FeedView, LinkButton, Page } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { CheckMenu } from './check-menu.tsx';
import { ClockNote } from './clock-note.tsx';
import { DamageNote } from './damage-note.tsx';
import { DangerZone } from './danger-zone.tsx';
import { ContentsCard, UsedByCard } from './fact-cards.tsx';
import { FreezeNotes } from './freeze-notes.tsx';
import { GrowthCard } from './growth-card.tsx';
import { KeptCard } from './kept-card.tsx';
import { KeysCard } from './keys-card.tsx';
import { LocksCard } from './locks-card.tsx';
import { MirrorsCard } from './mirrors-card.tsx';
import { ModeChip, OwnerNote } from './owner-note.tsx';
import { PlanCard } from './plan-card.tsx';
import { ProvenChip, RehearsalCard } from './rehearsal-card.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { RepairDialog } from './repair-dialog.tsx';
import { RoomCard } from './room-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import { SizesCard } from './sizes-card.tsx';
import { CheckChip, StateChip } from './storage-state.tsx';
import css from './storages.module.css';
import { TextsCard } from './texts-card.tsx';
import { TrashCard } from './trash-card.tsx';
import { UnavailableNote } from './unavailable-note.tsx';
import { UnlockForm } from './unlock-form.tsx';
import { UpkeepCard } from './upkeep-card.tsx';
import { VerificationCard } from './verification-card.tsx';

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
  const { id, name, path, state, failure, lastCommitAtMs } = storage;
  const [repairing, setRepairing] = useRepairing();
  const [copy, setCopy] = useState('');
  const forecast = useAnswer(
    state === 'open' ? `forecast ${id}` : null,
    () => engine.call('storage.forecast', { storage: id }),
    true,
  ).value;
  const written = lastCommitAtMs === null ? '' : ` · ${t('storages.lastWrite', { moment: format.moment(lastCommitAtMs) })}`;
  return (
    <Page
      crumb={{ label: t('storages.title'), to: '/storages' }}
      title={name}
      chip={
        <>
          <StateChip storage={storage} />
          <ModeChip storage={storage} />
          <CheckChip storage={storage} />
          <ProvenChip storage={storage} />
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
          {state === 'open' && <CheckMenu storage={storage} label={t('storages.checkNow')} />}
          <MoreMenu storage={storage} onRepair={() => setRepairing(true)} />
        </>
      }
    >
      {state === 'locked' && <UnlockForm storage={storage} />}
      {state === 'unavailable' && (
        <UnavailableNote
          storage={storage}
          onOpened={(from) => {
            setCopy(from);
            setRepairing(true);
          }}
        />
      )}
      {failure && state !== 'unavailable' && failure.code !== 'storage.needs-password' && <OwnerNote storage={storage} />}
      {state === 'open' && (
        <>
          <DamageNote storage={storage} onRepair={() => setRepairing(true)} />
          <ClockNote storage={storage} />
          <FreezeNotes storage={storage} />
        </>
      )}
      <RoomCard storage={storage} forecast={forecast} />
      {state === 'open' && (
        <div className={css['growth']}>
          <GrowthCard storage={storage} forecast={forecast} />
          <PlanCard storage={storage} />
        </div>
      )}
      <div className={css['cards']}>
        <VerificationCard storage={storage} />
        <ContentsCard storage={storage} />
        <KeysCard storage={storage} />
        <UsedByCard storage={storage} />
      </div>
      <RehearsalCard storage={storage} />
      {state === 'open' && (
        <>
          <div className={css['cards']}>
            <KeptCard storage={storage} />
            <TrashCard storage={storage} />
            <LocksCard storage={storage} />
            <SettingsCard storage={storage} />
          </div>
          <TextsCard storage={storage} />
          <MirrorsCard storage={storage} />
          <UpkeepCard storage={storage} />
          <SizesCard storage={storage} />
        </>
      )}
      <DangerZone storage={storage} />
      {repairing && state === 'open' && <RepairDialog storage={storage} copy={copy} onClose={() => setRepairing(false)} />}
    </Page>
  );
}

/** Opened at once where an address asks for it. */
function useRepairing(): [boolean, (isRepairing: boolean) => void] {
  const { repair } = useSearch({ from: '/storages/$storage' });
  const navigate = useNavigate();
  const [repairing, setRepairing] = useState(repair === true);
  return [
    repairing,
    (wanted) => {
      setRepairing(wanted);
      if (!wanted && repair === true) void navigate({ to: '.', search: {}, replace: true });
    },
  ];
}

/** What is seldom wanted. */
function MoreMenu({ storage, onRepair }: { readonly storage: StorageSummary; readonly onRepair: () => void }) {
  const t = useWords();
  const navigate = useNavigate();
  const [renaming, setRenaming] = useState(false);
  const { id, name } = storage;
  const rebuild = async (): Promise<void> => {
    const started = await tellFailure(t('storages.rebuildTitle', { name }), () => engine.call('storage.rebuildCatalog', { id }));
    if (started) void navigate({ to: '/runs/$run', params: { run: started.run } });
  };
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon aria-label={t('parts.more')}>
            <Ellipsis size={18} strokeWidth={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setRenaming(true)}>{t('storages.rename')}</Menu.Item>
          <Menu.Item disabled={storage.state !== 'open'} title={t('storages.rebuildMeaning')} onClick={() => void rebuild()}>
            {t('storages.rebuild')}
          </Menu.Item>
          <Menu.Item disabled={storage.state !== 'open'} onClick={onRepair}>
            {t('storages.repair.open')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RenameDialog storage={storage} opened={renaming} onClose={() => setRenaming(false)} />
    </>
  );
}

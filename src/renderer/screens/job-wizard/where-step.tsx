import { Button } from '@mantine/core';
import { HardDrive, Plus } from 'lucide-react';
import { FurtherStorages } from '../../parts/further-storages.tsx';
import { useStorageRoom } from '../../parts/storage-room.tsx';
import { type StorageSummary, useStorages } from '../../state/index.ts';
import { Chip, Choice, Choices, FailureNote, FeedView, Fields, Note } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { furtherOf } from './answers.ts';
import type { JobWizardState } from './use-job-wizard.ts';

interface Props {
  readonly wizard: JobWizardState;
  /** Leads to the storage wizard, which leads back. */
  readonly onNewStorage: () => void;
}

export function WhereStep({ wizard, onNewStorage }: Props) {
  const t = useWords();
  const storages = useStorages();
  const chosen = storages.value?.find(({ id }) => id === wizard.answers.storage);
  return (
    <Fields>
      <FeedView feed={storages}>
        {(list) =>
          list.length === 0 ? (
            <Note tone="plain" title={t('jobWizard.where.none')}>
              {t('jobWizard.where.noneMeaning')}
            </Note>
          ) : (
            <Choices
              label={t('jobWizard.where.heading')}
              hideLabel
              value={wizard.answers.storage}
              onChange={(storage) => wizard.change({ storage })}
            >
              {list.map((storage) => (
                <StorageChoice key={storage.id} storage={storage} />
              ))}
            </Choices>
          )
        }
      </FeedView>
      <FurtherStorages
        first={wizard.answers.storage}
        chosen={furtherOf(wizard.answers)}
        onChange={(alsoTo) => wizard.change({ alsoTo })}
      />
      {chosen?.state === 'locked' && <Note tone="warning">{t('jobWizard.where.lockedMeaning')}</Note>}
      {wizard.failure && <FailureNote failure={wizard.failure} />}
      <Button leftSection={<Plus size={16} aria-hidden />} onClick={onNewStorage} loading={wizard.busy}>
        {t('jobWizard.where.add')}
      </Button>
      {wizard.settings !== null && <p className="st-soft">{t('jobWizard.where.addMeaning')}</p>}
    </Fields>
  );
}

function StorageChoice({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const room = useStorageRoom(storage);
  return (
    <Choice
      value={storage.id}
      title={storage.name}
      meaning={
        <>
          {storage.path}
          <br />
          {room}
        </>
      }
      mark={
        storage.state === 'open' ? (
          <HardDrive size={18} strokeWidth={1.75} aria-hidden />
        ) : (
          <Chip glyph={storage.state === 'locked' ? 'locked' : 'waiting'} small>
            {t(`jobWizard.where.${storage.state}`)}
          </Chip>
        )
      }
    />
  );
}

import { Link } from '@tanstack/react-router';
import { HardDrive } from 'lucide-react';
import { StorageBar, useStorageRoom } from '../../parts/storage-room.tsx';
import { type StorageSummary, useStorages } from '../../state/index.ts';
import { EmptyState, FeedView, LinkButton, Page } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './storages.module.css';
import { CheckChip, StateChip } from './storage-state.tsx';

export function StorageList() {
  const t = useWords();
  const storages = useStorages();
  return (
    <Page
      title={t('storages.title')}
      fact={storages.value ? t('storages.listFact', { count: storages.value.length }) : undefined}
      actions={
        <>
          <LinkButton size="sm" to="/storages/new" search={{ adopt: true }}>
            {t('storages.adopt')}
          </LinkButton>
          <LinkButton size="sm" variant="filled" to="/storages/new">
            {t('storages.add')}
          </LinkButton>
        </>
      }
    >
      <FeedView feed={storages}>
        {(value) =>
          value.length === 0 ? (
            <EmptyState
              title={t('storages.empty')}
              action={
                <LinkButton variant="filled" to="/storages/new">
                  {t('storages.add')}
                </LinkButton>
              }
            />
          ) : (
            <ul className={css['list']}>
              {value.map((storage) => (
                <Row key={storage.id} storage={storage} />
              ))}
            </ul>
          )
        }
      </FeedView>
    </Page>
  );
}

function Row({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const format = useFormat();
  const room = useStorageRoom(storage);
  return (
    <li className={css['row']}>
      <HardDrive size={18} strokeWidth={1.75} aria-hidden />
      <div className={css['rowName']}>
        <span className={css['rowTitle']}>
          <Link to="/storages/$storage" params={{ storage: storage.id }} className="st-ellipsis">
            {storage.name}
          </Link>
          <StateChip storage={storage} />
        </span>
        <span className="st-soft st-ellipsis" title={storage.path}>
          {storage.path}
        </span>
      </div>
      <div className={css['rowRoom']}>
        <StorageBar storage={storage} />
        <span className="st-soft">{room}</span>
      </div>
      <div className={css['rowFacts']}>
        <span>{t('parts.items', { count: storage.items })}</span>
        <span className="st-soft">
          {storage.lastCommitAtMs === null ? '' : t('storages.lastWrite', { moment: format.shortMoment(storage.lastCommitAtMs) })}
        </span>
      </div>
      <CheckChip storage={storage} />
    </li>
  );
}

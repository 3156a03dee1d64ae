import { Link } from '@tanstack/react-router';
import { StorageBar, useStorageRoom } from '../../parts/storage-room.tsx';
import type { StorageSummary } from '../../state/index.ts';
import { Card, EmptyState, Glyph, LinkButton } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './home.module.css';
import { HardDrive } from 'lucide-react';

export function StoragesCard({ storages }: { readonly storages: readonly StorageSummary[] }) {
  const t = useWords();
  return (
    <Card title={t('home.storages.title')} flush>
      {storages.length === 0 ? (
        <EmptyState title={t('storages.empty')} action={<LinkButton to="/storages/new">{t('storages.add')}</LinkButton>} />
      ) : (
        <ul className={css['storages']}>
          {storages.map((storage) => (
            <StorageRow key={storage.id} storage={storage} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function StorageRow({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const format = useFormat();
  const room = useStorageRoom(storage);
  return (
    <li>
      <span className={css['storageHead']}>
        <HardDrive size={16} strokeWidth={1.75} aria-hidden />
        <Link to="/storages/$storage" params={{ storage: storage.id }}>
          {storage.name}
        </Link>
        <span className="st-soft">{room}</span>
      </span>
      <StorageBar storage={storage} />
      <span className={css['storageFact']}>
        {storage.state === 'locked' && (
          <>
            <Glyph name="locked" size={12} /> {t('home.storages.locked')}
          </>
        )}
        {storage.state === 'unavailable' && (
          <>
            <Glyph name="waiting" size={12} /> {t('home.storages.unavailable')}
          </>
        )}
        {storage.state === 'open' &&
          storage.lastCommitAtMs !== null &&
          t('home.storages.lastWrite', { moment: format.moment(storage.lastCommitAtMs) })}
      </span>
    </li>
  );
}

import { StorageBar } from '../../parts/storage-room.tsx';
import type { StorageSummary } from '../../state/index.ts';
import { Card } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './storages.module.css';

/** Ours, others', free; and how much less it is than what it holds. */
export function RoomCard({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const format = useFormat();
  const { freeBytes, totalBytes, storedBytes, itemBytes } = storage;
  const known = freeBytes !== null && totalBytes !== null;
  const other = known ? Math.max(0, totalBytes - freeBytes - storedBytes) : null;
  return (
    <Card>
      <div className={css['room']}>
        {known ? <StorageBar storage={storage} height={18} /> : <p className="st-soft">{t('storages.use.unknown')}</p>}
        <p className={css['roomLegend']}>
          <span>
            <i className={css['ours']} /> {t('storages.use.ours')} <b>{format.bytes(storedBytes)}</b>
          </span>
          {other !== null && (
            <span>
              <i className={css['other']} /> {t('storages.use.other')} <b>{format.bytes(other)}</b>
            </span>
          )}
          {freeBytes !== null && (
            <span>
              <i className={css['free']} /> {t('storages.use.free')} <b>{format.bytes(freeBytes)}</b>
            </span>
          )}
          {itemBytes > 0 && <span className={css['before']}>{t('storages.use.before', { bytes: format.bytes(itemBytes) })}</span>}
        </p>
      </div>
    </Card>
  );
}

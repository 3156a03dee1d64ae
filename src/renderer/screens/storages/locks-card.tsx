import { Button } from '@mantine/core';
import { LockKeyhole } from 'lucide-react';
import { engine } from '../../client/index.ts';
import { type LockRow, type StorageSummary, tellFailure, useAnswer, useToasts } from '../../state/index.ts';
import { Card } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './storages.module.css';

/** Who works on the storage, or did when he died. A lock of somebody of whom nothing is known goes by a person's word only. */
export function LocksCard({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const show = useToasts((store) => store.show);
  const locks = useAnswer(`locks ${storage.id}`, () => engine.call('storage.locks', { id: storage.id }), true);
  const clear = (lock: LockRow): Promise<void> =>
    tellFailure(t('storages.locks.clear'), async () => {
      await engine.call('storage.clearLock', { id: storage.id, lock: lock.name });
      show({ tone: 'success', title: t('storages.locks.cleared') });
      await locks.refresh();
    });
  const rows = locks.value ?? [];
  return (
    <Card title={t('storages.locks.title')} icon={<LockKeyhole size={16} strokeWidth={1.75} aria-hidden />}>
      <p className={css['proof']}>
        {rows.length === 0 ? t('storages.locks.none') : t('storages.locks.count', { count: rows.length })}
      </p>
      <p className={css['meaning']}>{t('storages.locks.meaning')}</p>
      <ul className={css['held']}>
        {rows.map((lock) => (
          <LockLine key={lock.name} lock={lock} onClear={() => void clear(lock)} />
        ))}
      </ul>
    </Card>
  );
}

function LockLine({ lock, onClear }: { readonly lock: LockRow; readonly onClear: () => void }) {
  const t = useWords();
  const format = useFormat();
  const { purpose, hostName, sinceMs, holder } = lock;
  return (
    <li>
      <span className={css['heldPlace']}>
        <span className="st-ellipsis">
          {purpose === null ? t('storages.locks.unreadable') : t(`storages.locks.purpose.${purpose}`)}
        </span>
        <span className={css['meaning']}>
          {t(`storages.locks.holder.${holder}`, { host: hostName ?? '' })}
          {sinceMs !== null && ` · ${format.moment(sinceMs)}`}
        </span>
      </span>
      {(holder === 'gone' || holder === 'elsewhere' || holder === 'unreadable') && (
        <Button size="sm" onClick={onClear}>
          {t('storages.locks.clear')}
        </Button>
      )}
    </li>
  );
}

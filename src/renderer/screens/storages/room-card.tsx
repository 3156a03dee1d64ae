import { StorageBar } from '../../parts/storage-room.tsx';
import type { Forecast, StorageSummary } from '../../state/index.ts';
import { Card } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './storages.module.css';

/** Ours, others', free; and how much less it is than what it holds. */
export function RoomCard({ storage, forecast }: { readonly storage: StorageSummary; readonly forecast: Forecast | null }) {
  const t = useWords();
  const format = useFormat();
  const { freeBytes, totalBytes, storedBytes, itemBytes } = storage;
  const known = freeBytes !== null && totalBytes !== null;
  const other = known ? Math.max(0, totalBytes - freeBytes - storedBytes) : null;
  return (
    <Card>
      <div className={css['roomAndForecast']}>
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
            {itemBytes > 0 && (
              <span className={css['before']}>{t('storages.use.before', { bytes: format.bytes(itemBytes) })}</span>
            )}
          </p>
        </div>
        {forecast !== null && <ForecastWords forecast={forecast} />}
      </div>
    </Card>
  );
}

/** Where the pace of the last weeks leads, and how sure that is. */
function ForecastWords({ forecast }: { readonly forecast: Forecast }) {
  const t = useWords();
  const format = useFormat();
  const { fullAroundMs, bytesPerDay, basisDays } = forecast;
  return (
    <div className={css['forecast']}>
      <b>{fullAroundMs === null ? t('storages.growth.unknown') : fullWords(t, format, fullAroundMs)}</b>
      {bytesPerDay !== null && <span>{t('storages.growth.pace', { bytes: format.bytes(bytesPerDay), count: basisDays })}</span>}
    </div>
  );
}

const day = 86_400_000;

function fullWords(t: ReturnType<typeof useWords>, format: ReturnType<typeof useFormat>, fullAroundMs: number): string {
  const ahead = fullAroundMs - Date.now();
  if (ahead < 7 * day) return t('storages.growth.fullSoon');
  return ahead > 730 * day
    ? t('storages.growth.notSoon')
    : t('storages.growth.fullAround', { month: format.month(fullAroundMs, true) });
}

import { Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import type { StorageId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { useAnswer } from '../../state/index.ts';
import { Card } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './storages.module.css';
import { type WrittenDay, writtenDays } from './written-days.ts';

const shownDays = 90;
const height = 120;
const base = 96;
const axis = 56;

/** How the storage grew, day by day, as its runs say. */
export function WrittenCard({ storage }: { readonly storage: StorageId }) {
  const t = useWords();
  const format = useFormat();
  const [asTable, setAsTable] = useState(false);
  const runs = useAnswer(
    `written ${storage}`,
    () => engine.call('run.list', { job: null, storage, kind: 'backup', limit: 1000 }),
    true,
  );
  if (!runs.value) return null;
  const days = writtenDays(runs.value, shownDays, Date.now());
  const total = days.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <Card
      title={t('storages.written.title')}
      fact={t('storages.written.fact')}
      action={
        total > 0 && (
          <Button size="sm" variant="subtle" onClick={() => setAsTable(!asTable)}>
            {t(asTable ? 'storages.written.chart' : 'storages.written.table')}
          </Button>
        )
      }
    >
      {total === 0 && <p className="st-soft">{t('storages.written.none')}</p>}
      {total > 0 &&
        (asTable ? (
          <Table days={days} />
        ) : (
          <Chart days={days} label={t('storages.written.label', { total: format.bytes(total) })} />
        ))}
    </Card>
  );
}

function Chart({ days, label }: { readonly days: readonly WrittenDay[]; readonly label: string }) {
  const t = useWords();
  const format = useFormat();
  const { ref, width } = useElementSize();
  const most = Math.max(...days.map(({ bytes }) => bytes), 1);
  const slot = Math.max(0, width - axis) / days.length;
  const marks = [1, 0.5].map((share) => ({ share, y: base - share * (base - 12) }));
  return (
    <div ref={ref} className={css['chart']}>
      {/* Nothing to draw on before the card was measured. */}
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={label}
        style={{ visibility: width > axis ? 'visible' : 'hidden' }}
      >
        {marks.map(({ share, y }) => (
          <g key={share}>
            <path className={css['grid']} d={`M${axis} ${y}H${width}`} />
            <text x={axis - 8} y={y + 4} textAnchor="end">
              {format.bytes(most * share)}
            </text>
          </g>
        ))}
        {days.map(({ dayMs, bytes }, index) => {
          const tall = bytes === 0 ? 0 : Math.max(1.5, (bytes / most) * (base - 12));
          return (
            <g key={dayMs}>
              <title>{`${format.day(dayMs)}: ${format.bytes(bytes)}`}</title>
              <rect x={axis + index * slot} y="0" width={slot} height={base} fill="transparent" />
              <rect
                className={css['writtenBar']}
                x={axis + index * slot}
                y={base - tall}
                width={Math.max(1, slot - 2)}
                height={tall}
                rx="1"
              />
              {new Date(dayMs).getDate() === 1 && (
                <text x={axis + index * slot} y={height - 6}>
                  {format.month(dayMs, false)}
                </text>
              )}
            </g>
          );
        })}
        <path className={css['axis']} d={`M${axis} ${base}H${width}`} />
        <text x={width} y={height - 6} textAnchor="end">
          {t('storages.written.axisToday')}
        </text>
      </svg>
    </div>
  );
}

/** The same numbers, for those who would rather read. */
function Table({ days }: { readonly days: readonly WrittenDay[] }) {
  const t = useWords();
  const format = useFormat();
  return (
    <div className={css['tableBox']}>
      <table className={css['table']}>
        <thead>
          <tr>
            <th>{t('storages.written.day')}</th>
            <th className="st-number">{t('storages.written.bytes')}</th>
          </tr>
        </thead>
        <tbody>
          {[...days]
            .reverse()
            .filter(({ bytes }) => bytes > 0)
            .map(({ dayMs, bytes }) => (
              <tr key={dayMs}>
                <td>{format.day(dayMs)}</td>
                <td className="st-number">{format.bytes(bytes)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

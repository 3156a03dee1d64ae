import { Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import { engine } from '../../client/index.ts';
import { type Forecast, type StorageSummary, useAnswer } from '../../state/index.ts';
import { Card } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { drawGrowth, type GrowthPoint } from './growth.ts';
import css from './growth.module.css';

const height = 300;
const frame = { height, left: 56, bottom: 22, top: 26 };

interface Props {
  readonly storage: StorageSummary;
  readonly forecast: Forecast | null;
}

/** How the storage grew until today, and where that leads. */
export function GrowthCard({ storage, forecast }: Props) {
  const t = useWords();
  const [asTable, setAsTable] = useState(false);
  const growth = useAnswer(`growth ${storage.id}`, () => engine.call('storage.growth', { storage: storage.id }), true);
  const points = growth.value ?? [];
  return (
    <Card
      title={t('storages.growth.title')}
      fact={t('storages.growth.fact')}
      action={
        points.length > 1 && (
          <Button size="sm" variant="subtle" onClick={() => setAsTable(!asTable)}>
            {t(asTable ? 'storages.growth.chart' : 'storages.growth.table')}
          </Button>
        )
      }
    >
      {growth.value !== null && points.length === 0 && <p className="st-soft">{t('storages.growth.none')}</p>}
      {points.length > 0 &&
        (asTable ? <Table points={points} /> : <Chart storage={storage} forecast={forecast} points={points} />)}
    </Card>
  );
}

function Chart({ storage, forecast, points }: Props & { readonly points: readonly GrowthPoint[] }) {
  const t = useWords();
  const format = useFormat();
  const { ref, width } = useElementSize();
  const now = points.at(-1)?.storedBytes ?? 0;
  const limitBytes = storage.freeBytes === null ? null : now + storage.freeBytes;
  const drawing = drawGrowth(
    { points, nowMs: Date.now(), bytesPerDay: forecast?.bytesPerDay ?? null, limitBytes },
    { ...frame, width: Math.max(width, frame.left + 1) },
  );
  const base = height - frame.bottom;
  return (
    <div ref={ref} className={css['chart']}>
      {/* Nothing to draw on before the card was measured. */}
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={t('storages.growth.label', { bytes: format.bytes(now) })}
        style={{ visibility: width > frame.left ? 'visible' : 'hidden' }}
      >
        <pattern id="growth-forecast" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path className={css['hatch']} d="M0 0V6" />
        </pattern>
        {drawing.marks.map(({ y, bytes }) => (
          <g key={bytes}>
            <path className={css['grid']} d={`M${frame.left} ${y}H${width}`} />
            <text x={frame.left - 8} y={y + 4} textAnchor="end">
              {format.bytes(bytes)}
            </text>
          </g>
        ))}
        <path className={css['area']} d={drawing.area} />
        <path className={css['line']} d={drawing.line} />
        {drawing.forecastLine !== '' && (
          <>
            <path d={drawing.forecastArea} fill="url(#growth-forecast)" />
            <path className={css['foreseen']} d={drawing.forecastLine} />
            <path className={css['today']} d={`M${drawing.todayX} ${frame.top}V${base}`} />
            <text className={css['todayWord']} x={drawing.todayX - 6} y={frame.top - 8} textAnchor="end">
              {t('storages.growth.today', { bytes: format.bytes(now) })}
            </text>
          </>
        )}
        {drawing.limitY !== null && (
          <>
            <path className={css['limit']} d={`M${frame.left} ${drawing.limitY}H${width}`} />
            <text className={css['limitWord']} x={frame.left + 6} y={drawing.limitY - 5}>
              {t('storages.growth.limit')}
            </text>
          </>
        )}
        <path className={css['axis']} d={`M${frame.left} ${base}H${width}`} />
        {drawing.months.map(({ x, atMs }, at) => (
          <text key={atMs} x={x} y={height - 5}>
            {format.month(atMs, at === 0 || new Date(atMs).getMonth() === 0)}
          </text>
        ))}
      </svg>
    </div>
  );
}

/** The same numbers, for those who would rather read. */
function Table({ points }: { readonly points: readonly GrowthPoint[] }) {
  const t = useWords();
  const format = useFormat();
  return (
    <div className={css['tableBox']}>
      <table className={css['table']}>
        <thead>
          <tr>
            <th>{t('storages.growth.day')}</th>
            <th className="st-number">{t('storages.growth.stored')}</th>
          </tr>
        </thead>
        <tbody>
          {[...points].reverse().map(({ dayMs, storedBytes }) => (
            <tr key={dayMs}>
              <td>{format.day(dayMs)}</td>
              <td className="st-number">{format.bytes(storedBytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

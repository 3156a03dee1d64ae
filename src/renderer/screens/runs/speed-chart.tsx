import { type Sample, speedsOf } from '../../state/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './run-detail.module.css';

const width = 468;
const height = 104;
const base = 84;
const bars = 122;
/** So that a run that has only begun does not look like a wall. */
const mostSlot = (width - 60) / bars;

/** Bytes a second, from when the window began to watch. Comparing reads little and is drawn in another tone. */
export function SpeedChart({ samples }: { readonly samples: readonly Sample[] }) {
  const t = useWords();
  const format = useFormat();
  const first = samples[0];
  const last = samples.at(-1);
  const speeds = speedsOf(samples, Math.min(bars, Math.max(2, samples.length - 1)));
  if (!first || !last || speeds.length === 0)
    return <svg className={css['chart']} viewBox={`0 0 ${width} ${height}`} aria-hidden />;
  const most = Math.max(...speeds, 1);
  const slot = Math.min(mostSlot, (width - 60) / speeds.length);
  const nowX = slot * speeds.length;
  const phaseAt = (index: number): Sample['phase'] => {
    const ms = first.atMs + ((index + 0.5) / speeds.length) * (last.atMs - first.atMs);
    return samples.find(({ atMs }) => atMs >= ms)?.phase ?? last.phase;
  };
  const beganMs = Date.now() - (performance.now() - first.atMs);
  return (
    <svg className={css['chart']} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('runs.live.speed')}>
      <path className={css['gridLines']} d={`M0 21H${width}M0 42H${width}M0 63H${width}`} />
      {speeds.map((speed, index) => {
        const tall = Math.max(0.5, (speed / most) * (base - 21));
        return (
          <rect
            // A slice of time has no name but its number.
            key={index}
            className={phaseAt(index) === 'comparing' ? css['comparing'] : css['copying']}
            x={index * slot}
            y={base - tall}
            width={Math.max(0.6, slot - 0.8)}
            height={tall}
          />
        );
      })}
      <path className={css['axis']} d={`M0 ${base}H${width}`} />
      <path className={css['nowLine']} d={`M${nowX} 0V${base}`} />
      <text x="0" y="99">
        {format.time(beganMs)}
      </text>
      <text x={Math.max(nowX, 52)} y="99" textAnchor="middle">
        {t('runs.live.axisNow')}
      </text>
      <text x={width} y="17" textAnchor="end">
        {format.rate(most)}
      </text>
    </svg>
  );
}

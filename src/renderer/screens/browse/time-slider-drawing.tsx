import type { DensityDay } from '../../state/index.ts';
import { useFormat } from '../../words/index.ts';
import css from './time-bar.module.css';
import { barsOf, type Span, type Tick, ticksOf } from './time-scale.ts';

const baseline = 33;
const depth = 11;
/** Room for a tick's word. */
const tickWidth = 72;

/** The ground of what lies before the moment. */
export function Past({ end }: { readonly end: number }) {
  return <rect className={css['past']} width={Math.max(0, end)} height="44" />;
}

interface DrawProps {
  readonly span: Span;
  readonly width: number;
  readonly x: (ms: number) => number;
}

/** Above the line what was saved, below it what vanished; what comes after the moment is grey. */
export function Bars({
  density,
  span,
  width,
  at,
  x,
}: DrawProps & { readonly density: readonly DensityDay[]; readonly at: number | null }) {
  const { bars, pitch } = barsOf(density, span, Math.max(1, width));
  const mostSaved = Math.max(1, ...bars.map(({ saved }) => saved));
  const mostVanished = Math.max(1, ...bars.map(({ vanished }) => vanished));
  const wide = Math.max(1.2, Math.min(24, pitch - 1));
  return (
    <g>
      <path className={css['baseline']} d={`M0 ${baseline + 0.5}H${width}`} />
      {bars.map(({ dayMs, saved, vanished }) => {
        const up = saved === 0 ? 0 : 2 + (baseline - 4) * Math.sqrt(saved / mostSaved);
        const down = vanished === 0 ? 0 : 2 + (depth - 2) * Math.sqrt(vanished / mostVanished);
        return (
          <g key={dayMs}>
            <rect
              className={at === null || dayMs <= at ? css['saved'] : css['later']}
              x={x(dayMs)}
              y={baseline - up}
              width={wide}
              height={up}
            />
            {down > 0 && <rect className={css['vanished']} x={x(dayMs)} y={baseline + 1} width={wide} height={down} />}
          </g>
        );
      })}
    </g>
  );
}

export function Axis({ span, width, x }: DrawProps) {
  const format = useFormat();
  // A word that would be cut off at the right says nothing.
  const ticks = ticksOf(span, Math.max(2, Math.floor(width / tickWidth))).filter(({ ms }) => x(ms) < width - tickWidth / 2);
  const word = ({ ms, unit }: Tick, first: boolean): string => {
    const date = new Date(ms);
    switch (unit) {
      case 'hour':
        return format.time(ms);
      case 'day':
        return format.date(ms);
      case 'month':
        return format.month(
          ms,
          date.getMonth() === 0 || (first && date.getFullYear() !== new Date().getFullYear() && width > 400),
        );
      case 'year':
        return String(date.getFullYear());
    }
  };
  return (
    <g>
      <path className={css['baseline']} d={`M0 44.5H${width}`} />
      {ticks.map((tick, index) => (
        <g key={tick.ms} transform={`translate(${x(tick.ms).toFixed(1)} 0)`}>
          <path className={css['baseline']} d="M0 44v5" />
          <text x="4" y="58">
            {word(tick, index === 0)}
          </text>
        </g>
      ))}
    </g>
  );
}

export function Handle({ x }: { readonly x: number }) {
  return (
    <g transform={`translate(${x.toFixed(1)} 0)`}>
      <path className={css['handleLine']} d="M0 0V44" />
      <rect className={css['handle']} x="-6" y="12" width="12" height="20" rx="4" />
      <path className={css['grip']} d="M-1.5 18v8m3-8v8" />
    </g>
  );
}

import css from './day-strip.module.css';

export type DayState = 'success' | 'warning' | 'failed' | 'stopped' | 'nothing' | 'running';

export interface DayBar {
  readonly key: number;
  readonly state: DayState;
  /** How much; drawn on a logarithmic scale. */
  readonly amount: number;
  /** Shown when it is pointed at. */
  readonly title: string;
}

const width = 8;
const pitch = 10;
const height = 26;

/** A day that saved anything at all can be seen; the rest follows the logarithm. */
const barHeight = (amount: number, most: number): number => {
  if (amount <= 0 || most <= 0) return 5;
  return 5 + (height - 5) * (Math.log1p(amount) / Math.log1p(most)) ** 2;
};

/** One mark a day, told apart by shape: a bar, a bar with a roof, a crossed box, a base line. */
export function DayStrip({ days, label }: { readonly days: readonly DayBar[]; readonly label: string }) {
  const most = Math.max(...days.map(({ amount }) => amount), 1);
  const wide = days.length * pitch - (pitch - width);
  return (
    <svg className={css['strip']} width={wide} height={height} viewBox={`0 0 ${wide} ${height}`} role="img" aria-label={label}>
      {days.map((day, index) => (
        <g key={day.key} transform={`translate(${index * pitch} 0)`}>
          <title>{day.title}</title>
          {/* The whole column answers the pointer, not only the mark. */}
          <rect width={pitch} height={height} fill="transparent" />
          <DayMark state={day.state} height={barHeight(day.amount, most)} />
        </g>
      ))}
    </svg>
  );
}

/** At the bottom of a box of 8 × 26. Also the legend's sample. */
export function DayMark({
  state,
  height: tall,
  box = height,
}: {
  readonly state: DayState;
  readonly height: number;
  readonly box?: number;
}) {
  const top = box - tall;
  switch (state) {
    case 'success':
      return <rect className={css['success']} y={top} width={width} height={tall} rx="1.5" />;
    case 'stopped':
      return <rect className={css['stopped']} y={top} width={width} height={tall} rx="1.5" />;
    case 'warning': {
      const roof = Math.max(0, top - 4);
      return <path className={css['warning']} d={`M0 ${box}V${roof + 6}L4 ${roof}l4 6V${box}z`} />;
    }
    case 'failed':
      return (
        <g className={css['failed']}>
          <rect x=".6" y={box - Math.max(tall, 14) + 0.6} width="6.8" height={Math.max(tall, 14) - 1.2} rx="1.5" />
          <path d={`M2.3 ${box - 8.7}l3.4 3.4m0-3.4-3.4 3.4`} />
        </g>
      );
    case 'running':
      return (
        <g className={css['running']}>
          <rect x=".6" y={box - 23.4} width="6.8" height="22.8" rx="1.5" />
          <rect x=".6" y={box - 12} width="6.8" height="11.4" rx="1" />
        </g>
      );
    case 'nothing':
      return <rect className={css['nothing']} y={box - 2} width={width} height="2" rx="1" />;
  }
}

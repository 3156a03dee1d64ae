import { classes } from './classes.ts';
import css from './bar.module.css';

export interface BarPart {
  readonly share: number;
  readonly tone: 'primary' | 'control' | 'moss' | 'ochre' | 'brick' | 'faded';
}

interface Props {
  readonly parts: readonly BarPart[];
  /** In px. */
  readonly height?: number;
  readonly label: string;
}

/** Shares of a whole, told in words by `label`. */
export function ShareBar({ parts, height = 8, label }: Props) {
  return (
    <div className={css['bar']} style={{ height, borderRadius: Math.min(height / 2, 6) }} role="img" aria-label={label}>
      {parts.map(({ share, tone }) => (
        <i key={tone} className={css[tone]} style={{ width: `${Math.min(100, Math.max(0, share * 100))}%` }} />
      ))}
    </div>
  );
}

interface ProgressProps {
  /** Null: nobody knows yet. */
  readonly share: number | null;
  readonly height?: number;
  readonly label: string;
  readonly className?: string | undefined;
}

export function ProgressBar({ share, height = 10, label, className }: ProgressProps) {
  const value = share === null ? {} : { 'aria-valuenow': Math.floor(share * 100), 'aria-valuemin': 0, 'aria-valuemax': 100 };
  return (
    <div
      className={classes(css['bar'], className)}
      style={{ height, borderRadius: height / 2 }}
      role="progressbar"
      aria-label={label}
      {...value}
    >
      {share === null ? <i className={css['counting']} /> : <i className={css['primary']} style={{ width: `${share * 100}%` }} />}
    </div>
  );
}

import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import css from './glyph.module.css';

export const glyphs = ['fine', 'warning', 'failed', 'late', 'running', 'nothing', 'waiting', 'paused', 'locked'] as const;
/** A shape for each state, so that colour is never the only difference. */
export type GlyphName = (typeof glyphs)[number];

const ink = 'var(--st-glyph-ink)';
const stroke = { fill: 'none', stroke: 'currentColor', strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

const shapes: Readonly<Record<GlyphName, ReactNode>> = {
  fine: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path {...stroke} stroke={ink} strokeWidth="1.7" d="M4.8 8.2 7 10.4l4.2-4.7" />
    </>
  ),
  warning: (
    <>
      <path fill="currentColor" d="M6.8 1.9a1.35 1.35 0 0 1 2.4 0l5.6 10.1a1.35 1.35 0 0 1-1.2 2H2.4a1.35 1.35 0 0 1-1.2-2z" />
      <path {...stroke} stroke={ink} strokeWidth="1.7" d="M8 5.4v3.5" />
      <circle cx="8" cy="11.5" r="1" fill={ink} />
    </>
  ),
  failed: (
    <>
      <path fill="currentColor" d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2z" />
      <path {...stroke} stroke={ink} strokeWidth="1.7" d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" />
    </>
  ),
  late: (
    <>
      <path {...stroke} strokeWidth="1.8" d="M9.6 2.1a6.1 6.1 0 1 1-5.9 1.6" />
      <path {...stroke} strokeWidth="1.7" d="M8 4.8V8l2.3 1.5" />
    </>
  ),
  running: (
    <>
      <rect x="1.5" y="11" width="13" height="3.4" rx="1.2" fill="currentColor" />
      <rect x="1.5" y="6.6" width="13" height="3.4" rx="1.2" fill="currentColor" opacity=".55" />
      <path {...stroke} strokeWidth="1.6" d="M8 .9v3.6M6.1 2.9 8 4.7l1.9-1.8" />
    </>
  ),
  nothing: <circle {...stroke} cx="8" cy="8" r="6.1" strokeWidth="1.6" strokeDasharray="2.2 2.6" />,
  waiting: (
    <>
      <rect {...stroke} x="1.2" y="1.2" width="13.6" height="13.6" rx="3" strokeWidth="1.6" />
      <path {...stroke} strokeWidth="1.8" d="M5.2 8h5.6" />
    </>
  ),
  paused: <path fill="currentColor" d="M4 2h2.6v12H4zm5.4 0H12v12H9.4z" />,
  locked: (
    <>
      <path {...stroke} strokeWidth="1.7" d="M4.4 7V5.2a3.6 3.6 0 0 1 7.2 0V7" />
      <rect x="2.6" y="7" width="10.8" height="7.6" rx="1.8" fill="currentColor" />
    </>
  ),
};

interface Props {
  readonly name: GlyphName;
  readonly size?: number;
  /** Only where no word stands beside it. */
  readonly label?: string;
}

export function Glyph({ name, size = 16, label }: Props) {
  const said = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg className={classes(css['glyph'], css[name])} width={size} height={size} viewBox="0 0 16 16" {...said}>
      {shapes[name]}
    </svg>
  );
}

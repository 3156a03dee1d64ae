import type { ReactNode } from 'react';
import css from './chip.module.css';
import { classes } from './classes.ts';
import { Glyph, type GlyphName } from './glyph.tsx';

export type ChipTone = 'plain' | 'fine' | 'warning' | 'failed' | 'active' | 'ghost';

interface Props {
  readonly tone?: ChipTone;
  readonly glyph?: GlyphName;
  readonly icon?: ReactNode;
  readonly small?: boolean;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A state or a fact, never an action. */
export function Chip({ tone = 'plain', glyph, icon, small, title, children }: Props) {
  return (
    <span className={classes(css['chip'], css[tone], small && css['small'])} title={title}>
      {glyph && <Glyph name={glyph} size={small ? 12 : 14} />}
      {icon}
      {children}
    </span>
  );
}

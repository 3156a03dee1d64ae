import type { KeyboardEvent } from 'react';
import { rowMove } from '../../widgets/index.ts';

interface At {
  readonly active: number;
  readonly page: number;
  readonly total: number;
}

type Wish = 'open' | 'choose' | 'all' | 'none' | { readonly to: number };

/** What a key asks of the hits; null: it is not for them. Row by row as in Browse. */
export function wishOf(event: KeyboardEvent, { active, page, total }: At): Wish | null {
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) return event.key === 'a' ? 'all' : null;
  const to = rowMove(event.key, active, page, total);
  if (to !== undefined) return { to };
  if (event.key === 'x') return 'choose';
  if (event.key === 'Escape') return 'none';
  // In a box of the head they are the box's own.
  if (event.target !== event.currentTarget) return null;
  return event.key === ' ' ? 'choose' : event.key === 'Enter' ? 'open' : null;
}

import type { Summary } from '../../../src/shared/domain/item.ts';

/** A text as some program writes it, or as nobody should, and what is to be understood of it. */
export interface Specimen {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly expected: { readonly kind?: 'event' | 'task' | 'note'; readonly summary: Summary };
}

/** Lines with the ends that the standards ask for. */
export const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\r\n`).join('');

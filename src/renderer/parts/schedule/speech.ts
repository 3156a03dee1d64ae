import type { LineWords } from '../../../shared/domain/week-text.ts';
import type { Format, useWords } from '../../words/index.ts';

/** What sentences are made with. */
export interface Speech {
  readonly t: ReturnType<typeof useWords>;
  readonly format: Format;
  readonly lines: LineWords;
}

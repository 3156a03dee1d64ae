import type { ItemId, StorageId } from '../../shared/domain/ids.ts';
import type { Browse } from './browse.ts';
import { preview } from './preview.ts';

/** Lines that belong together: what changed, and what stands around it. */
export interface Hunk {
  /** Numbers of its first line, before and after, from 1. */
  readonly beforeFrom: number;
  readonly afterFrom: number;
  readonly lines: readonly { readonly kind: 'same' | 'removed' | 'added'; readonly text: string }[];
}

/** Lines around a change that are shown with it. */
const context = 2;
/** Two long texts that have little in common take minutes, and nobody else has a turn meanwhile. */
const mostMs = 300;

const kinds: Readonly<Record<string, Hunk['lines'][number]['kind']>> = { ' ': 'same', '-': 'removed', '+': 'added' };

/** Line by line, whatever ends the lines. Undefined: comparing them would take too long. */
export async function textDifferences(before: string, after: string): Promise<readonly Hunk[] | undefined> {
  // Loaded by the first who compares.
  const { structuredPatch } = await import('diff');
  const patch = structuredPatch('', '', unified(before), unified(after), '', '', { context, timeout: mostMs });
  return patch?.hunks.map(({ oldStart, newStart, lines }) => ({
    beforeFrom: oldStart,
    afterFrom: newStart,
    // A line without a kind says that the text does not end with a line's end.
    lines: lines.flatMap((line) => {
      const kind = kinds[line.charAt(0)];
      return kind === undefined ? [] : [{ kind, text: line.slice(1) }];
    }),
  }));
}

const unified = (text: string): string => text.replaceAll('\r\n', '\n');

export interface TextDifference {
  /** Why there is nothing to show. */
  readonly reason: 'no-text' | 'too-different' | 'same' | null;
  readonly hunks: readonly Hunk[];
}

/** Of two versions, as far as they are shown as text: of a message what it says, not how it is packed. */
export async function textDifference(
  browse: Browse,
  storage: StorageId,
  item: ItemId,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<TextDifference> {
  const { text: before } = await preview(browse, { storage, item, version: from });
  const { text: after } = await preview(browse, { storage, item, version: to });
  if (before === null || after === null) return { reason: 'no-text', hunks: [] };
  const hunks = await textDifferences(before, after);
  if (hunks === undefined) return { reason: 'too-different', hunks: [] };
  return { reason: hunks.length === 0 ? 'same' : null, hunks };
}

import type { Choice } from '../../shared/domain/choice.ts';
import type { SourceId } from '../../shared/domain/ids.ts';

interface Placed {
  readonly description: { readonly id: SourceId };
  readonly choice?: Pick<Choice, 'priority'>;
}

/** By priority, 1 first; of equal ones the one of which most is saved, so that the longest is not the last. */
export function inOrder<Source extends Placed>(sources: readonly Source[], sizeOf: (source: SourceId) => number): Source[] {
  if (sources.length < 2) return [...sources];
  const placed = sources.map((one) => ({ one, priority: one.choice?.priority ?? 1, bytes: sizeOf(one.description.id) }));
  return placed.sort((a, b) => a.priority - b.priority || b.bytes - a.bytes).map(({ one }) => one);
}

import type { Range } from '@tanstack/react-virtual';

/** What is in sight and a little around it, and the active row wherever it is: a list names it as its active descendant. */
export const drawnWith =
  (active: number) =>
  ({ startIndex, endIndex, overscan, count }: Range): number[] => {
    const from = Math.max(0, startIndex - overscan);
    const drawn = Array.from({ length: Math.min(count, endIndex + overscan + 1) - from }, (_, index) => from + index);
    return active < 0 || active >= count || drawn.includes(active) ? drawn : [...drawn, active].sort((a, b) => a - b);
  };

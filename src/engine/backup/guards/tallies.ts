import type { ChangeTally } from '../../catalog/index.ts';

const windowMs = 7 * 86_400_000;

/** The days of the last week with the new one among them; what is of the same source and day adds up. */
export function withTally(days: readonly ChangeTally[], added: ChangeTally): ChangeTally[] {
  const recent = days.filter(({ dayMs }) => added.dayMs - dayMs < windowMs && dayMs <= added.dayMs);
  const same = recent.find((day) => day.source === added.source && day.dayMs === added.dayMs);
  const others = recent.filter((day) => day !== same);
  return [...others, same === undefined ? added : joined(same, added)];
}

function joined(a: ChangeTally, b: ChangeTally): ChangeTally {
  const renamed = { ...a.renamed };
  for (const [extension, count] of Object.entries(b.renamed)) renamed[extension] = (renamed[extension] ?? 0) + count;
  return {
    ...a,
    items: Math.max(a.items, b.items),
    deleted: a.deleted + b.deleted,
    compressible: a.compressible + b.compressible,
    scrambled: a.scrambled + b.scrambled,
    renamed,
  };
}

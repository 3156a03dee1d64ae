import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { ItemKind } from '../../../shared/domain/item.ts';
import type { StorageSummary } from '../../state/index.ts';

export type FoundRow = CallOutput<'search.find'>[number];

export interface Hit {
  /** The same item lies in several storages. */
  readonly key: string;
  readonly storage: StorageSummary;
  readonly row: FoundRow;
}

/** What is wanted of what was found; undefined: all of it. */
export interface Facets {
  readonly source?: string | undefined;
  readonly kind?: ItemKind | undefined;
  readonly gone?: boolean | undefined;
}

export const hitsOf = (storage: StorageSummary, rows: readonly FoundRow[]): Hit[] =>
  rows.map((row) => ({ key: `${storage.id} ${row.item}`, storage, row }));

/** The newest first, whatever storage it lies in; what has no time last. */
export const newestFirst = (hits: readonly Hit[]): Hit[] =>
  hits.toSorted((a, b) => (b.row.timeMs ?? -Infinity) - (a.row.timeMs ?? -Infinity) || 0);

export const fits = ({ row }: Hit, { source, kind, gone }: Facets): boolean =>
  (source === undefined || row.source === source) && (kind === undefined || row.kind === kind) && (gone !== true || row.deleted);

/** How many there are of each, the most first; of one facet while the others hold. */
export function countedBy<Value extends string>(
  hits: readonly Hit[],
  facets: Facets,
  facet: 'source' | 'kind',
): readonly { readonly value: Value; readonly count: number }[] {
  const counts = new Map<Value, number>();
  for (const hit of hits) {
    if (!fits(hit, { ...facets, [facet]: undefined })) continue;
    const value = hit.row[facet] as string as Value;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

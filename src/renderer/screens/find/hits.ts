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
  /** Of its date, as the calendar here has it. */
  readonly year?: number | undefined;
  readonly gone?: boolean | undefined;
}

export const hitsOf = (storage: StorageSummary, rows: readonly FoundRow[]): Hit[] =>
  rows.map((row) => ({ key: `${storage.id} ${row.item}`, storage, row }));

/** The newest first, whatever storage it lies in; what has no time last. */
export const newestFirst = (hits: readonly Hit[]): Hit[] =>
  hits.toSorted((a, b) => (b.row.timeMs ?? -Infinity) - (a.row.timeMs ?? -Infinity) || 0);

export const fits = ({ row }: Hit, { source, kind, year, gone }: Facets): boolean =>
  (source === undefined || row.source === source) &&
  (kind === undefined || row.kind === kind) &&
  (year === undefined || yearOf(row) === year) &&
  (gone !== true || row.deleted);

type Facet = 'source' | 'kind' | 'year';

const yearOf = ({ timeMs }: FoundRow): number | null => (timeMs === null ? null : new Date(timeMs).getFullYear());
const valueOf = (row: FoundRow, facet: Facet): string | null =>
  facet === 'year' ? (yearOf(row)?.toString() ?? null) : row[facet];

/** How many there are of each, of one facet while the others hold: the most first, but the newest year. What has no date is of no year. */
export function countedBy(
  hits: readonly Hit[],
  facets: Facets,
  facet: Facet,
): readonly { readonly value: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const hit of hits) {
    const value = valueOf(hit.row, facet);
    if (value !== null && fits(hit, { ...facets, [facet]: undefined })) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const all = [...counts].map(([value, count]) => ({ value, count }));
  return all.sort((a, b) => (facet === 'year' ? Number(b.value) - Number(a.value) : b.count - a.count));
}

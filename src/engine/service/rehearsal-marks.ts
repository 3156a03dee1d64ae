import type { RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { RehearsalMark, RehearsalReport } from '../../shared/domain/rehearsal.ts';
import type { StoredStorage } from '../catalog/index.ts';

/** By name of source. */
export const marksOf = ({ rehearsed = {} }: Pick<StoredStorage, 'rehearsed'>): RehearsalMark[] =>
  Object.values<RehearsalMark>(rehearsed).sort((one, other) => one.name.localeCompare(other.name));

/** Of one source, from each storage that it was tried from. */
export const rehearsedOf = (
  source: SourceId,
  storages: readonly StoredStorage[],
): (RehearsalMark & { storage: StorageId; storageName: string })[] =>
  storages.flatMap(({ id, name, rehearsed }) => {
    const mark = rehearsed?.[source];
    return mark === undefined ? [] : [{ ...mark, storage: id, storageName: name }];
  });

/** A rehearsal of all sources says also which are no longer there; one of a single source says nothing of the others. */
export function marked(
  before: StoredStorage['rehearsed'],
  report: RehearsalReport,
  of: { readonly run: RunId; readonly atMs: number; readonly isOfAll: boolean },
): NonNullable<StoredStorage['rehearsed']> {
  const { run, atMs, isOfAll } = of;
  const marks: Record<SourceId, RehearsalMark> = isOfAll ? {} : { ...before };
  for (const source of report.sources) {
    if (source.outcome === 'nothing') delete marks[source.source];
    else marks[source.source] = { ...source, run, atMs, seed: report.seed };
  }
  return marks;
}

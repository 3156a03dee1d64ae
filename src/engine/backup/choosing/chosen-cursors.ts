import type { SourceId } from '../../../shared/domain/ids.ts';
import type { JsonValue } from '../../../shared/domain/json.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { KnownCursors } from '../../sources/source.ts';
import { type Judge, noUses } from './judge.ts';

/** A cursor says "all until here is stored": all that was chosen then. So it is kept with what was chosen. */
interface ChosenCursor {
  readonly choice: string;
  readonly cursor: JsonValue;
}

export function chosenCursor(judge: Judge, cursor: JsonValue | undefined): JsonValue | undefined {
  if (cursor === undefined || judge.isEverything) return cursor;
  return { choice: judge.mark, cursor };
}

/**
 * @param mustListAll something that did not change must be read all the same.
 */
export function knownCursors(catalog: Catalog, source: SourceId, judge: Judge, mustListAll: boolean): KnownCursors {
  const of = (folderKey: string): { readonly choice: string | null; readonly cursor: JsonValue | undefined } => {
    const stored = catalog.cursor(source, folderKey);
    return isChosen(stored) ? stored : { choice: null, cursor: stored };
  };
  const mark = judge.isEverything ? null : judge.mark;
  return {
    cursor: (folderKey) => {
      const { choice, cursor } = of(folderKey);
      return mustListAll || choice !== mark ? undefined : cursor;
    },
    before: (folderKey) => of(folderKey).cursor,
    ...passingBy(judge),
  };
}

export const passingBy = (judge: Judge): Pick<KnownCursors, 'passesBy'> =>
  judge.isEverything ? {} : { passesBy: (folder) => judge.folder(folder, noUses).verdict === 'skipped' };

function isChosen(stored: JsonValue | undefined): stored is ChosenCursor & JsonValue {
  return typeof stored === 'object' && stored !== null && 'choice' in stored && 'cursor' in stored;
}

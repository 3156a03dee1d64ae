import type { FolderUse } from '../../../shared/domain/choice.ts';
import type { Failure } from '../../../shared/domain/strata-error.ts';
import type { SurveyedFolder, SurveyTally } from '../../../shared/domain/survey.ts';
import { type Reason, Tally } from './tally.ts';

/** A tree of folders that is larger is shown down to where it fits; what lies below is counted above it. */
const mostRows = 50_000;

interface Row {
  readonly index: number;
  readonly above: Row | null;
  readonly key: string;
  readonly name: string;
  readonly path: string;
  readonly uses: readonly FolderUse[];
  readonly verdict: SurveyedFolder['verdict'];
  readonly by: Reason | null;
  failure: Failure | null;
  readonly own: Tally;
  readonly whole: Tally;
  hasFolders: boolean;
  folded: number;
}

export interface FoundFolder extends Pick<Row, 'key' | 'uses' | 'verdict' | 'by'> {
  readonly parentKey: string | null;
  readonly names: readonly string[];
}

export interface RowQuery {
  /** Rows directly below this one; null: those at the top. Undefined: all, parents before children. */
  readonly below?: number | null | undefined;
  /** Only rows behind this one. */
  readonly after: number;
  readonly limit: number;
}

/** Folders of one source with what a choice makes of them: memory by the folder, never by the item. */
export class SurveyRows {
  readonly #rows: Row[] = [];
  /** Source key → its row, or the row that it is counted in. */
  readonly #byKey = new Map<string, Row>();
  readonly #most: number;
  #folders = 0;

  constructor(most = mostRows) {
    this.#most = most;
  }

  get folders(): number {
    return this.#folders;
  }

  begin({ parentKey, names, ...found }: FoundFolder): void {
    if (parentKey !== null) this.#folders += 1;
    const above = parentKey === null ? null : (this.#byKey.get(parentKey) ?? null);
    if (above !== null && this.#rows.length >= this.#most) {
      above.folded += 1;
      this.#byKey.set(found.key, above);
      return;
    }
    const place = { index: this.#rows.length, above, name: names.at(-1) ?? '', path: names.join('/') };
    const counts = { failure: null, own: new Tally(), whole: new Tally(), hasFolders: false, folded: 0 };
    const row: Row = { ...found, ...place, ...counts };
    if (above !== null) above.hasFolders = true;
    this.#rows.push(row);
    this.#byKey.set(found.key, row);
  }

  count(key: string, tally: Tally): void {
    const row = this.#byKey.get(key);
    row?.own.add(tally);
    for (let step = row ?? null; step !== null; step = step.above) step.whole.add(tally);
  }

  fail(key: string, failure: Failure): void {
    const row = this.#byKey.get(key);
    // Of a folder that has no row of its own the number is all that is kept.
    if (row?.key === key) row.failure = failure;
    const tally = new Tally();
    tally.unreadable = 1;
    this.count(key, tally);
  }

  whole(): SurveyTally {
    return this.#rows[0]?.whole.view() ?? new Tally().view();
  }

  list({ below, after, limit }: RowQuery): SurveyedFolder[] {
    const found: SurveyedFolder[] = [];
    for (let at = after + 1; at < this.#rows.length && found.length < limit; at += 1) {
      const row = this.#rows[at];
      if (row === undefined || (below !== undefined && (row.above?.index ?? null) !== below)) continue;
      const { above, own, whole, ...facts } = row;
      found.push({ ...facts, parent: above?.index ?? null, own: own.view(), whole: whole.view() });
    }
    return found;
  }
}

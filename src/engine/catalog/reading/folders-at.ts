import type { ItemId } from '../../../shared/domain/ids.ts';
import { folderKind, type Gone } from '../rows/layout.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import type { At } from './moment.ts';

/** A folder at a moment. */
export interface FolderState {
  /** The folder's own row number among the items. */
  readonly number: number;
  readonly item: ItemId;
  readonly source: number;
  /** Null for a source's root. */
  readonly parent: number | null;
  readonly name: string;
  /** The row of the version that is shown: the one that is valid, or the last before the deletion. */
  readonly version: number;
  /** What comes later, and that of which all is hidden, is not shown itself. */
  readonly presence: 'there' | 'gone' | 'not-shown';
}

interface Row {
  readonly id: number;
  readonly item: string;
  readonly source: number;
  readonly parent: number | null;
  readonly name: string;
  readonly gone: Gone;
}

/** The statements; they serve any moment. */
export class FolderStatements {
  readonly newestUntil: Statement<Row>;
  readonly shownUntil: Statement<Row>;
  readonly firstShown: Statement<Row>;
  readonly lastDeletion: Statement<Row>;
  readonly last: Statement<Row>;
  readonly allOf: Statement<number>;
  readonly all: Statement<number>;

  constructor(connection: Connection) {
    const select = `
      SELECT v.id, i.uid AS item, v.source, v.folder AS parent, coalesce(c.name, c.key) AS name, v.gone
      FROM versions v INDEXED BY versions_by_item JOIN items i ON i.id = v.item
        JOIN contents c ON c.id = v.content`;
    const until = 'v.item = ? AND v.valid_from <= ?';
    this.newestUntil = connection.rows(`${select} WHERE ${until} ORDER BY v.id DESC LIMIT 1`);
    this.shownUntil = connection.rows(`${select} WHERE ${until} AND v.gone = 0 ORDER BY v.id DESC LIMIT 1`);
    this.firstShown = connection.rows(`${select} WHERE v.item = ? AND v.gone = 0 ORDER BY v.id LIMIT 1`);
    this.lastDeletion = connection.rows(`${select} WHERE v.item = ? AND v.gone = 1 ORDER BY v.id DESC LIMIT 1`);
    this.last = connection.rows(`${select} WHERE v.item = ? ORDER BY v.id DESC LIMIT 1`);
    const list = `SELECT DISTINCT v.item FROM versions v INDEXED BY folders_by_source WHERE v.kind = ${folderKind}`;
    this.all = connection.column(list);
    this.allOf = connection.column(`${list} AND v.source = ?`);
  }
}

/**
 * Where folders are at one moment. Items name their folder only, so a folder that moves takes all below it along.
 *
 * A folder that is gone is shown where it was last, and one that comes later where it will be first: whatever is in it must have
 * a path. For the same reason one whose state at the moment is hidden is shown in the nearest state that is not, and
 * one of which nothing is left goes by its id. Two folders that change places within one run can be each other's ancestors for some milliseconds; a path ends there.
 */
export class FoldersAt {
  readonly #statements: FolderStatements;
  readonly #atMs: number;
  readonly #states = new Map<number, FolderState | undefined>();
  readonly #chains = new Map<number, readonly FolderState[]>();

  constructor(statements: FolderStatements, at: At) {
    this.#statements = statements;
    this.#atMs = at ?? Number.MAX_SAFE_INTEGER;
  }

  /** Undefined for what no manifest has described. */
  state(number: number): FolderState | undefined {
    if (!this.#states.has(number)) this.#states.set(number, this.#read(number));
    return this.#states.get(number);
  }

  all(source?: number): FolderState[] {
    const numbers = source === undefined ? this.#statements.all.all() : this.#statements.allOf.all(source);
    return numbers.flatMap((number) => this.state(number) ?? []);
  }

  /** From the root down to the folder itself, the root included. */
  chain(number: number): readonly FolderState[] {
    const known = this.#chains.get(number);
    if (known !== undefined) return known;
    const chain: FolderState[] = [];
    const passed = new Set<number>();
    let next: number | null = number;
    while (next !== null && !passed.has(next)) {
      passed.add(next);
      const state: FolderState | undefined = this.state(next);
      if (state === undefined) break;
      chain.push(state);
      next = state.parent;
    }
    chain.reverse();
    this.#chains.set(number, chain);
    return chain;
  }

  /** Names from the root down, the root excluded. */
  path(number: number | null): string[] {
    if (number === null) return [];
    return this.chain(number)
      .filter(isBelowRoot)
      .map((folder) => folder.name);
  }

  pathText(number: number | null): string {
    return this.path(number).join('/');
  }

  #read(number: number): FolderState | undefined {
    const { newestUntil, shownUntil, firstShown, lastDeletion, last } = this.#statements;
    const valid = newestUntil.get(number, this.#atMs);
    if (valid?.gone === 0) return asState(number, valid, 'there');
    const shown = shownUntil.get(number, this.#atMs) ?? firstShown.get(number) ?? lastDeletion.get(number);
    if (shown === undefined) return asState(number, last.get(number), 'not-shown');
    return asState(number, shown, valid === undefined ? 'not-shown' : isDeletion(valid) ? 'gone' : 'there');
  }
}

const isDeletion = ({ gone }: Row): boolean => (gone & 1) === 1;

export const isBelowRoot = (folder: FolderState): boolean => folder.parent !== null;

function asState(number: number, row: Row | undefined, presence: FolderState['presence']): FolderState | undefined {
  if (row === undefined) return undefined;
  const { id, item, source, parent, name } = row;
  return { number, item: item as ItemId, source, parent, name: name === '' ? item : name, version: id, presence };
}

import type { Freeze } from '../../../shared/domain/freeze.ts';
import type { Hold } from '../../../shared/domain/hold.ts';
import { type ItemId, type SourceId, transactionId } from '../../../shared/domain/ids.ts';
import { folderKind } from '../rows/layout.ts';
import type { Connection, Statement } from '../sql/connection.ts';

/** What the holds name, made fast to ask. */
interface Scopes {
  readonly sources: ReadonlySet<string>;
  readonly items: ReadonlySet<string>;
  readonly versions: ReadonlySet<string>;
  /** Numbers of held folders, and of all that ever lay in one. */
  readonly folders: ReadonlySet<number>;
}

/** What retention must leave alone. */
export class Holding {
  readonly #holds: Statement<string>;
  readonly #freezes: Statement<string>;
  readonly #numberOf: Statement<number>;
  readonly #nesting: Statement<readonly [folder: number, parent: number]>;
  readonly #placesOf: Statement<readonly [item: number, folder: number | null]>;
  #scopes: Scopes | undefined;

  constructor(connection: Connection) {
    this.#holds = connection.column('SELECT body FROM holds ORDER BY id');
    this.#freezes = connection.column('SELECT body FROM freezes ORDER BY id');
    this.#numberOf = connection.column('SELECT id FROM items WHERE uid = ?');
    this.#nesting = connection.tuples(`
      SELECT DISTINCT item, folder FROM versions INDEXED BY folders_by_source WHERE kind = ${folderKind} AND folder IS NOT NULL`);
    this.#placesOf = connection.tuples(`
      SELECT v.item, v.folder FROM items i JOIN versions v INDEXED BY versions_by_item ON v.item = i.id WHERE i.uid = ?`);
  }

  holds(): Hold[] {
    return this.#holds.all().map((body) => JSON.parse(body) as Hold);
  }

  freezes(): Freeze[] {
    return this.#freezes.all().map((body) => JSON.parse(body) as Freeze);
  }

  /** A folder's hold is on each item of which any version, also a hidden one, lies or lay below it. */
  isHeld(source: SourceId, item: ItemId, version: number): boolean {
    const { sources, items, versions, folders } = (this.#scopes ??= this.#readScopes());
    if (sources.has(source) || items.has(item) || versions.has(transactionId(item, version))) return true;
    if (folders.size === 0) return false;
    return this.#placesOf.all(item).some(([number, folder]) => folders.has(number) || (folder !== null && folders.has(folder)));
  }

  /** Something was applied. */
  forget(): void {
    this.#scopes = undefined;
  }

  #readScopes(): Scopes {
    const scopes = this.holds().map(({ scope }) => scope);
    return {
      sources: new Set(scopes.flatMap((scope) => (scope.what === 'source' ? [scope.source] : []))),
      items: new Set(scopes.flatMap((scope) => (scope.what === 'item' ? [scope.item] : []))),
      versions: new Set(scopes.flatMap((scope) => (scope.what === 'version' ? [transactionId(scope.item, scope.version)] : []))),
      folders: this.#withAllBelow(
        scopes.flatMap((scope) => (scope.what === 'folder' ? (this.#numberOf.get(scope.item) ?? []) : [])),
      ),
    };
  }

  #withAllBelow(folders: readonly number[]): Set<number> {
    const held = new Set(folders);
    if (held.size === 0) return held;
    const children = new Map<number, number[]>();
    for (const [folder, parent] of this.#nesting.all()) {
      const siblings = children.get(parent);
      if (siblings === undefined) children.set(parent, [folder]);
      else siblings.push(folder);
    }
    // A set is walked to its end, also what is added on the way.
    for (const folder of held) for (const child of children.get(folder) ?? []) held.add(child);
    return held;
  }
}

import type { ItemId } from '../../../shared/domain/ids.ts';
import { folderKind } from '../rows/layout.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import { FoldersAt, type FolderState, type FolderStatements } from './folders-at.ts';
import type { At } from './moment.ts';

/** More than enough to say that something is ambiguous. */
const limit = 10;

/** Finds what a person named: an id, the beginning of one, or a path `SOURCE/FOLDER/NAME`. */
export class Naming {
  readonly #statements: FolderStatements;
  readonly #byPrefix: Statement<string>;
  readonly #sources: Statement<{ readonly id: number; readonly uid: string; readonly name: string | null }>;
  readonly #named: Statement<string>;
  readonly #namedThen: Statement<string>;
  readonly #namedVanished: Statement<string>;

  constructor(connection: Connection, statements: FolderStatements) {
    this.#statements = statements;
    this.#byPrefix = connection.column(
      `SELECT uid FROM items WHERE uid >= @prefix AND uid < @prefix || '~' AND newest IS NOT NULL ORDER BY uid LIMIT ${limit}`,
    );
    this.#sources = connection.rows('SELECT id, uid, name FROM sources');
    const named = (validity: string): string => `
      SELECT i.uid FROM versions v INDEXED BY items_by_folder JOIN items i ON i.id = v.item JOIN contents c ON c.id = v.content
      WHERE v.kind <> ${folderKind} AND v.folder = @folder AND ${validity} AND (coalesce(c.name, c.key) = @name OR c.title = @name)
      ORDER BY coalesce(c.name, c.key) = @name DESC, v.id LIMIT ${limit}`;
    this.#named = connection.column(named('v.gone = 0 AND v.valid_to IS NULL'));
    this.#namedThen = connection.column(named('v.gone = 0 AND v.valid_from <= @at AND (v.valid_to IS NULL OR v.valid_to > @at)'));
    this.#namedVanished = connection.column(named('v.gone = 1 AND v.valid_to IS NULL'));
  }

  /** Several: ambiguous. What is there now hides what has vanished. */
  resolve(text: string, at: At): ItemId[] {
    const byId = /^[0-9a-z]{1,20}$/.test(text) ? this.#byPrefix.all({ prefix: text }) : [];
    if (byId.length > 0) return byId as ItemId[];
    const path = text.replace(/\/+$/, '');
    const folders = new FoldersAt(this.#statements, at);
    const found = this.#inSources(path, folders, at, false);
    return found.length > 0 ? found : this.#inSources(path, folders, at, true);
  }

  #inSources(path: string, folders: FoldersAt, at: At, vanished: boolean): ItemId[] {
    const found = this.#sources.all().flatMap((source) =>
      [source.uid, source.name ?? ''].flatMap((name) => {
        const rest = below(path, name);
        return rest === undefined
          ? []
          : new PathWalk(folders, folders.all(source.id), vanished).find(rest, (folder, itemName) =>
              this.#itemsNamed(folder, itemName, at, vanished),
            );
      }),
    );
    return [...new Set(found)].slice(0, limit);
  }

  #itemsNamed(folder: number, name: string, at: At, vanished: boolean): ItemId[] {
    if (vanished) return this.#namedVanished.all({ folder, name }) as ItemId[];
    return (at === null ? this.#named.all({ folder, name }) : this.#namedThen.all({ folder, name, at })) as ItemId[];
  }
}

const bare = (text: string): string => text.replace(/^\/+/, '');

/**
 * What follows the name in the path: '' at its end, undefined if it does not begin with it. A name that is itself a whole path begins with a
 * slash; after `SOURCE/` nobody types a second one, so slashes at the beginning do not count.
 */
function below(path: string, name: string): string | undefined {
  if (name === '') return undefined;
  const [rest, wanted] = [bare(path), bare(name)];
  if (rest === wanted) return '';
  return rest.startsWith(`${wanted}/`) ? rest.slice(wanted.length + 1) : undefined;
}

/** Goes down name by name. A name may hold slashes (a directory's whole path, a server's separator), so text is compared, not segments. */
class PathWalk {
  readonly #children = new Map<number | null, FolderState[]>();
  readonly #vanished: boolean;

  constructor(folders: FoldersAt, all: readonly FolderState[], vanished: boolean) {
    this.#vanished = vanished;
    for (const folder of all) {
      if (folder.presence === 'not-shown' || (folder.presence === 'gone' && !vanished)) continue;
      const isTop = folders.chain(folder.number)[0] === folder;
      const parent = isTop ? null : folder.parent;
      const siblings = this.#children.get(parent);
      if (siblings === undefined) this.#children.set(parent, [folder]);
      else siblings.push(folder);
    }
  }

  find(rest: string, itemsNamed: (folder: number, name: string) => ItemId[]): ItemId[] {
    return (this.#children.get(null) ?? []).flatMap((root) => this.#below(root, rest, itemsNamed));
  }

  #below(folder: FolderState, rest: string, itemsNamed: (folder: number, name: string) => ItemId[]): ItemId[] {
    if (rest === '') return (folder.presence === 'gone') === this.#vanished || folder.parent === null ? [folder.item] : [];
    const folders = (this.#children.get(folder.number) ?? []).flatMap((child) => {
      const further = below(rest, child.name);
      return further === undefined ? [] : this.#below(child, further, itemsNamed);
    });
    return [...folders, ...itemsNamed(folder.number, rest)];
  }
}

import type { FolderRow } from '../../state/index.ts';

/** Folders by what stands below what. */
export interface Forest {
  readonly folders: ReadonlyMap<string, FolderRow>;
  readonly roots: readonly string[];
  readonly children: ReadonlyMap<string, readonly string[]>;
}

/** INBOX first, then the order of the engine, which is that of names. */
const inboxFirst = (a: FolderRow, b: FolderRow): number =>
  Number(b.specialUse === '\\Inbox') - Number(a.specialUse === '\\Inbox');

/** With a filter: folders whose name fits, with all that is above them. A folder whose parent is not there stands at the root. */
export function buildForest(rows: readonly FolderRow[], filter: string, nameOf: (folder: FolderRow) => string): Forest {
  const all = new Map<string, FolderRow>(rows.map((row) => [row.item, row]));
  const wanted = filter.trim().toLocaleLowerCase();
  const kept = new Set<string>();
  for (const row of rows) {
    if (wanted !== '' && !nameOf(row).toLocaleLowerCase().includes(wanted)) continue;
    for (let at: FolderRow | undefined = row; at && !kept.has(at.item); at = at.parent === null ? undefined : all.get(at.parent))
      kept.add(at.item);
  }
  const children = new Map<string, string[]>();
  const roots: string[] = [];
  for (const row of rows.filter(({ item }) => kept.has(item)).sort(inboxFirst)) {
    if (row.parent === null || !kept.has(row.parent)) roots.push(row.item);
    else children.set(row.parent, [...(children.get(row.parent) ?? []), row.item]);
  }
  return { folders: new Map([...all].filter(([item]) => kept.has(item))), roots, children };
}

/** Few enough sources to see them all opened. */
const fewSources = 4;

/** The way to the chosen folder, sources that are new where there are few, and below them whatever has nothing beside it. */
export function openAtFirst(forest: Forest, chosen: string | null, met: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const open = new Set<string>();
  for (
    let at = chosen === null ? undefined : forest.folders.get(chosen);
    at;
    at = at.parent === null ? undefined : forest.folders.get(at.parent)
  )
    open.add(at.item);
  const openDown = (item: string): void => {
    open.add(item);
    const below = forest.children.get(item) ?? [];
    const [only] = below;
    if (below.length === 1 && only !== undefined) openDown(only);
  };
  if (forest.roots.length <= fewSources) for (const root of forest.roots) if (!met.has(root)) openDown(root);
  return open;
}

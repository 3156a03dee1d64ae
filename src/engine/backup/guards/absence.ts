import type { SourceDescription } from '../../../shared/domain/commit.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { Catalog, KnownItem } from '../../catalog/index.ts';
import type { FolderState } from '../work.ts';
import { isAnother } from './another-source.ts';
import { isMuch } from './signs.ts';

/** What a walk saw, and what it missed. */
interface Seen {
  readonly description: SourceDescription;
  readonly catalog: Catalog;
  /** By their source keys. */
  readonly folders: ReadonlyMap<string, FolderState>;
  readonly vanished: readonly KnownItem[];
  readonly itemsSeen: number;
  /** Known items that are taken and still there. */
  readonly itemsFound: number;
}

export interface Limit {
  readonly folders: ReadonlySet<string>;
  /** How much limited walks have seen vanish since the last whole one. */
  readonly vanishedBefore: number;
}

/** An account's own settings are there however little it holds. */
export const isHeld = ({ kind }: Pick<KnownItem, 'kind'>): boolean => kind !== 'account';

/** Absence is never deletion: a source that held items and now shows none at all, or is another one, is not believed. */
export function refuseAbsence(comparison: Seen): void {
  const { description, catalog, vanished, itemsSeen, itemsFound, folders } = comparison;
  const lost = vanished.filter((item) => item.kind !== 'folder' && isHeld(item)).length;
  if (lost === 0) return;
  if (itemsSeen === 0) throw new StrataError('source.empty', 'after-user-action', { source: description.name, items: lost });
  const known = catalog.sources().find(({ id }) => id === description.id);
  if (lost <= itemsFound || !isAnother(description, known, [...folders.values()])) return;
  throw new StrataError('source.swapped', 'after-user-action', { path: description.name, items: lost });
}

/** What a limited walk cannot judge. The whole walk that has to follow sees all that there was to see. */
export class ScanNeeded extends Error {
  override readonly name = 'ScanNeeded';
}

/** Who sees a part only must not take much away: whether a disk is gone, or somebody emptied a mailbox, the whole shows. */
export function leaveMuchToScan(
  { description, catalog, folders }: Seen,
  vanished: readonly KnownItem[],
  { vanishedBefore }: Limit,
): void {
  const lost = vanished.filter((item) => item.kind !== 'folder' && isHeld(item)).length;
  if (lost === 0) return;
  const root = folders.get('');
  const inRoot = root === undefined ? [] : [...catalog.knownItems(description.id, root.item).values()];
  const all = catalog.measure({ items: [], sources: [description.id], recursive: true }, null).items;
  const left = [...catalog.unchosen(description.id).keys()];
  // What is no longer chosen cannot go, and hides nothing of what did.
  const unchosen = left.length === 0 ? 0 : catalog.measure({ items: left, sources: [], recursive: false }, null).items;
  const items = all - unchosen - inRoot.filter((item) => !isHeld(item)).length;
  if (lost >= items || isMuch(lost + vanishedBefore, items + vanishedBefore)) throw new ScanNeeded();
}

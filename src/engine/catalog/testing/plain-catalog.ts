import type { ItemId, SourceId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';

/** What a catalog must answer, said in the plainest way: all manifests in a list, looked through from end to end each time. */
export class PlainCatalog {
  readonly manifests: Manifest[] = [];

  add(manifests: Iterable<Manifest>): void {
    this.manifests.push(...manifests);
  }

  items(): ItemId[] {
    return [...new Set(this.manifests.map(({ item }) => item))];
  }

  history(item: ItemId): Manifest[] {
    return this.manifests.filter((manifest) => manifest.item === item);
  }

  newest(item: ItemId): Manifest | undefined {
    return this.history(item).at(-1);
  }

  /** Deletions included. */
  valid(item: ItemId, atMs: number | null): Manifest | undefined {
    return this.history(item).findLast(({ validFromMs }) => atMs === null || validFromMs <= atMs);
  }

  there(atMs: number | null): Manifest[] {
    return this.items().flatMap((item) => {
      const manifest = this.valid(item, atMs);
      return manifest === undefined || manifest.change === 'deleted' ? [] : [manifest];
    });
  }

  /** Direct content, without sub-folders. */
  inFolder(folder: ItemId, atMs: number | null): Manifest[] {
    return this.there(atMs).filter((manifest) => manifest.folder === folder && manifest.kind !== 'folder');
  }

  /** The last state before the deletion, of what is gone and was in this folder. */
  vanishedFrom(folder: ItemId): Manifest[] {
    return this.items().flatMap((item) => {
      const versions = this.history(item);
      const last = versions.at(-1);
      const isGoneFromHere = last?.change === 'deleted' && last.folder === folder && last.kind !== 'folder';
      return isGoneFromHere ? [versions.at(-2) as Manifest] : [];
    });
  }

  /** Names from the root down, the root excluded; a folder that is not there is taken where it was last, or will be first. */
  path(folder: ItemId | null, atMs: number | null): string[] {
    if (folder === null) return [];
    const versions = this.history(folder);
    const known = versions.filter(({ validFromMs }) => atMs === null || validFromMs <= atMs);
    const shown = known.findLast(({ change }) => change !== 'deleted') ?? versions[0];
    if (shown === undefined || shown.folder === null) return [];
    return [...this.path(shown.folder, atMs), shown.name];
  }

  sourceOf(item: ItemId): SourceId | undefined {
    return this.newest(item)?.source;
  }
}

import type { CommitContents } from '../../../shared/domain/commit.ts';
import { type FreezeId, type ItemId, type SourceId, transactionId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import { stubOf } from '../../../shared/domain/stub.ts';

/** What a catalog must answer, said in the plainest way: all manifests in a list, looked through from end to end each time. */
export class PlainCatalog {
  /** Of removed versions the stubs. */
  manifests: Manifest[] = [];
  readonly #hidden = new Set<string>();
  readonly #freezes = new Map<FreezeId, SourceId>();

  apply({ commit, manifests }: CommitContents): void {
    this.manifests.push(...manifests);
    for (const { item, versions } of commit.hides ?? []) for (const n of versions) this.#hidden.add(transactionId(item, n));
    for (const { item, versions } of commit.shows ?? []) for (const n of versions) this.#hidden.delete(transactionId(item, n));
    for (const { id, source } of commit.freezes ?? []) this.#freezes.set(id, source);
    for (const id of commit.thaws ?? []) this.#freezes.delete(id);
    if (commit.kind === 'prune') this.manifests = this.manifests.map((each) => (this.#stays(each) ? each : stubOf(each)));
  }

  #stays(manifest: Manifest): boolean {
    return this.isSeen(manifest) || [...this.#freezes.values()].includes(manifest.source);
  }

  isSeen({ item, version }: Manifest): boolean {
    return !this.#hidden.has(transactionId(item, version));
  }

  items(): ItemId[] {
    return [...new Set(this.manifests.map(({ item }) => item))];
  }

  /** Hidden ones included. */
  history(item: ItemId): Manifest[] {
    return this.manifests.filter((manifest) => manifest.item === item);
  }

  seen(item: ItemId): Manifest[] {
    return this.history(item).filter((manifest) => this.isSeen(manifest));
  }

  /** Undefined where it is hidden. */
  newest(item: ItemId): Manifest | undefined {
    return this.valid(item, null);
  }

  /** Deletions included; undefined where it is hidden. */
  valid(item: ItemId, atMs: number | null): Manifest | undefined {
    const valid = this.#validOrHidden(item, atMs);
    return valid !== undefined && this.isSeen(valid) ? valid : undefined;
  }

  #validOrHidden(item: ItemId, atMs: number | null): Manifest | undefined {
    return this.history(item).findLast(({ validFromMs }) => atMs === null || validFromMs <= atMs);
  }

  there(atMs: number | null): Manifest[] {
    return this.items().flatMap((item) => {
      const manifest = this.valid(item, atMs);
      return manifest === undefined || manifest.change === 'deleted' ? [] : [manifest];
    });
  }

  /** How a folder is shown at a moment: as it was then, or in the nearest state that is seen. Where none is, as it was last. */
  shownFolder(folder: ItemId, atMs: number | null): Manifest | undefined {
    const seen = this.seen(folder);
    const states = seen.filter(({ change }) => change !== 'deleted');
    const until = states.findLast(({ validFromMs }) => atMs === null || validFromMs <= atMs);
    return until ?? states[0] ?? seen.at(-1) ?? this.history(folder).at(-1);
  }

  /** Whether it is in the tree of the moment, and whether as deleted. */
  presence(folder: ItemId, atMs: number | null): 'there' | 'gone' | 'not-yet' {
    const valid = this.#validOrHidden(folder, atMs);
    if (valid === undefined || this.seen(folder).length === 0) return 'not-yet';
    return valid.change === 'deleted' ? 'gone' : 'there';
  }

  /** What is there, with the folders that are shown: in the nearest state that is seen where their own is hidden. */
  shown(atMs: number | null): Manifest[] {
    const folders = this.items().filter(
      (item) => this.history(item)[0]?.kind === 'folder' && this.presence(item, atMs) === 'there',
    );
    return [
      ...this.there(atMs).filter(({ kind }) => kind !== 'folder'),
      ...folders.flatMap((folder) => this.shownFolder(folder, atMs) ?? []),
    ];
  }

  /** An item and the folders above it; ends where folders are each other's ancestors. */
  chain(manifest: Manifest, atMs: number | null): ItemId[] {
    const chain = [manifest.item];
    for (let at = manifest.folder; at !== null && !chain.includes(at); at = this.shownFolder(at, atMs)?.folder ?? null)
      chain.push(at);
    return chain;
  }

  /** Direct content, without sub-folders. */
  inFolder(folder: ItemId, atMs: number | null): Manifest[] {
    return this.there(atMs).filter((manifest) => manifest.folder === folder && manifest.kind !== 'folder');
  }

  /** The last state before the deletion, of what is gone and was in this folder. */
  vanishedFrom(folder: ItemId): Manifest[] {
    return this.items().flatMap((item) => {
      const last = this.newest(item);
      const isGoneFromHere = last?.change === 'deleted' && last.folder === folder && last.kind !== 'folder';
      const before = this.seen(item).findLast(({ change }) => change !== 'deleted');
      return isGoneFromHere && before !== undefined ? [before] : [];
    });
  }

  /**
   * Names from the root down, the root excluded; a folder that is not there is taken where it was last, or will be first. Ends where
   * folders are each other's ancestors.
   */
  path(folder: ItemId | null, atMs: number | null, passed: readonly ItemId[] = []): string[] {
    const shown = folder === null || passed.includes(folder) ? undefined : this.shownFolder(folder, atMs);
    if (shown === undefined || shown.folder === null) return [];
    return [...this.path(shown.folder, atMs, [...passed, shown.item]), shown.name || shown.item];
  }

  sourceOf(item: ItemId): SourceId | undefined {
    return this.history(item)[0]?.source;
  }
}

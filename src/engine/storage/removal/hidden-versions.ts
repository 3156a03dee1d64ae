import type { ItemId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';

/** Versions that commits have hidden and no later one has shown again. */
export class HiddenVersions {
  readonly #versions = new Map<ItemId, Set<number>>();

  hide(item: ItemId, versions: readonly number[]): void {
    const hidden = this.#versions.get(item) ?? new Set();
    for (const version of versions) hidden.add(version);
    this.#versions.set(item, hidden);
  }

  show(item: ItemId, versions: readonly number[]): void {
    for (const version of versions) this.#versions.get(item)?.delete(version);
  }

  has({ item, version }: Pick<Manifest, 'item' | 'version'>): boolean {
    return this.#versions.get(item)?.has(version) ?? false;
  }
}

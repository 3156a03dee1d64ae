import type { Commit } from '../../../../shared/domain/commit.ts';
import type { Hold } from '../../../../shared/domain/hold.ts';
import type { ItemId, SourceId } from '../../../../shared/domain/ids.ts';
import type { ItemKind } from '../../../../shared/domain/item.ts';
import type { EndedVersion, LetGo } from '../../../catalog/index.ts';
import type { History } from '../choose.ts';

export const dayMs = 86_400_000;
/** A Sunday at noon. */
export const day0 = Date.UTC(2026, 0, 4, 12);

/** What happened to an item and when, in days: `10` a version, `x20` its deletion. */
export interface PlainItem {
  readonly item: ItemId;
  readonly source: SourceId;
  readonly kind: ItemKind;
  readonly folder: ItemId | null;
  readonly story: readonly { readonly atMs: number; readonly isDeletion: boolean }[];
}

export function plainItem(text: string, over: Partial<PlainItem> = {}): PlainItem {
  const story = text.split(' ').map((word) => ({
    atMs: day0 + Number(word.replace('x', '')) * dayMs,
    isDeletion: word.startsWith('x'),
  }));
  return { item: 'item' as ItemId, source: 'source' as SourceId, kind: 'message', folder: null, ...over, story };
}

/** The catalog's answers from lists, as plainly as can be. */
export class PlainHistory implements History {
  readonly #items: readonly PlainItem[];
  readonly #holds: readonly Hold['scope'][];
  readonly hidden = new Map<ItemId, Set<number>>();
  readonly leftOut = new Map<ItemId, LetGo>();

  constructor(items: readonly PlainItem[], holds: readonly Hold['scope'][] = []) {
    this.#items = [...items].sort((a, b) => (a.item < b.item ? -1 : 1));
    this.#holds = holds;
  }

  endedVersions(source: SourceId): EndedVersion[] {
    return this.#versions(source).filter(({ validToMs, change }) => validToMs !== null || change === 'deleted');
  }

  presentVersions(source: SourceId): EndedVersion[] {
    return this.#versions(source).filter(({ validToMs, change }) => validToMs === null && change !== 'deleted');
  }

  letGo(): ReadonlyMap<ItemId, LetGo> {
    return this.leftOut;
  }

  isHeld(source: SourceId, item: ItemId, version: number): boolean {
    return this.#holds.some((hold) => {
      switch (hold.what) {
        case 'source':
          return hold.source === source;
        case 'item':
          return hold.item === item;
        case 'version':
          return hold.item === item && hold.version === version;
        case 'folder':
          return hold.item === item || this.#isBelow(item, hold.item);
      }
    });
  }

  hide(item: ItemId, versions: readonly number[]): void {
    const hidden = this.hidden.get(item) ?? new Set();
    for (const version of versions) hidden.add(version);
    this.hidden.set(item, hidden);
  }

  #isBelow(item: ItemId, folder: ItemId): boolean {
    const parent = this.#items.find((other) => other.item === item)?.folder ?? null;
    return parent !== null && (parent === folder || this.#isBelow(parent, folder));
  }

  #versions(source: SourceId): EndedVersion[] {
    return this.#items
      .filter((item) => item.source === source)
      .flatMap(({ item, kind, folder, story }) => {
        const seen = story.map((step, index) => ({ ...step, version: index + 1, endMs: story[index + 1]?.atMs ?? null }));
        const left = seen.filter(({ version }) => this.hidden.get(item)?.has(version) !== true);
        const last = story.at(-1);
        return left.map(({ atMs, isDeletion, version, endMs }) => ({
          item,
          version,
          kind,
          folder,
          change: isDeletion ? ('deleted' as const) : version === 1 ? ('created' as const) : ('content' as const),
          validFromMs: atMs,
          validToMs: endMs,
          sizeBytes: isDeletion ? 0 : 10,
          newer: left.filter((other) => other.version > version && !other.isDeletion).length,
          goneSinceMs: last?.isDeletion === true ? last.atMs : null,
        }));
      });
  }
}

/** A commit as far as rules look at it. */
export function plainMoment(sequence: number, day: number, job: string, sources: readonly string[], hour = 6): Commit {
  return {
    sequence,
    kind: 'full',
    job: { id: job, name: job },
    atMs: day0 + day * dayMs + hour * 3_600_000,
    sources: sources.map((id) => ({ id, name: id })),
  } as unknown as Commit;
}

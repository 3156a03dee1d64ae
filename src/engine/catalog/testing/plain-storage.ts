import type { ChunkLocation, CommitActs, CommitContents, ItemVersions } from '../../../shared/domain/commit.ts';
import type { ChunkId, FreezeId, HoldId, ItemId, PackId, SourceId } from '../../../shared/domain/ids.ts';
import { transactionId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import { stubOf } from '../../../shared/domain/stub.ts';
import { CommitChain, type CommitFields, madeId, neededChunks, packOf, placesIn } from './commits.ts';

const idOf = ({ item, version }: Manifest): string => transactionId(item, version);

/** A storage as far as a catalog sees one: what each commit says when it is made, and what is left of it in the end. */
export class PlainStorage {
  /** As they were when they were made. */
  readonly commits: CommitContents[] = [];
  readonly #chain = new CommitChain();
  readonly #hidden = new Set<string>();
  readonly #removed = new Set<string>();
  readonly #removedPacks = new Set<PackId>();
  readonly #forgotten = new Set<number>();
  readonly #holds: HoldId[] = [];
  readonly #freezes = new Map<FreezeId, SourceId>();

  commit(manifests: readonly Manifest[], fields: CommitFields): void {
    this.commits.push(this.#chain.next(manifests, fields));
  }

  /** What a rebuild would be given now: stubs of what was removed, and no chunk of a pack that is out of use. */
  contents(): CommitContents[] {
    return this.commits.map(({ commit, chunks, manifests }) => ({
      commit,
      chunks: [...chunks].filter(({ pack }) => !this.#removedPacks.has(pack)),
      manifests: [...manifests].map((manifest) => (this.#removed.has(idOf(manifest)) ? stubOf(manifest) : manifest)),
    }));
  }

  hide(which: number, count: number, fields: CommitFields): void {
    const candidates = this.#manifests().filter((manifest) => !this.#hidden.has(idOf(manifest)));
    const hides = some(candidates, which, count);
    for (const manifest of hides) this.#hidden.add(idOf(manifest));
    this.#act({ hides: byItem(hides) }, { ...fields, kind: 'retention' });
  }

  show(which: number, count: number, fields: CommitFields): void {
    const candidates = this.#manifests().filter((m) => this.#hidden.has(idOf(m)) && !this.#removed.has(idOf(m)));
    const shows = some(candidates, which, count);
    for (const manifest of shows) this.#hidden.delete(idOf(manifest));
    this.#act({ shows: byItem(shows) }, { ...fields, kind: 'retention' });
  }

  forget(which: number, fields: CommitFields): void {
    const forgets = some(this.#moments(), which, 2);
    for (const sequence of forgets) this.#forgotten.add(sequence);
    this.#act({ forgets }, { ...fields, kind: 'retention' });
  }

  remember(which: number, fields: CommitFields): void {
    const remembers = some([...this.#forgotten], which, 1);
    for (const sequence of remembers) this.#forgotten.delete(sequence);
    this.#act({ remembers }, { ...fields, kind: 'retention' });
  }

  hold(which: number, source: SourceId, folders: readonly ItemId[], fields: CommitFields): void {
    const id = madeId<HoldId>(`hold ${this.commits.length}`);
    const [manifest] = some(this.#manifests(), which, 1);
    const folder = folders[which % folders.length] as ItemId;
    const scopes = [
      { what: 'source', source } as const,
      { what: 'folder', item: folder } as const,
      { what: 'item', item: manifest?.item ?? folder } as const,
      { what: 'version', item: manifest?.item ?? folder, version: manifest?.version ?? 1 } as const,
    ];
    const scope = scopes[which % 4] ?? { what: 'source', source };
    this.#holds.push(id);
    this.#act({ holds: [{ id, scope, reason: `reason ${which}`, atMs: 1 }] }, { ...fields, kind: 'hold' });
  }

  freeze(which: number, source: SourceId, fields: CommitFields): void {
    const id = madeId<FreezeId>(`freeze ${this.commits.length}`);
    this.#freezes.set(id, source);
    this.#act(
      { freezes: [{ id, source, reason: 'mass-change', facts: { items: which }, atMs: 1 }] },
      { ...fields, kind: 'hold' },
    );
  }

  giveBack(which: number, source: SourceId, fields: CommitFields): void {
    const givesBack = some(this.#manifests(), which, 3).map(({ item, version }, at) => {
      return { item, version, source, folder: `folder ${which % 3}`, key: `made ${at}`, revision: `r${which}` };
    });
    this.#act({ givesBack }, { ...fields, kind: 'restore' });
  }

  release(which: number, fields: CommitFields): void {
    const thaws = some([...this.#freezes.keys()], which, 1);
    for (const id of thaws) this.#freezes.delete(id);
    this.#act({ releases: some(this.#holds, which, 1), thaws }, { ...fields, kind: 'hold' });
  }

  /** Makes stubs of all that is hidden, frozen sources apart, and puts what is needed of some packs into a new one. */
  prune(which: number, fields: CommitFields): void {
    const frozen = new Set(this.#freezes.values());
    const going = this.#manifests().filter((manifest) => this.#hidden.has(idOf(manifest)) && !frozen.has(manifest.source));
    const isAnythingHidden = this.#hidden.size > this.#removed.size;
    for (const manifest of going) this.#removed.add(idOf(manifest));
    const removes = this.#packs().filter((_, at) => (at + which) % 3 > 0);
    const saved = this.#chunksIn(removes, this.#needed());
    this.#remove(removes, saved, isAnythingHidden ? this.#moved() : {}, { ...fields, kind: 'prune' });
  }

  /** Takes a damaged pack out; of what is needed of it half can be read, the rest is lost unless it lies elsewhere. */
  repair(which: number, fields: CommitFields): void {
    const removes = some(this.#packs(), which, 1);
    const needed = this.#chunksIn(removes, this.#needed());
    const saved = needed.filter((_, at) => at % 2 === 0);
    const elsewhere = new Set(
      this.#chunksIn(
        this.#packs().filter((pack) => !removes.includes(pack)),
        this.#needed(),
      ),
    );
    const losesChunks = needed.filter((id) => !saved.includes(id) && !elsewhere.has(id));
    const moved = this.#hidden.size === this.#removed.size ? this.#moved() : {};
    this.#remove(removes, saved, { ...moved, losesChunks }, { ...fields, kind: 'repair' });
  }

  #remove(removes: readonly PackId[], saved: readonly ChunkId[], acts: CommitActs, fields: CommitFields): void {
    const chunks = placesIn(packOf(this.commits.length + 1), saved);
    this.#act({ ...acts, removes }, { ...fields, chunks });
    for (const pack of removes) this.#removedPacks.add(pack);
  }

  #act(acts: CommitActs, fields: CommitFields): void {
    this.commit([], { ...fields, acts });
  }

  #moved(): CommitActs {
    const to = { pack: packOf(this.commits.length + 1), record: 0 };
    return { movedManifests: [{ pack: packOf(1), record: 0, to }] };
  }

  #moments(): number[] {
    return this.commits.flatMap(({ commit }) =>
      commit.kind === 'full' && !this.#forgotten.has(commit.sequence) ? [commit.sequence] : [],
    );
  }

  #packs(): PackId[] {
    return this.commits.flatMap(({ commit }) => commit.packs.map(({ id }) => id)).filter((id) => !this.#removedPacks.has(id));
  }

  #manifests(): Manifest[] {
    return this.commits.flatMap(({ manifests }) => [...manifests]);
  }

  #needed(): Set<ChunkId> {
    return new Set(neededChunks(this.#manifests().filter((manifest) => !this.#removed.has(idOf(manifest)))));
  }

  #chunksIn(packs: readonly PackId[], wanted: ReadonlySet<ChunkId>): ChunkId[] {
    const places: ChunkLocation[] = this.commits.flatMap(({ chunks }) => [...chunks]);
    return [...new Set(places.filter(({ pack, id }) => packs.includes(pack) && wanted.has(id)).map(({ id }) => id))];
  }
}

/** So many of them, from a place on. */
function some<T>(list: readonly T[], which: number, count: number): T[] {
  if (list.length === 0) return [];
  const from = which % list.length;
  return [...list.slice(from), ...list.slice(0, from)].slice(0, count);
}

function byItem(manifests: readonly Manifest[]): ItemVersions[] {
  const versions = new Map<ItemId, number[]>();
  for (const { item, version } of manifests) versions.set(item, [...(versions.get(item) ?? []), version]);
  return [...versions].map(([item, numbers]) => ({ item, versions: numbers }));
}

import type { ChunkId, PackId } from '../../../shared/domain/ids.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import { turn } from '../../kernel/turn.ts';
import { IdSet } from '../id-set.ts';
import { chunksOf } from '../pack-entries.ts';
import { PackReader } from '../pack-reader.ts';
import type { NewPacks } from '../removal/new-packs.ts';
import type { RemovalParts } from '../removal/parts.ts';
import type { Standing, StandingRoot } from '../removal/standing.ts';
import { type GoodRecord, PackCopies } from './copies.ts';
import type { Examined } from './examine.ts';
import { Naming } from './naming.ts';
import { type RememberedRecord, Remembering } from './remembering.ts';
import type { RepairHelp } from './repair.ts';

/** Twins are read for single records. */
const twinCacheBytes = 8 * 1024 * 1024;

/** Gathers what is left of damaged packs; then writes it anew. */
export class Mending {
  readonly naming: Naming;
  /** Of manifests that are lost. */
  lostRoots: readonly StandingRoot[] = [];
  readonly remembered: RememberedRecord[] = [];
  /** About what the good records take that lie nowhere else. */
  savedBytes = 0;
  readonly #standing: Standing;
  readonly #examined: Examined;
  readonly #copies: PackCopies;
  readonly #remembering: Remembering;
  readonly #saved = new IdSet();
  readonly #records: GoodRecord[] = [];
  readonly #manifests = new Map<string, GoodRecord>();
  readonly #moved: { readonly root: StandingRoot; readonly record: GoodRecord }[] = [];

  constructor(standing: Standing, examined: Examined, parts: Omit<RemovalParts, 'lock'>, help: RepairHelp) {
    const { reader, keys, zstd, deps } = parts;
    const twins = help.twins.map((target) => new PackReader(target, keys, zstd, deps.log, twinCacheBytes));
    this.#standing = standing;
    this.#examined = examined;
    this.#copies = new PackCopies(reader, twins, keys);
    this.#remembering = new Remembering(standing, help, this.#copies, keys);
    this.naming = new Naming({ present: examined.present, saved: this.#saved }, standing.hidden);
  }

  get savedChunks(): number {
    return this.#saved.size;
  }

  /** Reads all manifests, and every record of every damaged pack. Changes nothing. */
  async gather(run: RunContext): Promise<void> {
    const { damaged, missing } = this.#examined;
    const bad = new Set<PackId>([...damaged, ...missing]);
    for (const pack of bad) {
      stopIfCancelled(run);
      for (const record of this.#copies.records(pack)) {
        this.#note(record);
        await turn();
      }
    }
    const lost: StandingRoot[] = [];
    for (const root of this.#standing.roots) {
      stopIfCancelled(run);
      await turn();
      if (root.place !== undefined && !this.#nameAll(root, root.place, bad)) lost.push(root);
    }
    this.lostRoots = lost;
  }

  async write(into: NewPacks, run: RunContext): Promise<void> {
    const written = new IdSet();
    for (const record of this.#records) {
      stopIfCancelled(run);
      await this.#copy(record, into, written);
    }
    for (const { root, record } of this.#moved) await into.addManifests(root.first, this.#copies.read(record));
    for (const { root, plain } of this.remembered) await into.addManifests(root.first, plain);
  }

  #note(record: GoodRecord): void {
    const { pack, entry } = record;
    if (entry.type === 'manifests') {
      const key = placeOf(pack, entry.ordinal);
      if (!this.#manifests.has(key)) this.#manifests.set(key, record);
      return;
    }
    const fresh = chunksOf(entry).filter(({ id }) => !this.#examined.present.has(id) && !this.#saved.has(id));
    if (fresh.length === 0) return;
    for (const { id } of fresh) this.#saved.add(id);
    this.savedBytes += entry.recordLength;
    this.#records.push(record);
  }

  /** False: nobody knows what these manifests said. */
  #nameAll(root: StandingRoot, place: NonNullable<StandingRoot['place']>, bad: ReadonlySet<PackId>): boolean {
    const manifests = this.#copies.manifests(place);
    if (manifests === undefined) {
      const record = this.#remembering.recall(root);
      if (record === undefined) return false;
      this.remembered.push(record);
      this.savedBytes += record.plain.length;
      this.naming.add(record.manifests);
      return true;
    }
    this.naming.add(manifests);
    if (!bad.has(place.pack)) return true;
    const record = this.#manifests.get(placeOf(place.pack, place.record));
    if (record === undefined) return false;
    this.#moved.push({ root, record });
    this.savedBytes += record.entry.recordLength;
    return true;
  }

  async #copy(record: GoodRecord, into: NewPacks, written: IdSet): Promise<void> {
    const plain = this.#copies.read(record);
    const isDone = (id: ChunkId): boolean => this.#examined.present.has(id) || written.has(id);
    for (const { id, offset, length } of chunksOf(record.entry)) {
      if (isDone(id)) continue;
      written.add(id);
      await into.addChunk(id, plain.subarray(offset, offset + length), this.naming.sourceOf(id));
    }
    await turn();
  }
}

const placeOf = (pack: PackId, record: number): string => `${pack}.${record}`;

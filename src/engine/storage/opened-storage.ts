import type {
  ChunkLocation,
  Commit,
  CommitContents,
  CommitWriter,
  PackSummary,
  RecordedManifests,
} from '../../shared/domain/commit.ts';
import type { CommitId, PackId } from '../../shared/domain/ids.ts';
import type { ContentPart, Manifest } from '../../shared/domain/item.ts';
import type { CheckLevel, CheckReport } from '../../shared/domain/run.ts';
import { isStrataError } from '../../shared/domain/strata-error.ts';
import { deviceSecretText, exportSecret, newDeviceSecret, type StorageKeys } from '../crypto/index.ts';
import { type ManifestRoot, type ParsedHeader, parsePackName } from '../format/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { turn } from '../kernel/turn.ts';
import type { Target } from '../targets/target.ts';
import { Admission } from './admission.ts';
import { Ballast } from './ballast.ts';
import { CommitChain } from './commit-chain.ts';
import { openZstd, type Zstd } from './compress.ts';
import { ThreadedGiver } from './content-giver.ts';
import { ContentReader } from './content-reader.ts';
import { putDeviceSlot } from './device-slot.ts';
import { isReplaced, slotId, slotsOf } from './key-slots.ts';
import { LockBook } from './lock-book.ts';
import type { LockMode, LockPurpose } from './lock-file.ts';
import { checkPack } from './pack-check.ts';
import { locationsOf } from './pack-entries.ts';
import { PackReader, recordCacheBytes } from './pack-reader.ts';
import { type PackSizes, sizesOf } from './pack-sizes.ts';
import { trashFolders } from './removal/trash.ts';
import type { Removal, TrashFolder } from './removal/removal.ts';
import type { RepairOptions, Repaired } from './repair/repair.ts';
import { repairStorage } from './repair/repair-storage.ts';
import { readStanding } from './removal/standing.ts';
import { Upkeep } from './removal/upkeep.ts';
import { LaterCommits } from './rearrangement.ts';
import { ReaderPool } from './reader-pool.ts';
import type {
  Affected,
  ChunkFinder,
  ChunkLocator,
  ContentGiver,
  LockSight,
  PackChoice,
  PackRereader,
  Storage,
  StorageDeps,
  StorageHeader,
  StorageKey,
  StorageLock,
  StorageWriter,
} from './storage.ts';
import { StorageCheck } from './storage-check.ts';
import { publicHeader } from './storage-header.ts';
import { type PackingParts, PackingWriter } from './storage-writer.ts';

export class OpenedStorage implements Storage {
  readonly header: StorageHeader;
  readonly openedBy: string | undefined;
  readonly #target: Target;
  readonly #parsed: ParsedHeader;
  readonly #keys: StorageKeys;
  readonly #deps: StorageDeps;
  readonly #zstd: Zstd = openZstd();
  readonly #chain: CommitChain;
  readonly #later: LaterCommits;
  readonly #reader: PackReader;
  readonly #contents: ContentReader;
  readonly #locks: LockBook;
  readonly #ballast: Ballast;
  readonly #admission: Admission;

  /** Takes over the keys. `parsed` is confirmed by them. */
  constructor(target: Target, parsed: ParsedHeader, keys: StorageKeys, deps: StorageDeps, openedBy?: string) {
    this.header = publicHeader(parsed);
    this.openedBy = openedBy;
    this.#target = target;
    this.#parsed = parsed;
    this.#keys = keys;
    this.#deps = deps;
    const { random, log } = deps;
    this.#ballast = new Ballast(target, this.#sizes, random, log);
    this.#chain = new CommitChain({ target, keys, storage: parsed.id, zstd: this.#zstd, random, log });
    this.#later = new LaterCommits(this.#chain);
    this.#reader = new PackReader(target, keys, this.#zstd, log, recordCacheBytes);
    this.#contents = new ContentReader(keys, this.#reader, target.label);
    this.#locks = new LockBook(target, deps);
    this.#admission = new Admission({
      target,
      parsed,
      keys,
      deps,
      chain: this.#chain,
      ballast: this.#ballast,
      locks: this.#locks,
    });
  }

  catalogKey(): string {
    return this.#keys.catalogKey();
  }

  exportDeviceSecret(): string {
    return exportSecret(this.#keys);
  }

  hasNewestKey(): boolean {
    return this.#admission.hasNewestKey();
  }

  keySlots(): StorageKey[] {
    const slots = slotsOf(this.#target, this.header.id, this.#keys);
    return slots.map((found) => {
      const { name, label, slot } = found;
      const { kind, createdAtMs } = slot;
      return { slot: slotId(name), kind, label, createdAtMs, isReplaced: isReplaced(found, slots) };
    });
  }

  /** Beside everybody else: a file more disturbs nobody, but a new master key must not come in between. */
  async addDevice(label: string, keep: (secret: string) => Promise<void>): Promise<string> {
    const secret = newDeviceSecret(this.#deps.random);
    await keep(deviceSecretText(secret));
    const lock = this.lock('keys', 'read');
    try {
      return await putDeviceSlot(this.#target, this.header.id, this.#keys, { label, secret }, this.#deps);
    } finally {
      lock.release();
    }
  }

  lock(purpose: LockPurpose, mode: LockMode): StorageLock {
    return this.#admission.lock(purpose, mode);
  }

  lockWhenFree(purpose: LockPurpose, mode: LockMode, run: RunContext): Promise<StorageLock> {
    return this.#admission.lockWhenFree(purpose, mode, run);
  }

  assertWritable(): void {
    this.#admission.refuse('backup', 'write');
  }

  locks(): LockSight[] {
    return this.#locks.sights();
  }

  clearLock(name: string): void {
    this.#locks.clear(name);
  }

  *commits(after: number, known?: CommitId): Generator<Commit> {
    for (const { commit } of this.#chain.after(after, known)) yield commit;
  }

  contents(commit: Commit, damage: 'skip' | 'fail' = 'skip'): CommitContents {
    const { roots } = this.#chain.read(commit.sequence);
    const later = this.#later.than(commit.sequence);
    const places = roots.flatMap((root) => later.placeOf(root, commit.sequence) ?? []);
    const packs = commit.packs.filter(({ id }) => later.removalOf(id, commit.sequence) === undefined);
    return {
      commit,
      chunks: { [Symbol.iterator]: () => this.#locations(packs) },
      manifests: { [Symbol.iterator]: () => this.#manifests(places, damage) },
    };
  }

  writer(lock: StorageLock, locator: ChunkLocator, recorded?: (record: RecordedManifests) => void): StorageWriter {
    if (this.#admission.modeOf(lock) === undefined) throw new Error('writing needs a write lock of this storage');
    return new PackingWriter({ ...this.#packing(lock), locator, recorded, packs: this.#packsOnTarget() });
  }

  removal(lock: StorageLock): Removal {
    if (this.#admission.modeOf(lock) !== 'exclusive') throw new Error('removing needs an exclusive lock of this storage');
    return new Upkeep(this.#packing(lock));
  }

  repair(lock: StorageLock, options: RepairOptions, run: RunContext): Promise<Repaired> {
    const mended = this.#admission.mendedFor(lock);
    if (!options.isDry && (mended === undefined || this.#admission.modeOf(lock) !== 'exclusive')) {
      throw new Error('repairing needs an exclusive lock of this storage for it');
    }
    const parts = { ...this.#packing(lock), startReaders: () => this.#readers(), mended: mended ?? 0 };
    return repairStorage(parts, options, run);
  }

  #packing(lock: StorageLock): PackingParts {
    return {
      target: this.#target,
      keys: this.#keys,
      chunking: this.#parsed.chunking,
      chain: this.#chain,
      reader: this.#reader,
      zstd: this.#zstd,
      sizes: this.#sizes,
      ballast: this.#ballast,
      lock,
      deps: this.#deps,
    };
  }

  trash(): TrashFolder[] {
    // Most often nothing lies there, and then nobody need read all commits.
    return this.#target.list('trash').length === 0 ? [] : trashFolders(readStanding(this.#chain), this.#target);
  }

  async *read(part: ContentPart, locator: ChunkLocator): AsyncGenerator<Uint8Array> {
    let before = this.#reader.recordsRead;
    for (const bytes of this.#contents.pieces(part, (id) => locator.locate(id))) {
      if (this.#reader.recordsRead !== before) await turn();
      before = this.#reader.recordsRead;
      yield bytes;
    }
  }

  giver(finder: ChunkFinder): ContentGiver | undefined {
    const pool = this.#readers();
    return pool && new ThreadedGiver(pool, finder, this.#target.label);
  }

  rereader(): PackRereader {
    const pool = this.#readers(1);
    if (pool !== undefined) return { read: (pack) => pool.check(pack, 'all'), close: () => pool.leave() };
    const parts = { target: this.#target, keys: this.#keys, reader: this.#reader };
    return {
      async read(pack) {
        await turn();
        return checkPack(parts, pack, 'all');
      },
      close: () => undefined,
    };
  }

  /** @param count Undefined: as many as there should be. */
  #readers(count?: number): ReaderPool | undefined {
    const { readers, log } = this.#deps;
    const { place } = this.#target;
    if (readers === undefined || place === undefined) return undefined;
    const threads = count === undefined ? readers : { ...readers, count };
    return new ReaderPool(threads, { place, secret: exportSecret(this.#keys) }, log);
  }

  check(level: CheckLevel, affected: Affected, run: RunContext, choice: PackChoice = {}): Promise<CheckReport> {
    const parts = {
      target: this.#target,
      keys: this.#keys,
      chain: this.#chain,
      reader: this.#reader,
      startReaders: () => this.#readers(),
    };
    return new StorageCheck(parts, level, run, choice).run(affected);
  }

  idAt(sequence: number): CommitId | undefined {
    return this.#chain.idAt(sequence);
  }

  newest<T>(answer: (commit: Commit) => T | undefined): T | undefined {
    for (const found of this.#chain.answers(answer)) return found;
    return undefined;
  }

  owner(): CommitWriter | undefined {
    return this.#chain.owner();
  }

  head(): { readonly sequence: number; readonly id: CommitId } | null {
    return this.#chain.head();
  }

  get #sizes(): PackSizes {
    return sizesOf(this.#deps);
  }

  close(): void {
    this.#reader.forget();
    this.#keys.wipe();
  }

  *#locations(packs: readonly PackSummary[]): Generator<ChunkLocation> {
    for (const { id: pack } of packs) {
      for (const entry of this.#orNothing(pack, () => this.#reader.index(pack))) {
        yield* locationsOf(pack, entry);
      }
    }
  }

  *#manifests(roots: readonly ManifestRoot[], damage: 'skip' | 'fail'): Generator<Manifest> {
    for (const root of roots) {
      const read = (): Manifest[] => this.#reader.manifests(root);
      yield* damage === 'fail' ? read() : this.#orNothing(root.pack, read);
    }
  }

  /** Everything that is not damaged must stay within reach, so a rebuild goes on without what is. A check reports it. */
  #orNothing<T>(pack: PackId, read: () => readonly T[]): readonly T[] {
    try {
      return read();
    } catch (error) {
      if (!isStrataError(error) || error.code !== 'storage.record-damaged') throw error;
      this.#deps.log.error('storage.pack-damaged', { pack, reason: error.facts['reason'] ?? '' });
      return [];
    }
  }

  *#packsOnTarget(): Generator<PackId> {
    for (const name of this.#target.list('packs')) {
      const id = parsePackName(name);
      if (id !== undefined) yield id;
    }
  }
}

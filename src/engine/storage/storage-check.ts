import type { PackSummary } from '../../shared/domain/commit.ts';
import type { ChunkId, PackId } from '../../shared/domain/ids.ts';
import type { CheckFinding, CheckReport } from '../../shared/domain/run.ts';
import { failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { sha256Hex, type StorageKeys } from '../crypto/index.ts';
import { type PlacedEntry, packName, parsePackName, recordComplaint } from '../format/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import { turn } from '../kernel/turn.ts';
import type { Target } from '../targets/target.ts';
import { checkVitals } from './check-vitals.ts';
import type { ChainedCommit, CommitChain } from './commit-chain.ts';
import { IdSet } from './id-set.ts';
import { type Standing, standingAfter } from './removal/standing.ts';
import type { Affected } from './storage.ts';
import { chunksOf, type PackReader, wrongChunks } from './pack-reader.ts';

export interface CheckParts {
  readonly target: Target;
  readonly keys: StorageKeys;
  readonly chain: CommitChain;
  readonly reader: PackReader;
}

interface Damage {
  readonly failure: StrataError;
  readonly file: string;
  readonly chunks: ReadonlySet<ChunkId>;
  /** Not there or unreadable as a whole: what was in it only the catalog knows. */
  readonly lostPack?: PackId;
}

/** Reads and never writes. What it cannot read is in the report; it fails only when the storage itself is out of reach. */
export class StorageCheck {
  readonly #parts: CheckParts;
  readonly #run: RunContext;
  readonly #level: CheckReport['level'];
  readonly #damages: Damage[] = [];
  #records = 0;
  #chunks = 0;
  #commits = 0;
  #bytesRead = 0;

  constructor(parts: CheckParts, level: CheckReport['level'], run: RunContext) {
    this.#parts = parts;
    this.#level = level;
    this.#run = run;
  }

  async run(affected: Affected): Promise<CheckReport> {
    for (const { failure, file } of checkVitals(this.#parts)) this.#addDamage(failure, file, []);
    const standing = standingAfter(this.#readCommits());
    const packs = [...standing.packs].map(([id, sizeBytes]) => ({ id, sizeBytes }));
    this.#run.progress.total(
      packs.length,
      packs.reduce((sum, pack) => sum + pack.sizeBytes, 0),
    );
    const present = new IdSet();
    for (const pack of packs) {
      stopIfCancelled(this.#run);
      await turn();
      this.#checkPack(pack, present);
      this.#run.progress.done(1, pack.sizeBytes);
    }
    if (this.#level !== 'quick') await this.#checkManifests(standing, present);
    return { ...this.#report(packs.length, affected), ...this.#strays(standing) };
  }

  *#readCommits(): Generator<ChainedCommit> {
    const last = this.#parts.chain.head()?.sequence ?? 0;
    for (let sequence = 1; sequence <= last; sequence++) {
      try {
        yield this.#parts.chain.read(sequence);
        this.#commits += 1;
      } catch (error) {
        // Told by checkVitals already; what else is wrong must come out.
        if (!isStrataError(error)) throw error;
      }
    }
  }

  /** No damage: what runs left that died, and what a broken-off removal left where it was. The next prune puts both in the trash. */
  #strays({ packs, removed }: Standing): Pick<CheckReport, 'orphans' | 'leftovers'> {
    const names = this.#parts.target.list('packs').flatMap((name) => parsePackName(name) ?? []);
    const strays = names.filter((id) => !packs.has(id));
    const leftovers = strays.filter((id) => removed.has(id)).length;
    return { orphans: strays.length - leftovers, leftovers };
  }

  #checkPack(pack: PackSummary, present: IdSet): void {
    const file = packName(pack.id);
    const size = this.#parts.target.size(file);
    if (size !== pack.sizeBytes) {
      this.#addDamage(
        recordComplaint(this.#parts.reader.origin(pack.id))(size === undefined ? 'missing' : 'size'),
        file,
        [],
        pack.id,
      );
      if (size === undefined) return;
    }
    if (this.#level === 'quick') return;
    const entries = this.#entries(pack.id);
    const broken = this.#level === 'all' ? this.#readAll(pack, entries) : new Set<ChunkId>();
    for (const entry of entries) {
      this.#records += 1;
      for (const { id } of chunksOf(entry)) {
        this.#chunks += 1;
        if (!broken.has(id)) present.add(id);
      }
    }
  }

  #addDamage(failure: StrataError, file: string, chunks: Iterable<ChunkId>, lostPack?: PackId): void {
    this.#damages.push({ failure, file, chunks: new Set(chunks), ...(lostPack === undefined ? {} : { lostPack }) });
  }

  #entries(pack: PackId): readonly PlacedEntry[] {
    const { reader } = this.#parts;
    try {
      return reader.footer(pack);
    } catch (error) {
      // Its records may be found without it; what is not found is missing, and the catalog knows who misses it.
      this.#addDamage(expected(error), packName(pack), [], pack);
    }
    try {
      return reader.index(pack);
    } catch (error) {
      expected(error);
      return [];
    }
  }

  /** Every byte of the file against its name, every record against its tag, every chunk against its id. */
  #readAll(pack: PackSummary, entries: readonly PlacedEntry[]): Set<ChunkId> {
    const file = packName(pack.id);
    const found = this.#readOnce(pack, entries);
    if (found.failure === undefined) return found.chunks;
    const again = this.#readOnce(pack, entries);
    if (again.failure === undefined) {
      // Memory, cable or controller; the disk's content is right.
      this.#run.log.warn('storage.read-flickers', { file });
      return again.chunks;
    }
    this.#addDamage(again.failure, file, again.chunks);
    return again.chunks;
  }

  #readOnce(
    pack: PackSummary,
    entries: readonly PlacedEntry[],
  ): { readonly failure: StrataError | undefined; readonly chunks: Set<ChunkId> } {
    const { reader, keys } = this.#parts;
    const chunks = new Set<ChunkId>();
    let failure: StrataError | undefined;
    let bytes: Uint8Array;
    try {
      bytes = reader.whole(pack.id);
    } catch (error) {
      return { failure: expected(error), chunks: new Set(entries.flatMap((entry) => chunksOf(entry).map(({ id }) => id))) };
    }
    this.#bytesRead += bytes.length;
    if (sha256Hex(bytes) !== pack.id) failure = recordComplaint(reader.origin(pack.id))('hash of the file');
    for (const entry of entries) {
      const wrong = this.#wrongIn(pack.id, bytes, entry, keys);
      failure ??= wrong.failure;
      for (const id of wrong.chunks) chunks.add(id);
    }
    return { failure, chunks };
  }

  #wrongIn(
    pack: PackId,
    bytes: Uint8Array,
    entry: PlacedEntry,
    keys: StorageKeys,
  ): { failure?: StrataError; chunks: readonly ChunkId[] } {
    const { reader } = this.#parts;
    try {
      const record = bytes.subarray(entry.recordOffset, entry.recordOffset + entry.recordLength);
      const { header, plain } = reader.openRecord(pack, record, entry.ordinal, 'in-place');
      const wrong = wrongChunks(keys, entry, plain);
      const isSame = header.id === entry.id && header.type === entry.type && plain.length === entry.plainLength;
      if (wrong.length === 0 && isSame) return { chunks: [] };
      return { failure: recordComplaint(reader.origin(pack))('record differs from the footer'), chunks: wrong };
    } catch (error) {
      return { failure: expected(error), chunks: chunksOf(entry).map(({ id }) => id) };
    }
  }

  /** Every chunk that a version needs must be in some pack. What was hidden needs nothing. */
  async #checkManifests({ roots, hidden }: Standing, present: IdSet): Promise<void> {
    const missing = new Set<ChunkId>();
    for (const { first, place } of roots) {
      stopIfCancelled(this.#run);
      await turn();
      try {
        if (place === undefined) throw recordComplaint(this.#parts.reader.origin(first.pack))('manifests are lost');
        for (const manifest of this.#parts.reader.manifests(place)) {
          if (hidden.has(manifest)) continue;
          for (const { chunks } of manifest.contents) for (const id of chunks) if (!present.has(id)) missing.add(id);
        }
      } catch (error) {
        const { pack } = place ?? first;
        this.#addDamage(expected(error), packName(pack), [], pack);
      }
    }
    const told = new Set(this.#damages.flatMap(({ chunks }) => [...chunks]));
    const untold = [...missing].filter((id) => !told.has(id));
    if (untold.length === 0) return;
    const facts = { path: this.#parts.target.label, file: 'packs', reason: 'missing', chunks: untold.length };
    this.#addDamage(new StrataError('storage.record-damaged', 'never', facts), 'packs', untold);
  }

  #report(packs: number, affected: Affected): Omit<CheckReport, 'orphans' | 'leftovers'> {
    const findings: CheckFinding[] = this.#damages.map(({ failure, file, chunks, lostPack }) => ({
      failure: failureOf(failure),
      file,
      items:
        chunks.size === 0 && lostPack === undefined ? [] : affected(chunks, new Set(lostPack === undefined ? [] : [lostPack])),
    }));
    return {
      level: this.#level,
      packs,
      records: this.#records,
      chunks: this.#chunks,
      commits: this.#commits,
      bytesRead: this.#bytesRead,
      findings,
    };
  }
}

/** Damage is what a check looks for; the disk going away, or a bug, ends it. */
function expected(error: unknown): StrataError {
  if (isStrataError(error) && error.code.startsWith('storage.')) return error;
  throw error;
}

import type { PackSummary } from '../../shared/domain/commit.ts';
import type { ChunkId, PackId } from '../../shared/domain/ids.ts';
import type { CheckFinding, CheckReport } from '../../shared/domain/run.ts';
import { type Failure, failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { packName, parsePackName, recordComplaint } from '../format/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import { turn } from '../kernel/turn.ts';
import type { Target } from '../targets/target.ts';
import { checkVitals } from './check-vitals.ts';
import type { ChainedCommit, CommitChain } from './commit-chain.ts';
import { IdSet } from './id-set.ts';
import { expected, type PackReading } from './pack-check.ts';
import { lookAtPacks, type RoundParts } from './pack-rounds.ts';
import { type Standing, standingAfter } from './removal/standing.ts';
import type { Affected } from './storage.ts';

export interface CheckParts extends RoundParts {
  readonly target: Target;
  readonly chain: CommitChain;
}

interface Damage {
  readonly failure: Failure;
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
    const take = (pack: PackSummary, reading: PackReading): void => this.#take(pack, reading, present);
    await lookAtPacks({ packs, depth: this.#level, take }, this.#parts, this.#run);
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

  #take(pack: PackSummary, reading: PackReading, present: IdSet): void {
    const file = packName(pack.id);
    this.#records += reading.records;
    this.#chunks += reading.chunks;
    this.#bytesRead += reading.bytesRead;
    for (const id of reading.present) present.add(id);
    for (const { failure, chunks, isLost } of reading.damages) {
      this.#damages.push({ failure, file, chunks: new Set(chunks), ...(isLost ? { lostPack: pack.id } : {}) });
    }
    if (reading.flickered !== undefined) this.#run.log.warn('storage.read-flickers', { file });
  }

  #addDamage(failure: StrataError, file: string, chunks: Iterable<ChunkId>, lostPack?: PackId): void {
    this.#damages.push({
      failure: failureOf(failure),
      file,
      chunks: new Set(chunks),
      ...(lostPack === undefined ? {} : { lostPack }),
    });
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
      failure,
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

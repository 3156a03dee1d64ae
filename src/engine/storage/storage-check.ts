import type { PackSummary } from '../../shared/domain/commit.ts';
import type { ChunkId, PackId } from '../../shared/domain/ids.ts';
import type { CheckFinding, CheckLevel, CheckReport } from '../../shared/domain/run.ts';
import { type Failure, failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { type ManifestRoot, packName, parsePackName, recordComplaint } from '../format/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import { turn } from '../kernel/turn.ts';
import type { Target } from '../targets/target.ts';
import { checkVitals } from './check-vitals.ts';
import { ChunkBalance } from './chunk-balance.ts';
import type { ChainedCommit, CommitChain } from './commit-chain.ts';
import { expected, type PackDepth, type PackReading } from './pack-check.ts';
import { lookAtPacks, type RoundParts } from './pack-rounds.ts';
import { type Standing, standingAfter } from './removal/standing.ts';
import type { Affected, PackChoice } from './storage.ts';

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
  readonly #level: CheckLevel;
  readonly #choice: PackChoice;
  readonly #damages: Damage[] = [];
  readonly #balance = new ChunkBalance();
  /** Told after what was found in packs, which says more. */
  readonly #unreadable: { readonly pack: PackId; readonly failure: StrataError }[] = [];
  readonly #flickers: CheckReport['flickers'][number][] = [];
  #packsRead = 0;
  #records = 0;
  #chunks = 0;
  #commits = 0;
  #bytesRead = 0;

  constructor(parts: CheckParts, level: CheckLevel, run: RunContext, choice: PackChoice) {
    this.#parts = parts;
    this.#level = level;
    this.#choice = choice;
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
    const whole = this.#wholePacks(packs);
    const depthOf = (pack: PackSummary): PackDepth => (whole.has(pack.id) ? 'all' : depthElse[this.#level]);
    const take = (pack: PackSummary, reading: PackReading): void => this.#take(pack, depthOf(pack), reading);
    const isNeeding = depthElse[this.#level] !== 'quick';
    await this.#together(
      (run) => lookAtPacks({ packs, depthOf, take }, this.#parts, run),
      (run) => (isNeeding ? this.#readNeeds(standing, run) : Promise.resolve()),
    );
    for (const { pack, failure } of this.#unreadable) this.#addDamage(failure, packName(pack), [], pack);
    if (isNeeding) this.#tellMissing(standing);
    return { ...this.#report(packs.length, affected), ...this.#strays(standing) };
  }

  /** What fails ends the others, and is told when they have ended. */
  async #together(...works: readonly ((run: RunContext) => Promise<void>)[]): Promise<void> {
    const over = new AbortController();
    const run = { ...this.#run, signal: AbortSignal.any([this.#run.signal, over.signal]) };
    const going = works.map((work) => work(run));
    try {
      await Promise.all(going);
    } finally {
      over.abort();
      await Promise.allSettled(going);
    }
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

  /** Those of which every byte is read. */
  #wholePacks(packs: readonly PackSummary[]): ReadonlySet<PackId> {
    if (this.#level === 'all') return new Set(packs.map(({ id }) => id));
    return this.#choice.choose?.(packs) ?? new Set();
  }

  #take(pack: PackSummary, depth: PackDepth, reading: PackReading): void {
    const file = packName(pack.id);
    if (depth === 'all') {
      this.#packsRead += 1;
      this.#choice.onRead?.(pack, reading);
    }
    this.#records += reading.records;
    this.#chunks += reading.chunks;
    this.#bytesRead += reading.bytesRead;
    for (const id of reading.present) this.#balance.find(id);
    for (const { failure, chunks, isLost } of reading.damages) {
      this.#damages.push({ failure, file, chunks: new Set(chunks), ...(isLost ? { lostPack: pack.id } : {}) });
    }
    if (reading.flickered !== undefined) {
      this.#flickers.push({ file, failure: reading.flickered });
      this.#run.log.warn('storage.read-flickers', { file });
    }
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
  async #readNeeds({ roots, hidden }: Standing, run: RunContext): Promise<void> {
    for (const { first, place } of roots) {
      stopIfCancelled(run);
      await turn();
      try {
        if (place === undefined) throw recordComplaint(this.#parts.reader.origin(first.pack))('manifests are lost');
        for (const id of this.#neededAt(place, hidden)) this.#balance.need(id);
      } catch (error) {
        this.#unreadable.push({ pack: (place ?? first).pack, failure: expected(error) });
      }
    }
  }

  *#neededAt(place: ManifestRoot, hidden: Standing['hidden']): Generator<ChunkId> {
    for (const manifest of this.#parts.reader.eachManifest(place)) {
      if (!hidden.has(manifest)) for (const { chunks } of manifest.contents) yield* chunks;
    }
  }

  /** Which chunks are missing nobody has noted, as there hardly ever are any: the manifests are read again for it. */
  #tellMissing({ roots, hidden }: Standing): void {
    if (this.#balance.missing === 0) return;
    const missing = new Set<ChunkId>();
    for (const { place } of roots) {
      try {
        if (place === undefined) continue;
        for (const id of this.#neededAt(place, hidden)) if (!this.#balance.isThere(id)) missing.add(id);
      } catch (error) {
        expected(error); // told by the first reading
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
      percent: null,
      packs,
      packsRead: this.#packsRead,
      records: this.#records,
      chunks: this.#chunks,
      commits: this.#commits,
      bytesRead: this.#bytesRead,
      findings,
      flickers: this.#flickers,
      restored: 0,
    };
  }
}

/** How deep it goes into a pack that was not chosen to be read whole. */
const depthElse: Readonly<Record<CheckLevel, PackDepth>> = {
  quick: 'quick',
  structure: 'structure',
  part: 'structure',
  since: 'quick',
  all: 'all',
  scrub: 'quick',
};

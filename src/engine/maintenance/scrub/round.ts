import type { PackSummary } from '../../../shared/domain/commit.ts';
import type { CheckFinding, CheckReport } from '../../../shared/domain/run.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import { failureOf, isStrataError } from '../../../shared/domain/strata-error.ts';
import { type Catalog, placeText, type StoredReading } from '../../catalog/index.ts';
import type { Random } from '../../kernel/random.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import { turn } from '../../kernel/turn.ts';
import type { Storage } from '../../storage/index.ts';
import { type ReadingBook, readingOf } from './reading-book.ts';

export interface RoundInput {
  readonly storage: Pick<Storage, 'lock' | 'check' | 'read'>;
  readonly catalog: Pick<Catalog, 'affected' | 'packs' | 'sample' | 'sources' | 'folderPath' | 'locate'>;
  readonly book: ReadingBook;
  readonly random: Random;
  /** When the round began. */
  readonly sinceMs: number;
}

const trials = 3;
/** A trial shall be over soon; what is larger is read by the scrub like everything. */
const mostTrialBytes = 64 * 1024 * 1024;

/**
 * The end of a round: looks at every file that must be there, reads again what was damaged when it was read last, to name the items that
 * it concerns, and puts a few items together whole, picked by chance, to compare them with their digests. Tells what the round read.
 */
export async function endRound(input: RoundInput, run: RunContext): Promise<CheckReport> {
  const { storage, catalog, book, sinceMs } = input;
  const packs = catalog.packs();
  const damaged = new Set([...book.all().values()].filter(({ outcome }) => outcome === 'damaged').map(({ pack }) => pack));
  const lock = storage.lock('check', 'read');
  try {
    run.progress.phase('checking');
    const report = await storage.check('scrub', (chunks, lost) => catalog.affected(chunks, lost), run, {
      choose: () => damaged,
      onRead: (pack, reading) => book.put(confirmed(book.all().get(pack.id), readingOf(pack, reading, run.clock.nowMs()))),
    });
    const ofRound = readSince(sinceMs, packs, book);
    const trial = await tryItems(input, run);
    const told = new Set(report.findings.map(({ file }) => file));
    book.keepOnly(packs);
    return {
      ...report,
      packsRead: ofRound.length,
      bytesRead: ofRound.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      findings: [...report.findings, ...trial.findings.filter(({ file }) => !told.has(file))],
      flickers: ofRound.flatMap(({ outcome, failure }) =>
        outcome === 'flickered' && failure !== null ? [{ failure, file: String(failure.facts['file'] ?? '') }] : [],
      ),
      restored: trial.restored,
    };
  } finally {
    lock.release();
  }
}

/** What is right now and was wrong twice before is no damage either, and no sign of health. */
function confirmed(before: StoredReading | undefined, now: StoredReading): StoredReading {
  if (now.outcome !== 'good' || before?.outcome !== 'damaged') return now;
  return { ...now, outcome: 'flickered', failure: before.failure };
}

function readSince(
  sinceMs: number,
  packs: readonly PackSummary[],
  book: ReadingBook,
): (StoredReading & Pick<PackSummary, 'sizeBytes'>)[] {
  const readings = book.all();
  return packs.flatMap(({ id, sizeBytes }) => {
    const reading = readings.get(id);
    return reading !== undefined && reading.atMs >= sinceMs ? [{ ...reading, sizeBytes }] : [];
  });
}

async function tryItems(
  { storage, catalog, random }: RoundInput,
  run: RunContext,
): Promise<{ readonly restored: number; readonly findings: CheckFinding[] }> {
  const findings: CheckFinding[] = [];
  let restored = 0;
  for (const manifest of catalog.sample(trials, mostTrialBytes, random)) {
    stopIfCancelled(run);
    await turn();
    run.progress.current(manifest.name);
    try {
      for (const part of manifest.contents) await readWhole(storage.read(part, catalog));
      restored += 1;
    } catch (error) {
      if (!isStrataError(error) || !error.code.startsWith('storage.')) throw error;
      const failure = failureOf(error);
      findings.push({ failure, file: String(failure.facts['file'] ?? ''), items: [pathOf(manifest, catalog)] });
    }
  }
  return { restored, findings };
}

/** The last piece comes only when all of them were found to be what the digest says. */
async function readWhole(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of pieces) void piece;
}

function pathOf({ source, folder, name }: Manifest, catalog: RoundInput['catalog']): string {
  const sourceName = catalog.sources().find(({ id }) => id === source)?.name ?? '';
  return placeText(sourceName, catalog.folderPath(folder, null), name);
}

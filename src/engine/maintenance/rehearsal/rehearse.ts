import type { SourceId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import type { RehearsalReport, RehearsedSource } from '../../../shared/domain/rehearsal.ts';
import { failureOf } from '../../../shared/domain/strata-error.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import { turn } from '../../kernel/turn.ts';
import type { Trial } from '../../restore/index.ts';
import type { Storage } from '../../storage/index.ts';
import { type Drawn, SourceDraw, stratumOf } from './draw.ts';
import { wholeMs } from './projection.ts';
import { makeScratch, removeScratch } from './scratch.ts';

export interface RehearsalInput {
  readonly storage: Pick<Storage, 'lock'>;
  readonly catalog: Pick<Catalog, 'candidates' | 'drawn' | 'momentTimes' | 'sources' | 'folderPath'>;
  readonly files: FileSystem;
  /** Made here, and gone afterwards whatever happens. Whoever starts the engine removes what a kill left of it. */
  readonly scratch: string;
  readonly seed: number;
  /** At most, of each source. */
  readonly items: number;
  /** Null: of all. */
  readonly source: SourceId | null;
  /** Restores a version into a folder that is there and empty, and reads it back from there. */
  readonly trial: (manifest: Manifest, folder: string, run: RunContext) => Promise<Trial>;
}

/**
 * Restores versions by chance, one after the other, each to a folder of its own that is removed before the next: never more of what
 * is private lies on the disk than one item. Undefined: it was stopped, and proves nothing.
 */
export async function rehearse(input: RehearsalInput, run: RunContext): Promise<RehearsalReport | undefined> {
  const lock = input.storage.lock('restore', 'read');
  const { files, scratch } = input;
  try {
    const drawn = await draw(input, run);
    removeScratch(files, scratch);
    makeScratch(files, scratch);
    run.progress.phase('checking');
    const all = [...drawn.values()].flatMap(({ items }) => items);
    run.progress.total(
      all.length,
      all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    );
    const sources: RehearsedSource[] = [];
    for (const [source, what] of drawn) {
      const rehearsed = await rehearseSource(source, what, input, run);
      if (rehearsed === undefined) return undefined;
      sources.push(rehearsed);
    }
    return { seed: input.seed, itemsWanted: input.items, sources };
  } finally {
    lock.release();
    removeScratch(files, scratch);
  }
}

async function draw({ catalog, seed, items, source: only }: RehearsalInput, run: RunContext): Promise<Map<SourceId, Drawn>> {
  const momentsMs = catalog.momentTimes();
  const draws = new Map<SourceId, SourceDraw>();
  for (const { id } of catalog.sources()) {
    if (only === null || id === only) draws.set(id, new SourceDraw(id, seed, items, momentsMs));
  }
  for (const page of catalog.candidates()) {
    for (const candidate of page) draws.get(candidate.source)?.add(candidate);
    await turn();
    stopIfCancelled(run);
  }
  return new Map([...draws].map(([id, one]) => [id, one.drawn()]));
}

async function rehearseSource(
  source: SourceId,
  { items, present, tooLarge, oldestMs, newestMs }: Drawn,
  input: RehearsalInput,
  run: RunContext,
): Promise<RehearsedSource | undefined> {
  const startMs = run.clock.monotonicMs();
  const name = input.catalog.sources().find(({ id }) => id === source)?.name ?? '';
  const tried = { items: 0, bytes: 0, unequal: 0, notSet: 0 };
  const paces = present.map(({ items: presentItems, bytes: presentBytes }) => ({
    ...{ presentItems, presentBytes, triedItems: 0, triedBytes: 0, milliseconds: 0 },
  }));
  for (const { row } of items) {
    stopIfCancelled(run);
    if (run.finishSoon.aborted) return undefined;
    const manifest = input.catalog.drawn(row);
    const beganMs = run.clock.monotonicMs();
    const { isEqual, hasLosses } = await rehearseItem(manifest, name, input, run);
    const pace = paces[stratumOf(manifest.sizeBytes)];
    if (pace !== undefined) {
      pace.triedItems += 1;
      pace.triedBytes += manifest.sizeBytes;
      pace.milliseconds += run.clock.monotonicMs() - beganMs;
    }
    tried.items += 1;
    tried.bytes += manifest.sizeBytes;
    if (!isEqual) tried.unequal += 1;
    if (hasLosses) tried.notSet += 1;
    run.progress.done(1, manifest.sizeBytes);
  }
  const outcome = tried.unequal > 0 ? 'unequal' : tried.items > 0 ? 'proven' : 'nothing';
  const milliseconds = Math.round(run.clock.monotonicMs() - startMs);
  const projected = wholeMs(paces);
  const whole = projected === undefined ? {} : { wholeMs: projected };
  return { source, name, outcome, ...tried, tooLarge, oldestMs, newestMs, milliseconds, ...whole };
}

async function rehearseItem(
  manifest: Manifest,
  source: string,
  { files, scratch, catalog, trial }: RehearsalInput,
  run: RunContext,
): Promise<{ readonly isEqual: boolean; readonly hasLosses: boolean }> {
  const item = manifest.summary.title || manifest.name;
  const folder = catalog.folderPath(manifest.folder, manifest.validFromMs).join('/');
  run.progress.current(`${folder}/${item}`);
  const place = `${scratch}/item`;
  makeScratch(files, place);
  try {
    const { unequal, hasLosses } = await trial(manifest, place, run);
    for (const error of unequal) {
      run.progress.problem({ failure: failureOf(error), source, folder, item, atMs: run.clock.nowMs() });
    }
    return { isEqual: unequal.length === 0, hasLosses };
  } finally {
    removeScratch(files, place);
  }
}

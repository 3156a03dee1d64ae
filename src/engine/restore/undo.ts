import type { RunId, SourceId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import type { UndoReport } from '../../shared/domain/run.ts';
import { failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { RestoreJournal, RestoreStep } from '../catalog/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { DestinationSession, Made, RestoreItem, TakenBack, TakingBack } from '../sources/destination.ts';
import { concernsItem } from './failures.ts';
import { restoreItem } from './items.ts';
import type { Kept } from './kept.ts';
import { type DestinationFor, Sessions } from './sessions.ts';
import { itemOfStep, madeBy, type StepTools } from './step-items.ts';

export interface UndoInput extends StepTools {
  readonly journal: RestoreJournal;
  /** The restore. */
  readonly of: RunId;
  readonly destinationFor: DestinationFor;
  /** The source's very own folders, where what was removed from them goes back to. */
  readonly homeOf: DestinationFor;
  readonly dryRun: boolean;
}

const stepsAtOnce = 500;

/** Takes a restore back, the newest step first, so that a folder comes after what was put into it. */
export async function runUndo(input: UndoInput, run: RunContext): Promise<UndoReport> {
  run.progress.phase('preparing');
  const lock = input.storage.lock('restore', 'read');
  // What is put back goes to where it stood: no folder is made for it that was not there.
  const sessions = new Sessions(input.destinationFor, run, () => undefined);
  const homes = new Sessions(input.homeOf, run, () => undefined);
  try {
    return await new Undo(input, { sessions, homes }, run).run();
  } finally {
    await sessions.close();
    await homes.close();
    lock.release();
  }
}

type Outcome = 'removed' | 'putBack' | 'gone';

class Undo {
  readonly #input: UndoInput;
  readonly #sessions: Sessions;
  readonly #homes: Sessions;
  readonly #run: RunContext;
  readonly #sourceNames: ReadonlyMap<SourceId, string>;
  readonly #counts = { removed: 0, putBack: 0, gone: 0, stayed: 0, folders: 0 };

  constructor(input: UndoInput, { sessions, homes }: { sessions: Sessions; homes: Sessions }, run: RunContext) {
    this.#input = input;
    this.#sessions = sessions;
    this.#homes = homes;
    this.#run = run;
    this.#sourceNames = new Map(input.catalog.sources().map(({ id, name }) => [id, name]));
  }

  async run(): Promise<UndoReport> {
    const { journal, of, dryRun } = this.#input;
    const { progress, finishSoon } = this.#run;
    progress.phase(dryRun ? 'comparing' : 'writing');
    progress.total(journal.count(of), null);
    let before = Number.MAX_SAFE_INTEGER;
    for (;;) {
      const steps = journal.steps(of, before, stepsAtOnce);
      for (const step of steps) {
        stopIfCancelled(this.#run);
        if (finishSoon.aborted) break;
        await this.#undo(step);
        progress.done(1, 0);
      }
      before = steps.at(-1)?.id ?? 0;
      if (steps.length === 0 || finishSoon.aborted) break;
    }
    progress.phase('finishing');
    if (!dryRun) await this.#sessions.finish();
    if (!dryRun) await this.#homes.finish();
    return { dryRun, of, ...this.#counts };
  }

  async #undo(step: RestoreStep): Promise<void> {
    if (step.what === 'folder') return this.#undoFolder(step);
    const item = itemOfStep(step, this.#input);
    if (item === undefined) return this.#stay('undo.version-gone', { item: step.item });
    this.#run.progress.current([...item.folderPath, item.manifest.name].join('/'));
    try {
      const outcome = await (step.what === 'removed' ? this.#bringBack(item, madeBy(step)) : this.#undoItem(item, step));
      if (outcome === undefined) return;
      this.#counts[outcome] += 1;
      this.#settle(step);
    } catch (error) {
      if (!isStrataError(error) || !concernsItem(error)) throw error;
      this.#tell(error, item);
    }
  }

  /** Undefined: it stays, which is told. */
  async #undoItem(item: RestoreItem, step: RestoreStep): Promise<Outcome | undefined> {
    const session = await this.#sessions.of(item.manifest.source);
    const back = session.takingBack;
    if (back === undefined) throw new StrataError('not.supported', 'never', { reason: 'these files are to be deleted by hand' });
    const made = madeBy(step);
    if (step.how === 'replace') return this.#putBack(item, { session, back, made }, step.replaced);
    const found = await back.item(item, made, this.#input.dryRun ? 'look' : 'take', this.#run);
    return this.#isTaken(found, item) ? (found === 'taken' ? 'removed' : 'gone') : undefined;
  }

  /** First what stood there, then away with what took its place: at no moment is there neither. */
  async #putBack(item: RestoreItem, { session, back, made }: Place, replaced: string | null): Promise<Outcome | undefined> {
    const old = replaced === null ? undefined : this.#asKept(JSON.parse(replaced) as Kept, item);
    if (old === undefined) return this.#stay('undo.not-kept', { item: nameOf(item) }, item);
    const found = await back.item(item, made, 'look', this.#run);
    const there = await session.probe(old, this.#run);
    // An undo that was killed had come so far.
    const isBack = there === 'identical' && (session.holdsBoth === true || found !== 'taken');
    const isFree = session.holdsBoth === true || there === 'absent';
    // What is in its place by now is neither the one nor the other.
    const left = found === 'gone' && !isFree && !isBack ? 'changed' : found;
    if (!isBack && !this.#isTaken(left, item)) return undefined;
    if (this.#input.dryRun) return 'putBack';
    if (!isBack) await session.write(old, isFree ? 'create' : 'replace', this.#run);
    if (session.holdsBoth === true && found === 'taken') await back.item(item, made, 'take', this.#run);
    return 'putBack';
  }

  /** What lay in a folder that was emptied: after all that was restored to it is gone again. */
  async #bringBack(item: RestoreItem, made: Made | undefined): Promise<Outcome | undefined> {
    const session = await this.#homes.of(item.manifest.source);
    const found = await session.takingBack?.item(item, made, 'look', this.#run);
    // The restore was killed before it was removed, or an undo was after it was put back.
    if (found === 'taken') return 'putBack';
    const there = found === 'changed' ? 'same-name' : await session.probe(item, this.#run);
    if (there === 'identical') return 'putBack';
    if (found === 'changed' || (there !== 'absent' && session.holdsBoth !== true))
      return this.#stay('undo.changed', { item: nameOf(item) }, item);
    if (!this.#input.dryRun) await session.write(item, 'create', this.#run);
    return 'putBack';
  }

  async #undoFolder(step: RestoreStep): Promise<void> {
    this.#run.progress.current(step.folder);
    if (this.#input.dryRun) {
      this.#counts.folders += 1;
      return;
    }
    const session = await this.#sessions.of(step.key as SourceId);
    const found = await session.takingBack?.folder(step.folder, this.#run);
    if (found === 'in-use' || found === undefined) return this.#stay('undo.folder-in-use', { item: step.folder });
    if (found === 'taken') this.#counts.folders += 1;
    this.#settle(step);
  }

  #isTaken(found: TakenBack, item: RestoreItem): boolean {
    if (found === 'changed') this.#stay('undo.changed', { item: nameOf(item) }, item);
    if (found === 'unknown') this.#stay('undo.unknown', { item: nameOf(item) }, item);
    return found === 'taken' || found === 'gone';
  }

  /** In the place of the item that took its place. */
  #asKept({ item, version, flags }: Kept, place: RestoreItem): RestoreItem | undefined {
    const manifest = this.#input.catalog.version(item, version);
    if (manifest === undefined || manifest.change === 'deleted') return undefined;
    return restoreItem(flags === undefined ? manifest : withFlags(manifest, flags), place, this.#input);
  }

  #settle(step: RestoreStep): void {
    if (!this.#input.dryRun) this.#input.journal.takenBack(step.id);
  }

  #stay(code: UndoCode, facts: { readonly item: string }, item?: RestoreItem): undefined {
    this.#tell(new StrataError(code, 'never', facts), item);
  }

  #tell(error: StrataError, item: RestoreItem | undefined): void {
    this.#counts.stayed += 1;
    this.#run.progress.problem({
      failure: failureOf(error),
      source: (item && this.#sourceNames.get(item.manifest.source)) ?? '',
      folder: item?.folderPath.join('/') ?? '',
      item: item === undefined ? '' : nameOf(item),
      atMs: this.#run.clock.nowMs(),
    });
  }
}

type UndoCode = 'undo.changed' | 'undo.unknown' | 'undo.not-kept' | 'undo.version-gone' | 'undo.folder-in-use';

interface Place {
  readonly session: DestinationSession;
  readonly back: TakingBack;
  readonly made: Made | undefined;
}

const nameOf = ({ manifest: { summary, name } }: RestoreItem): string => summary.title || name;

function withFlags(manifest: Manifest, text: string): Manifest {
  const all = text.split(' ').filter((flag) => flag !== '');
  const flags = all.filter((flag) => flag.startsWith('\\'));
  const keywords = all.filter((flag) => !flag.startsWith('\\'));
  return { ...manifest, metadata: { ...manifest.metadata, flags, keywords } };
}

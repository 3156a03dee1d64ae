import type { RunId, SourceId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import type { EmptiedEntry } from '../../shared/domain/run.ts';
import { failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { KnownItem, NewStep, RestoreJournal } from '../catalog/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { DestinationSession, Made, RestoreItem, TakenBack } from '../sources/destination.ts';
import { concernsItem } from './failures.ts';
import { First } from './first.ts';
import type { Gone } from './gone.ts';
import { type ItemTools, restoreItem } from './items.ts';
import { livePlace } from './target-folders.ts';

export interface EmptyingInput extends ItemTools {
  /** Where it is written down what goes; absent: it cannot be put back. */
  readonly journal?: RestoreJournal | undefined;
  /** The restore. */
  readonly run: RunId;
  /** Whose folders they are, and its name. */
  readonly target: { readonly id: SourceId; readonly name: string };
  /** What was seen there a moment ago, each as the storage has it. */
  readonly items: Iterable<KnownItem>;
  /** A dry run, that writes down there what would go. */
  readonly dryRun: Gone | undefined;
}

export interface Emptied {
  readonly removed: number;
  readonly bytes: number;
  readonly stayed: number;
  readonly entries: readonly EmptiedEntry[];
}

const entryLimit = 500;

/**
 * Removes things one by one, each right after it was proved: that it is the very thing which the storage has (by the name that its source
 * gave it), and that its content, read there now, is what is read from the storage now. First the proof, then the note, then the removal.
 */
export async function runEmptying(input: EmptyingInput, session: DestinationSession, run: RunContext): Promise<Emptied> {
  run.progress.phase('removing');
  const emptying = new Emptying(input, session, run);
  for (const known of input.items) {
    stopIfCancelled(run);
    if (run.finishSoon.aborted) break;
    await emptying.remove(known);
  }
  return emptying.report();
}

class Emptying {
  readonly #input: EmptyingInput;
  readonly #session: DestinationSession;
  readonly #run: RunContext;
  readonly #entries = new First<EmptiedEntry>(entryLimit);
  readonly #counts = { removed: 0, bytes: 0, stayed: 0 };

  constructor(input: EmptyingInput, session: DestinationSession, run: RunContext) {
    this.#input = input;
    this.#session = session;
    this.#run = run;
  }

  report(): Emptied {
    return { ...this.#counts, entries: this.#entries.inOrder() };
  }

  async remove(known: KnownItem): Promise<void> {
    const manifest = this.#input.catalog.version(known.item, known.version);
    if (manifest === undefined) return;
    const item = restoreItem(manifest, livePlace(manifest, this.#input.catalog), this.#input);
    this.#run.progress.current([...item.folderPath, manifest.name].join('/'));
    try {
      const found = await this.#take(item, known);
      // Somebody else was quicker.
      if (found === 'gone') return;
      if (found !== 'taken') return this.#stay(staysChanged(nameOf(manifest)), item);
      this.#entries.add(this.#counts.removed, () => entryOf(item));
      this.#counts.removed += 1;
      this.#counts.bytes += manifest.sizeBytes;
    } catch (error) {
      if (!isStrataError(error) || !concernsItem(error)) throw error;
      this.#stay(error, item);
    }
  }

  async #take(item: RestoreItem, known: KnownItem): Promise<TakenBack> {
    const { takingBack: taking, namesWhatItMakes } = this.#session;
    if (taking === undefined) throw new StrataError('not.supported', 'never', { reason: 'nothing can be removed here' });
    const made = namesWhatItMakes === true ? await this.#madeOf(item, known) : undefined;
    const { dryRun } = this.#input;
    if (dryRun !== undefined) {
      const found = await taking.item(item, made, 'look', this.#run);
      if (found === 'taken') await dryRun.add(this.#session, item, made, this.#run);
      return found;
    }
    const proof = made === undefined ? 'taken' : await this.#proveContent(item, made);
    if (proof !== 'taken') return proof;
    const step = this.#input.journal?.add(this.#stepOf(item, made));
    const found = await taking.item(item, made, 'take', this.#run);
    if (found !== 'taken' && step !== undefined) this.#input.journal?.drop(step);
    return found;
  }

  /**
   * What is known by a name alone is read and held against the storage here; what is known by its place is so when it is taken. Flags are
   * looked at then, too: the mark for deleting may be from a removal that was killed.
   */
  async #proveContent(item: RestoreItem, made: Made): Promise<TakenBack> {
    const differences = await this.#session.readBack?.(item, made, this.#run);
    if (differences === undefined) return 'unknown';
    if (differences === 'missing') return 'gone';
    return differences.every((difference) => difference === 'flags') ? 'taken' : 'changed';
  }

  /** By the name that its source gave it, and as it was when it was saved. */
  async #madeOf(item: RestoreItem, { key, contentRevision, metadataRevision }: KnownItem): Promise<Made> {
    const folder = (await this.#session.folderOf?.(item, this.#run)) ?? '';
    return { folder, key, revision: item.manifest.kind === 'message' ? metadataRevision : contentRevision };
  }

  #stepOf({ manifest, folderPath }: RestoreItem, made: Made | undefined): NewStep {
    const { folder, key, revision } = made ?? { folder: '', key: '', revision: '' };
    const { run, target } = this.#input;
    const { item, version } = manifest;
    const lay = JSON.stringify(folderPath);
    return {
      run,
      what: 'removed',
      how: 'remove',
      state: 'begun',
      item,
      version,
      place: target.id,
      folder,
      key,
      revision,
      replaced: lay,
    };
  }

  #stay(error: StrataError, { folderPath, manifest }: RestoreItem): void {
    this.#counts.stayed += 1;
    this.#run.progress.problem({
      failure: failureOf(error),
      source: this.#input.target.name,
      folder: folderPath.join('/'),
      item: nameOf(manifest),
      atMs: this.#run.clock.nowMs(),
    });
  }
}

const staysChanged = (item: string): StrataError => new StrataError('restore.stays-changed', 'after-user-action', { item });

const nameOf = ({ summary, name }: Manifest): string => summary.title || name;

const entryOf = ({ manifest, folderPath }: RestoreItem): EmptiedEntry => ({
  name: nameOf(manifest),
  folder: folderPath.join('/'),
  sizeBytes: manifest.sizeBytes,
  timeMs: manifest.summary.timeMs ?? null,
});

import type { JobDescription, SourceCursors, SourceDescription } from '../../shared/domain/commit.ts';
import type { RunId, SourceId } from '../../shared/domain/ids.ts';
import type { JsonValue } from '../../shared/domain/json.ts';
import type { RunCounts } from '../../shared/domain/run.ts';
import { Cancelled, type Failure, failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog } from '../catalog/index.ts';
import type { Random } from '../kernel/random.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { Source } from '../sources/source.ts';
import type { Storage, StorageLock, StorageWriter } from '../storage/index.ts';
import type { SourceChanges } from './changes.ts';
import { compareSource } from './comparing.ts';
import { copySource, type CopyTools } from './copying.ts';

export interface CycleSource {
  readonly description: SourceDescription;
  readonly source: Source;
}

export interface CycleInput {
  readonly runId: RunId;
  readonly job: JobDescription;
  readonly sources: readonly CycleSource[];
  readonly storage: Storage;
  /** To write; released at the end. The catalog knows all that was committed before it was taken. */
  readonly lock: StorageLock;
  readonly catalog: Catalog;
  readonly random: Random;
  /** A killed first cycle loses at most this much work. */
  readonly checkpoint: { readonly everyMs: number; readonly everyBytes: number };
  /** The counts so far, for the commit. */
  readonly counts: () => RunCounts;
}

export interface CycleOutcome {
  /** `stopped`: asked to finish soon; what was copied is in a checkpoint. */
  readonly kind: 'complete' | 'stopped' | 'nothing-worked';
  /** Why sources failed as a whole. */
  readonly failures: readonly Failure[];
}

/** Compares all sources, then copies what differs, then commits the moment. */
export async function runCycle(input: CycleInput, run: RunContext): Promise<CycleOutcome> {
  run.progress.phase('preparing');
  try {
    const cycle = new Cycle(input, input.storage.writer(input.lock, input.catalog), run);
    try {
      return await cycle.run();
    } finally {
      await cycle.close();
    }
  } finally {
    input.lock.release();
  }
}

class Cycle {
  readonly #input: CycleInput;
  readonly #writer: StorageWriter;
  readonly #run: RunContext;
  readonly #failures: Failure[] = [];
  readonly #compared: SourceChanges[] = [];
  readonly #complete: SourceId[] = [];
  /** Cursors of folders that are wholly in the writer, by source; emptied by each commit. */
  readonly #cursors = new Map<SourceId, Map<string, JsonValue>>();
  #committedAtMs: number;
  #committedBytes = 0;
  #dirty = false;

  constructor(input: CycleInput, writer: StorageWriter, run: RunContext) {
    this.#input = input;
    this.#writer = writer;
    this.#run = run;
    this.#committedAtMs = run.clock.monotonicMs();
  }

  async run(): Promise<CycleOutcome> {
    await this.#compare();
    if (this.#run.finishSoon.aborted) return { kind: 'stopped', failures: this.#failures };
    const whole = await this.#copy();
    this.#run.progress.phase('finishing');
    if (!whole) {
      if (this.#dirty) await this.#commit('checkpoint');
      return { kind: 'stopped', failures: this.#failures };
    }
    if (this.#complete.length === 0) {
      if (this.#dirty) await this.#commit('checkpoint');
      return { kind: 'nothing-worked', failures: this.#failures };
    }
    await this.#commit('full');
    return { kind: 'complete', failures: this.#failures };
  }

  async close(): Promise<void> {
    this.#writer.abandon();
    for (const changes of this.#compared) await changes.session.close();
  }

  async #compare(): Promise<void> {
    this.#run.progress.phase('comparing');
    this.#run.progress.total(null, null);
    for (const { description, source } of this.#input.sources) {
      stopIfCancelled(this.#run);
      if (this.#run.finishSoon.aborted) return;
      await this.#sourceStep(description, async () => {
        const session = await source.open(this.#run);
        try {
          this.#compared.push(await compareSource(description, session, this.#input.catalog, this.#input.random, this.#run));
        } catch (error) {
          await session.close();
          throw error;
        }
      });
    }
  }

  /** True when all work was done, false when asked to finish soon. */
  async #copy(): Promise<boolean> {
    const { progress } = this.#run;
    progress.phase('copying');
    progress.total(
      this.#compared.reduce((sum, changes) => sum + changes.itemsToRead, 0),
      this.#compared.reduce((sum, changes) => sum + changes.bytesToRead, 0),
    );
    for (const changes of this.#compared) {
      const cursors = new Map<string, JsonValue>();
      this.#cursors.set(changes.description.id, cursors);
      let whole = true;
      await this.#sourceStep(changes.description, async () => {
        whole = await copySource(changes, this.#tools(cursors), this.#run);
        if (whole) this.#complete.push(changes.description.id);
      });
      if (!whole) return false;
    }
    return true;
  }

  /** A source that fails as a whole does not stop the others. What concerns the storage does. */
  async #sourceStep(description: SourceDescription, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (error instanceof Cancelled || !isStrataError(error) || !error.code.startsWith('source.')) throw error;
      const failure = failureOf(error);
      this.#failures.push(failure);
      this.#run.log.warn('source.failed', { source: description.id, code: failure.code });
      this.#run.progress.problem({ failure, source: description.name, folder: '', item: '', atMs: this.#run.clock.nowMs() });
    }
  }

  #tools(cursors: Map<string, JsonValue>): CopyTools {
    const { runId, catalog, random } = this.#input;
    return {
      runId,
      catalog,
      random,
      writer: this.#writer,
      add: (manifest) => {
        this.#dirty = true;
        this.#writer.add(manifest);
      },
      folderDone: (folderKey, cursor) => void cursors.set(folderKey, cursor),
      isCheckpointDue: () => this.#isCheckpointDue(),
      checkpoint: () => this.#commit('checkpoint'),
    };
  }

  #isCheckpointDue(): boolean {
    const { everyMs, everyBytes } = this.#input.checkpoint;
    if (!this.#dirty) return false;
    return (
      this.#run.clock.monotonicMs() - this.#committedAtMs >= everyMs ||
      this.#writer.storedBytes - this.#committedBytes >= everyBytes
    );
  }

  /** Storage first, then the catalog: the catalog may be behind the storage, never ahead of it. */
  async #commit(kind: 'full' | 'checkpoint'): Promise<void> {
    const input = this.#input;
    const cursors: SourceCursors[] = [...this.#cursors].map(([source, folders]) => ({
      source,
      folders: Object.fromEntries(folders),
    }));
    const contents = await this.#writer.commit(
      {
        kind,
        run: input.runId,
        job: input.job,
        atMs: this.#run.clock.nowMs(),
        sources: input.sources.map(({ description }) => description),
        completeSources: kind === 'full' ? this.#complete : [],
        cursors: cursors.filter(({ folders }) => Object.keys(folders).length > 0),
        counts: input.counts(),
      },
      this.#run,
    );
    for (const folders of this.#cursors.values()) folders.clear();
    this.#run.progress.stored(this.#writer.storedBytes);
    input.catalog.apply(contents);
    this.#committedAtMs = this.#run.clock.monotonicMs();
    this.#committedBytes = this.#writer.storedBytes;
    this.#dirty = false;
    this.#run.log.info('committed', { kind, sequence: contents.commit.sequence, packs: contents.commit.packs.length });
  }
}

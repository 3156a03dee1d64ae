import { everything } from '../../shared/domain/choice.ts';
import type { CommitActs, SourceCursors, SourceDescription } from '../../shared/domain/commit.ts';
import type { ItemId, SourceId } from '../../shared/domain/ids.ts';
import type { JsonValue } from '../../shared/domain/json.ts';
import { Cancelled, type Failure, failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import type { RowsOfCycle } from '../catalog/index.ts';
import type { Content } from '../kernel/content.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { SourceSession } from '../sources/source.ts';
import type { StorageWriter } from '../storage/index.ts';
import type { SourceChanges } from './changes.ts';
import { Judge } from './choosing/judge.ts';
import { compareSource, type ComparingTools } from './comparing.ts';
import type { CopyTools } from './copy-tools.ts';
import { copySource } from './copying.ts';
import type { CycleInput, CycleOutcome, CycleSource } from './cycle-input.ts';
import { FirstWalk } from './first-walk.ts';
import { ScanNeeded } from './guards/absence.ts';
import { ChangeMeter } from './guards/change-meter.ts';
import { Guard } from './guards/guard.ts';
import { probe } from './guards/probing.ts';
import { sideBySide } from './side-by-side.ts';

/** A commit is one object in memory, here and in every rebuild of the catalog. */
const mostMarks = 200_000;
const marks = ['unchooses', 'chooses', 'letsGo', 'keeps'] as const;
type Mark = (typeof marks)[number];

/** Compares all sources, then copies what differs, then commits the moment. */
export async function runCycle(input: CycleInput, run: RunContext): Promise<CycleOutcome> {
  run.progress.phase('preparing');
  try {
    const cycle = new Cycle(input, run);
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
  /** Undefined: the catalog has no thread for it, or there is too little to do. */
  readonly #rows: RowsOfCycle | undefined;
  readonly #run: RunContext;
  readonly #failures: Failure[] = [];
  readonly #compared: SourceChanges[] = [];
  readonly #complete: SourceId[] = [];
  readonly #meters = new Map<SourceId, ChangeMeter>();
  readonly #guard: Guard;
  readonly #alarms: Failure[] = [];
  readonly #needScan: SourceId[] = [];
  /** Cursors of folders that are wholly in the writer, by source; emptied by each commit. */
  readonly #cursors = new Map<SourceId, Map<string, JsonValue>>();
  #committedAtMs: number;
  #committedBytes = 0;
  /** What the next commit marks as no longer chosen, and as chosen again: no later than the first cursor that takes it for granted. */
  readonly #left = { unchooses: [] as ItemId[], chooses: [] as ItemId[], letsGo: [] as ItemId[], keeps: [] as ItemId[] };
  #unseen = 0;
  /** Manifests that the next commit brings. */
  #added = 0;

  constructor(input: CycleInput, run: RunContext) {
    this.#input = input;
    this.#rows = input.only === undefined ? input.catalog.ahead() : undefined;
    this.#writer = input.storage.writer(input.lock, input.catalog, (record) => {
      this.#rows?.add({ run: input.runId, sources: this.#named().map(({ id }) => id) }, record);
    });
    this.#run = run;
    this.#committedAtMs = run.clock.monotonicMs();
    const standing = { standing: input.catalog.freezes(), isLimited: input.only !== undefined };
    this.#guard = new Guard(input.guards, standing, input.random, run.clock.nowMs());
  }

  async run(): Promise<CycleOutcome> {
    await this.#compare();
    if (this.#run.finishSoon.aborted) return this.#outcome('stopped');
    await this.#commitLeft();
    const whole = await this.#copy();
    this.#run.progress.phase('finishing');
    if (!whole) {
      if (this.#added > 0) await this.#commit('checkpoint');
      return this.#outcome('stopped');
    }
    this.#judge();
    if (this.#input.only !== undefined) {
      const acts = this.#guard.acts();
      if (this.#added > 0) await this.#commit('checkpoint', acts);
      return this.#outcome(this.#complete.length > 0 ? 'complete' : 'nothing-worked');
    }
    if (this.#complete.length > 0) {
      await this.#commit('full', this.#guard.acts());
      return this.#outcome('complete');
    }
    const acts = this.#guard.acts();
    if (this.#added > 0) await this.#commit('checkpoint', acts);
    else if (acts.freezes !== undefined) await this.#commit('hold', acts);
    return this.#outcome('nothing-worked');
  }

  /** More than one commit can bear goes ahead of the rest. */
  async #commitLeft(): Promise<void> {
    for (const { left } of this.#compared) {
      for (const mark of marks) for (const item of left[mark] ?? []) this.#left[mark].push(item);
    }
    // What is let go is marked as left out before: in an earlier commit or in the same.
    while (marks.some((mark) => this.#left[mark].length > mostMarks)) await this.#commit('checkpoint');
  }

  #takeLeft(): Pick<CommitActs, Mark> {
    const taken = marks.map((mark) => [mark, this.#left[mark].splice(0, mostMarks)] as const);
    return Object.fromEntries(taken.filter(([, items]) => items.length > 0));
  }

  #outcome(kind: CycleOutcome['kind']): CycleOutcome {
    const sources = this.#asked().map(({ description }) => description.id);
    const isSure = (source: SourceId): boolean =>
      this.#complete.includes(source) && this.#compared.every(({ description, isWhole }) => description.id !== source || isWhole);
    const unsure = sources.filter((source) => !isSure(source));
    const { tallies, captured } = this.#guard;
    return {
      kind,
      failures: this.#failures,
      alarms: this.#alarms,
      tallies,
      captured,
      needScan: this.#needScan,
      unsure,
      unseen: this.#unseen,
    };
  }

  /** Holds what was stored against what is usual, before it is committed with what follows from it. */
  #judge(): void {
    for (const { description } of this.#compared) {
      const meter = this.#meters.get(description.id);
      if (meter === undefined || !this.#complete.includes(description.id)) continue;
      for (const failure of this.#guard.stored(description.id, description.name, meter)) {
        this.#alarms.push(failure);
        this.#run.log.warn('guard.alarm', { source: description.id, code: failure.code });
        this.#run.progress.problem({ failure, source: description.name, folder: '', item: '', atMs: this.#run.clock.nowMs() });
      }
    }
  }

  async close(): Promise<void> {
    this.#writer.abandon();
    this.#rows?.close();
    for (const walk of this.#firstWalks()) await walk.stop();
    for (const changes of this.#compared) await changes.session.close();
  }

  async #compare(): Promise<void> {
    this.#run.progress.phase('comparing');
    this.#run.progress.total(null, null);
    const asked = this.#asked();
    await sideBySide(asked, this.#input.servers, this.#run, (one) => this.#compareOne(one));
    // They are copied in the order of the job, whichever answered first.
    const place = new Map(asked.map(({ description }, at) => [description.id, at]));
    this.#compared.sort((one, other) => (place.get(one.description.id) ?? 0) - (place.get(other.description.id) ?? 0));
  }

  async #compareOne({ description, source, choice = everything, isDivided = false, letsGo = false }: CycleSource): Promise<void> {
    const judge = new Judge(choice, this.#run.clock.nowMs());
    await this.#sourceStep(description, async () => {
      const session = await source.open(this.#run);
      try {
        this.#compared.push(await this.#changesOf(description, session, { judge, isAlone: !isDivided, letsGo }));
      } catch (error) {
        await session.close();
        throw error;
      }
    });
  }

  #asked(): readonly CycleSource[] {
    const { sources, only } = this.#input;
    return only === undefined ? sources : sources.filter(({ description }) => only.has(description.id));
  }

  /** Of which the commit says that they are here. One that only a scan can judge is as unknown after it as before. */
  #named(): SourceDescription[] {
    return this.#asked().flatMap(({ description }) => (this.#needScan.includes(description.id) ? [] : [description]));
  }

  async #changesOf(
    description: SourceDescription,
    session: SourceSession,
    choosing: Pick<ComparingTools, 'judge' | 'isAlone' | 'letsGo'>,
  ): Promise<SourceChanges> {
    const { catalog, random, guards, only, readsAgain = false } = this.#input;
    const isKnown = catalog.sources().some(({ id }) => id === description.id);
    if (only !== undefined) {
      if (!isKnown || this.#guard.needsScan(description.id)) throw new ScanNeeded();
      const vanishedBefore = this.#guard.capturedOf(description.id)?.deleted ?? 0;
      const limit = { folders: only.get(description.id) ?? new Set<string>(), vanishedBefore };
      return compareSource(
        description,
        session,
        { ...choosing, catalog, random, accepts: false, readsAgain: false, limit },
        this.#run,
      );
    }
    if (!isKnown && session.readsWhileWalking)
      return new FirstWalk(description, session, { random, judge: choosing.judge }, this.#run);
    const accepts = guards.acceptsEmpty.has(description.id);
    return compareSource(description, session, { ...choosing, catalog, random, accepts, readsAgain }, this.#run);
  }

  #firstWalks(): FirstWalk[] {
    return this.#compared.filter((changes) => changes instanceof FirstWalk);
  }

  /** Unknown until the last walk has ended. */
  #tellTotal(): void {
    const isCounted = this.#firstWalks().every((walk) => walk.isCounted);
    const sum = (of: 'itemsToRead' | 'bytesToRead'): number => this.#compared.reduce((all, { work }) => all + work[of], 0);
    this.#run.progress.total(isCounted ? sum('itemsToRead') : null, isCounted ? sum('bytesToRead') : null);
  }

  /** True when all work was done, false when asked to finish soon. */
  async #copy(): Promise<boolean> {
    this.#run.progress.phase('copying');
    this.#tellTotal();
    for (const walk of this.#firstWalks()) void walk.ended.then(() => this.#tellTotal());
    for (const changes of this.#compared) {
      const cursors = new Map<string, JsonValue>();
      this.#cursors.set(changes.description.id, cursors);
      let whole = true;
      await this.#sourceStep(changes.description, async () => {
        whole = await copySource(changes, this.#tools(changes.description, cursors), this.#run);
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
      if (error instanceof ScanNeeded) return void this.#needScan.push(description.id);
      if (error instanceof Cancelled || !isStrataError(error) || !error.code.startsWith('source.')) throw error;
      const failure = failureOf(error);
      this.#failures.push(failure);
      this.#guard.failed(description.id, failure);
      this.#run.log.warn('source.failed', { source: description.id, code: failure.code });
      this.#run.progress.problem({ failure, source: description.name, folder: '', item: '', atMs: this.#run.clock.nowMs() });
    }
  }

  #tools({ id }: SourceDescription, cursors: Map<string, JsonValue>): CopyTools {
    const { runId, catalog, random, storage, peek } = this.#input;
    const { items } = catalog.measure({ items: [], sources: [id], recursive: true }, null);
    const meter = new ChangeMeter(id, items, this.#run.clock.nowMs(), this.#guard.capturedOf(id));
    this.#meters.set(id, meter);
    return {
      runId,
      catalog,
      random,
      writer: this.#writer,
      add: (manifest: Manifest, before: Manifest | undefined) => {
        this.#added += 1;
        this.#writer.add(manifest);
        meter.note(manifest, before);
      },
      probe: (before: Manifest | undefined, content: Content, sizeBytes: number) =>
        probe(meter, { before, content, sizeBytes }, { storage, catalog, peek }),
      // What vanishes again before the next cycle would be there for ever, if a listing went on from before it came.
      folderBegun: (folderKey) => void (catalog.cursor(id, folderKey) !== undefined && cursors.set(folderKey, null)),
      folderDone: (folderKey, cursor) => void cursors.set(folderKey, cursor),
      noteUnseen: () => void (this.#unseen += 1),
      isCheckpointDue: () => this.#isCheckpointDue(),
      checkpoint: () => this.#commit('checkpoint'),
    };
  }

  #isCheckpointDue(): boolean {
    const { everyMs, everyBytes, everyItems } = this.#input.checkpoint;
    if (this.#added === 0) return false;
    return (
      this.#added >= everyItems ||
      this.#run.clock.monotonicMs() - this.#committedAtMs >= everyMs ||
      this.#writer.storedBytes - this.#committedBytes >= everyBytes
    );
  }

  /** Storage first, then the catalog: the catalog may be behind the storage, never ahead of it. */
  async #commit(kind: 'full' | 'checkpoint' | 'hold', acts: CommitActs = {}): Promise<void> {
    const input = this.#input;
    const cursors: SourceCursors[] = [...this.#cursors].map(([source, folders]) => ({
      source,
      folders: Object.fromEntries(folders),
    }));
    const contents = await this.#writer.commit(
      {
        kind,
        run: input.runId,
        job: kind === 'hold' ? null : input.job,
        atMs: this.#run.clock.nowMs(),
        sources: kind === 'hold' ? [] : this.#named(),
        completeSources: kind === 'full' ? this.#complete : [],
        cursors: cursors.filter(({ folders }) => Object.keys(folders).length > 0),
        counts: input.counts(),
        ...(kind === 'hold' ? {} : this.#takeLeft()),
        ...acts,
      },
      this.#run,
    );
    for (const folders of this.#cursors.values()) folders.clear();
    this.#run.progress.stored(this.#writer.storedBytes);
    if (this.#rows === undefined) input.catalog.apply(contents);
    else await this.#rows.apply(contents, this.#added);
    this.#committedAtMs = this.#run.clock.monotonicMs();
    this.#committedBytes = this.#writer.storedBytes;
    this.#added = 0;
    this.#run.log.info('committed', { kind, sequence: contents.commit.sequence, packs: contents.commit.packs.length });
  }
}

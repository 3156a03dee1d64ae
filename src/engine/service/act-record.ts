import type { ActKind, ActOrigin, ActOutcome, ActSubject, RecordedAct } from '../../shared/domain/act.ts';
import type { ActId, ItemId, RunId, StorageId } from '../../shared/domain/ids.ts';
import type { Run, RunStatus } from '../../shared/domain/run.ts';
import { isStrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog, RunDetails } from '../catalog/index.ts';
import { newId } from '../kernel/random.ts';
import type { Parts } from './parts.ts';
import { readPreferences } from './preferences.ts';

interface Storages {
  use(id: StorageId): Promise<{ readonly catalog: Pick<Catalog, 'row'> }>;
  runDetails(id: StorageId): RunDetails | undefined;
}

export interface ActQuery {
  readonly sinceMs: number | null;
  readonly untilMs: number | null;
  readonly kinds: readonly ActKind[];
  readonly storage: StorageId | null;
  /** Words of which each is in a name, a path, a setting, or the user; empty: any line. */
  readonly text: string;
  /** How whoever asks calls settings. */
  readonly settingNames: Readonly<Record<string, string>>;
  readonly before: ActId | null;
  readonly limit: number;
}

/** Whoever pages through a folder does these hundreds of times. */
const hourly: readonly ActKind[] = ['browse', 'look'];
const hourMs = 3_600_000;
const dayMs = 86_400_000;
/** More of an act's items are counted and not named. */
const mostNames = 20;
const pageSize = 1000;

/**
 * The record of who did what with what is stored here.
 *
 * Promises: a line is on the disk before the act gives anything out or changes anything; how it ended is added afterwards, also when the
 * engine went away in between. Refuses: to change a line, or to forget one alone.
 */
export class ActRecord {
  readonly #parts: Parts;
  readonly #open: Storages;
  #forgotAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: Parts, open: Storages) {
    this.#parts = parts;
    this.#open = open;
  }

  /** At start, before anybody does anything: what a former life of the engine left without an end. */
  settle(): void {
    for (const { id, run: runId } of this.#parts.store.acts.going()) {
      const run = runId === null ? undefined : this.#parts.store.run(runId);
      if (run === undefined) this.#end(id, 'cut-off');
      else this.runEnded(run);
    }
  }

  async during<Result>(subject: ActSubject, origin: ActOrigin, work: () => Promise<Result>): Promise<Result> {
    const id = await this.#begin(subject, origin);
    if (id === undefined) return work();
    let result: Result;
    try {
      result = await work();
    } catch (error) {
      this.#end(id, 'failed', codeOf(error));
      throw error;
    }
    const run = runOf(result);
    if (run === undefined) this.#end(id, 'done');
    else this.#isRun(id, run);
    return result;
  }

  /** What removes by itself, because its time has come, is an act as well. */
  runStarted({ id: run, kind, trigger, storage, jobName }: Run): void {
    if (trigger === 'person' || storage === null || (kind !== 'purge' && kind !== 'retention')) return;
    const id = this.#write({ kind: kind === 'purge' ? 'purge' : 'hide', storage }, 'schedule', jobName);
    this.#parts.store.acts.isRun(id, run);
  }

  runEnded(run: Run): void {
    const outcome = outcomes[run.status];
    if (outcome === null) return;
    const end = { outcome, endedAtMs: run.endedAtMs ?? this.#parts.clock.nowMs(), code: run.failure?.code ?? null };
    this.#parts.store.acts.endRun(run.id, end);
  }

  list({ text, settingNames, limit, sinceMs, untilMs, ...query }: ActQuery): { rows: RecordedAct[]; more: boolean } {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const called = new Map(Object.entries(settingNames));
    const filter = { ...query, sinceMs: sinceMs ?? Number.MIN_SAFE_INTEGER, untilMs: untilMs ?? Number.MAX_SAFE_INTEGER };
    const rows: RecordedAct[] = [];
    for (let { before } = query; ; ) {
      const page = this.#parts.store.acts.page({ ...filter, before, limit: pageSize });
      for (const row of page) {
        const named = this.#named(row);
        if (!words.every((word) => textOf(named, called).includes(word))) continue;
        if (rows.length === limit) return { rows, more: true };
        rows.push(named);
      }
      const last = page.at(-1);
      if (last === undefined || page.length < pageSize) return { rows, more: false };
      before = last.id;
    }
  }

  async #begin(subject: ActSubject, origin: ActOrigin): Promise<ActId | undefined> {
    const { clock, store } = this.#parts;
    const storage = this.#storageOf(subject);
    const lately = { kind: subject.kind, origin, storage, item: itemOf(subject) };
    if (hourly.includes(subject.kind) && store.acts.wasDone(lately, clock.nowMs() - hourMs)) return undefined;
    const id = this.#write(subject, origin);
    try {
      await this.#writeNames(id, storage, subject.items ?? []);
    } catch (error) {
      this.#end(id, 'failed', codeOf(error));
      throw error;
    }
    this.#forget();
    return id;
  }

  #write(subject: ActSubject, origin: ActOrigin, jobName: string | null = null): ActId {
    const { clock, store, random, machine } = this.#parts;
    const storage = this.#storageOf(subject);
    const id = newId<ActId>(random);
    const sources = new Set<string>(subject.sources);
    store.acts.begin({
      ...{ id, atMs: clock.nowMs(), kind: subject.kind, origin, storage, item: itemOf(subject) },
      body: {
        user: machine.userName,
        storageName: store.storages().find((one) => one.id === storage)?.name ?? null,
        sourceNames: store.sources().flatMap((one) => (sources.has(one.id) ? [one.name] : [])),
        jobName: jobName ?? store.jobs().find((one) => one.id === subject.job)?.name ?? null,
        name: subject.name ?? null,
        to: subject.to ?? null,
        settings: subject.settings ?? [],
        items: subject.items?.length ?? 0,
      },
    });
    return id;
  }

  async #writeNames(act: ActId, storage: StorageId | null, items: readonly ItemId[]): Promise<void> {
    if (storage === null || items.length === 0) return;
    const names = await this.#namesOf(storage, items.slice(0, mostNames));
    if (names !== undefined) this.#open.runDetails(storage)?.putNames({ act, atMs: this.#parts.clock.nowMs(), names });
  }

  /** Undefined: the storage cannot be opened. It refuses the act itself in a moment, and the line says with which code. */
  async #namesOf(storage: StorageId, items: readonly ItemId[]): Promise<readonly string[] | undefined> {
    try {
      const { catalog } = await this.#open.use(storage);
      const rows = items.flatMap((item) => catalog.row(item, null, null) ?? []);
      return rows.map(({ folderPath, name, title }) => [folderPath, title || name].filter((part) => part !== '').join('/'));
    } catch (error) {
      if (!isStrataError(error)) throw error;
      return undefined;
    }
  }

  #isRun(id: ActId, runId: RunId): void {
    this.#parts.store.acts.isRun(id, runId);
    // It may have ended before anybody knew whose it was.
    const run = this.#parts.store.run(runId);
    if (run !== undefined) this.runEnded(run);
  }

  #end(id: ActId, outcome: ActOutcome, code: string | null = null): void {
    this.#parts.store.acts.end(id, { outcome, endedAtMs: this.#parts.clock.nowMs(), code });
  }

  /** Once a day at most, and never by a clock that is known to be wrong: it would take the whole record for old. */
  #forget(): void {
    const { clock, store } = this.#parts;
    const { recordDays } = readPreferences(this.#parts);
    const nowMs = clock.nowMs();
    const storages = store.storages();
    if (recordDays === null || nowMs - this.#forgotAtMs < dayMs || storages.some((one) => one.clock?.strayed)) return;
    this.#forgotAtMs = nowMs;
    const beforeMs = nowMs - recordDays * dayMs;
    store.acts.forgetBefore(beforeMs);
    for (const { id } of storages) this.#open.runDetails(id)?.forgetNamesBefore(beforeMs);
  }

  #storageOf({ storage, ofRun }: ActSubject): StorageId | null {
    return storage ?? (ofRun === undefined ? null : (this.#parts.store.run(ofRun)?.storage ?? null));
  }

  #named(act: RecordedAct): RecordedAct {
    if (act.storage === null || act.items === 0) return act;
    return { ...act, itemNames: this.#open.runDetails(act.storage)?.names(act.id) ?? null };
  }
}

const outcomes: Readonly<Record<RunStatus, ActOutcome | null>> = {
  running: null,
  paused: null,
  success: 'done',
  warning: 'partly',
  failed: 'failed',
  stopped: 'stopped',
  interrupted: 'cut-off',
};

const codeOf = (error: unknown): string => (isStrataError(error) ? error.code : 'bug');

const itemOf = ({ items }: ActSubject): ItemId | null => (items?.length === 1 ? (items[0] ?? null) : null);

/** A call that begins a run answers with its id. */
const runOf = (result: unknown): RunId | undefined =>
  typeof result === 'object' && result !== null && 'run' in result && typeof result.run === 'string'
    ? (result.run as RunId)
    : undefined;

function textOf(act: RecordedAct, called: ReadonlyMap<string, string>): string {
  const { user, storageName, sourceNames, jobName, name, to, settings, itemNames } = act;
  // A setting may stand there with its value, as `name=value`.
  const shown = settings.map((setting) => called.get(setting.split('=', 1)[0] ?? ''));
  return [user, storageName, ...sourceNames, jobName, name, to, ...settings, ...shown, ...(itemNames ?? [])]
    .join('\n')
    .toLowerCase();
}

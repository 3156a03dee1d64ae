import type { Choice } from '../../shared/domain/choice.ts';
import type { SourceId } from '../../shared/domain/ids.ts';
import type { SourceKind } from '../../shared/domain/source-settings.ts';
import { Cancelled, failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import type { Survey, SurveyedFolder, SurveyedSource } from '../../shared/domain/survey.ts';
import { type RowQuery, SurveyRows, surveySource } from '../backup/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { Source } from '../sources/source.ts';
import { quietRun } from './quiet-run.ts';

export interface SurveyTarget {
  readonly id: SourceId | null;
  readonly name: string;
  readonly kind: SourceKind;
  readonly choice: Choice;
  readonly source: Source;
}

interface Entry {
  readonly target: SurveyTarget;
  readonly rows: SurveyRows;
  readonly used: Set<string>;
  state: SurveyedSource['state'];
  failure: SurveyedSource['failure'];
}

/** Whoever does not ask for so long has gone. */
const forgottenAfterMs = 60_000;

/** One survey: it looks at one source after the other, and answers meanwhile. A source that fails does not stop the others. */
export class LiveSurvey {
  readonly ended: Promise<void>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #entries: readonly Entry[];
  readonly #stop = new AbortController();
  readonly #startedAtMs: number;
  #endedAtMs: number | null = null;
  #askedMs: number;
  #current = '';

  constructor(targets: readonly SurveyTarget[], clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
    this.#startedAtMs = clock.nowMs();
    this.#askedMs = clock.monotonicMs();
    this.#entries = targets.map((target) => ({
      target,
      rows: new SurveyRows(),
      used: new Set<string>(),
      state: 'waiting',
      failure: null,
    }));
    this.ended = this.#look();
  }

  stop(): void {
    this.#stop.abort();
  }

  view(): Survey {
    this.#askedMs = this.#clock.monotonicMs();
    const state = this.#endedAtMs === null ? 'going' : this.#entries.some((one) => one.state === 'stopped') ? 'stopped' : 'done';
    const sources = this.#entries.map((entry) => sourceView(entry));
    return { state, startedAtMs: this.#startedAtMs, endedAtMs: this.#endedAtMs, current: this.#current, sources };
  }

  folders(source: number, query: RowQuery): SurveyedFolder[] {
    this.#askedMs = this.#clock.monotonicMs();
    return this.#entries[source]?.rows.list(query) ?? [];
  }

  async #look(): Promise<void> {
    for (const entry of this.#entries) {
      entry.state = 'going';
      try {
        await this.#lookAt(entry);
        entry.state = 'done';
      } catch (error) {
        this.#fail(entry, error);
      }
    }
    this.#current = '';
    this.#endedAtMs = this.#clock.nowMs();
  }

  async #lookAt({ target, rows, used }: Entry): Promise<void> {
    const run = this.#run(target.name);
    stopIfCancelled(run);
    const session = await target.source.open(run);
    try {
      await surveySource(session, target.choice, { rows, used }, run);
    } finally {
      await session.close();
    }
  }

  #run(name: string): RunContext {
    const quiet = quietRun(this.#clock, this.#log, this.#stop.signal);
    const goOn = (): void => {
      if (this.#clock.monotonicMs() - this.#askedMs > forgottenAfterMs) this.#stop.abort();
    };
    const current = (what: string): void => {
      this.#current = [name, what].filter((part) => part !== '').join('/');
      goOn();
    };
    return { ...quiet, progress: { ...quiet.progress, current, done: goOn } };
  }

  #fail(entry: Entry, error: unknown): void {
    if (error instanceof Cancelled || this.#stop.signal.aborted) {
      entry.state = 'stopped';
      return;
    }
    entry.state = 'failed';
    entry.failure = failureOf(error);
    if (!isStrataError(error))
      this.#log.error('bug', { stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function sourceView(entry: Entry): SurveyedSource {
  const { target, rows, state, failure } = entry;
  const { id: source, name, kind } = target;
  const idle = state === 'done' ? idleOf(entry) : [];
  return { source, name, kind, state, failure, folders: rows.folders, whole: rows.whole(), idle };
}

/** What a person wrote and nothing fits: mostly a slip of the pen. Of what takes back nobody can tell. */
function idleOf({ target: { choice }, used }: Entry): string[] {
  const written = [...choice.only, ...choice.skip].map(({ path }) => path).concat(choice.exclude);
  return written.filter((text) => !/^[!#]/.test(text) && text.trim() !== '' && !used.has(text));
}

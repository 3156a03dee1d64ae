import type { ActionMoment, JobAction } from '../../shared/domain/action.ts';
import { runStep } from '../../shared/domain/run-step.ts';
import { Cancelled, type Failure, failureOf } from '../../shared/domain/strata-error.ts';
import { actionDeed, type DeedEnd } from '../actions/index.ts';
import type { StoredJob } from '../catalog/index.ts';
import type { RunEnd, RunningRun } from '../jobs/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { factsFor, type RunSoFar } from './action-facts.ts';
import type { ActionBook } from './action-book.ts';
import type { Parts } from './parts.ts';
import { outputEvent } from './run-log-tail.ts';

interface Acting {
  readonly job: StoredJob;
  readonly run: RunContext;
  readonly running: RunningRun;
}

/** The last lines of an output are lines of the log; all before them is written in pieces, so that the log has room for other runs. */
const mostLines = 500;
const pieceLength = 4096;

/** Does what a person wants done around a run: in their order, each with an outcome of its own, and none because of another. */
export class JobActions {
  readonly #parts: Parts;
  readonly #book: ActionBook;
  readonly #closing = new AbortController();

  constructor(parts: Parts, book: ActionBook) {
    this.#parts = parts;
    this.#book = book;
  }

  /** The run with what is done before and after it. What is done after it is done however it ended, when it could not begin, too. */
  async around(acting: Acting, body: () => Promise<RunEnd>): Promise<RunEnd> {
    this.#sayCut(acting);
    const actions = this.#book.of(acting.job.id).filter(({ isOn }) => isOn);
    if (actions.length === 0) return body();
    const ended = await this.#middle(acting, actions, body);
    const moment = afterOf(ended.end.status, ended.isWarned);
    const after = actions.filter(({ when }) => when === moment || when === 'always-after');
    const isWarned = (await this.#all(acting, after, ended.end, moment)) || ended.isWarned;
    if (ended.thrown !== undefined) throw ended.thrown;
    return ended.end.status === 'success' && isWarned ? { ...ended.end, status: 'warning' } : ended.end;
  }

  /** Nobody waits for a program when the engine ends at once. */
  close(): void {
    this.#closing.abort();
  }

  async #middle(
    acting: Acting,
    actions: readonly JobAction[],
    body: () => Promise<RunEnd>,
  ): Promise<{ end: RunEnd; isWarned: boolean; thrown?: Error }> {
    let isWarned = false;
    try {
      for (const action of actions.filter(({ when }) => when === 'before')) {
        const failure = await this.#do(acting, action, 'before', { status: '', failure: null });
        if (acting.run.signal.aborted) throw new Cancelled('stopped');
        if (failure === null) continue;
        if (action.onFailure === 'stop') return { end: { status: 'failed', failure }, isWarned };
        isWarned = isWarned || action.onFailure === 'warn';
      }
      return { end: await body(), isWarned };
    } catch (error) {
      if (error instanceof Cancelled) return { end: { status: 'stopped' }, isWarned, thrown: error };
      const thrown = error instanceof Error ? error : new Error(String(error));
      return { end: { status: 'failed', failure: failureOf(error) }, isWarned, thrown };
    }
  }

  /** True: one of them wants the run to end with a warning. */
  async #all(acting: Acting, actions: readonly JobAction[], end: RunEnd, moment: ActionMoment): Promise<boolean> {
    let isWarned = false;
    const told = { status: statusOf(end.status, moment), failure: end.failure ?? null };
    for (const action of actions) {
      const failure = await this.#do(acting, action, 'after', told);
      if (failure !== null && action.onFailure === 'warn') isWarned = true;
    }
    return isWarned;
  }

  /** Why it did not work; null: it did. The step is kept before anything begins, so that a killed engine leaves it. */
  async #do(
    acting: Acting,
    action: JobAction,
    kind: 'before' | 'after',
    told: Pick<RunSoFar, 'status' | 'failure'>,
  ): Promise<Failure | null> {
    const { run, running, job } = acting;
    const { name } = action;
    const step = (state: Parameters<typeof runStep>[1], failure: Failure | null): void =>
      running.step(runStep(kind, state, { name, failure, atMs: run.clock.nowMs() }));
    step('going', null);
    run.progress.current(name);
    const facts = factsFor({ ...this.#soFar(acting), ...told }, kind, false);
    // What is done afterwards puts things back: a stop of the run does not stop it.
    const signal = kind === 'before' ? AbortSignal.any([this.#closing.signal, run.signal]) : this.#closing.signal;
    const done = await actionDeed(action, this.#book.ports()).perform(facts, () => this.#book.secretsOf(job.id, action), signal);
    writeOutput(run, name, done);
    const isStopped = done.failure?.code === 'action.stopped';
    step(done.failure === null ? 'done' : isStopped ? 'stopped' : 'failed', done.failure);
    if (done.failure === null || isStopped) return done.failure;
    run.log.warn('action.failed', { action: name, code: done.failure.code });
    // A run that is stopped for it says so as a whole.
    if (action.onFailure === 'warn')
      run.progress.problem({ failure: done.failure, source: '', folder: '', item: name, atMs: run.clock.nowMs() });
    return done.failure;
  }

  #soFar({ job, running }: Acting): Omit<RunSoFar, 'status' | 'failure'> {
    const run = this.#parts.runs.show(running.id);
    return {
      job,
      id: running.id,
      storage: run?.storageName ?? '',
      reason: run?.cause?.reason ?? '',
      counts: running.counts(),
      bytes: run?.bytes ?? { read: 0, stored: 0 },
      problems: running.problems(),
    };
  }

  /** What went on when the engine was killed, the next run says: nobody saw its end. */
  #sayCut({ job, run, running }: Acting): void {
    const [last] = this.#parts.store
      .runs({ job: job.id, storage: null, kind: 'backup', limit: 2 })
      .filter(({ id }) => id !== running.id);
    for (const { kind, state, name } of last?.steps ?? []) {
      if (state !== 'cut' || (kind !== 'before' && kind !== 'after')) continue;
      const failure = { code: 'action.was-cut', retry: 'after-user-action', facts: { action: name } } as const;
      run.log.warn('action.was-cut', { action: name });
      run.progress.problem({ failure, source: '', folder: '', item: name, atMs: run.clock.nowMs() });
    }
  }
}

function afterOf(status: RunEnd['status'], isWarned: boolean): ActionMoment {
  switch (status) {
    case 'success':
      return isWarned ? 'after-warning' : 'after-success';
    case 'warning':
      return 'after-warning';
    case 'failed':
      return 'after-failure';
    case 'stopped':
      return 'always-after';
  }
}

const statusOf = (status: RunEnd['status'], moment: ActionMoment): string => (moment === 'after-warning' ? 'warning' : status);

/** Line by line, as it is read; of what is long only the end. */
function writeOutput({ log }: RunContext, action: string, { output, droppedBytes }: DeedEnd): void {
  if (droppedBytes > 0) log.info('action.output-cut', { action, bytes: droppedBytes });
  const lines = output.replace(/\n$/, '').split('\n');
  const before = lines.slice(0, -mostLines).join('\n');
  for (const text of [before, ...lines.slice(-mostLines)].flatMap(piecesOf)) log.info(outputEvent, { action, text });
}

const piecesOf = (text: string): string[] =>
  Array.from({ length: Math.ceil(text.length / pieceLength) }, (_, at) => text.slice(at * pieceLength, (at + 1) * pieceLength));

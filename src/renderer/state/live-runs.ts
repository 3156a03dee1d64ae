import { create } from 'zustand';
import type { RunId } from '../../shared/domain/ids.ts';
import { engine } from '../client/index.ts';
import type { Sample } from './pace.ts';
import type { RunProgress, RunRecord } from './types.ts';

/** A run that goes on now, with what this window saw of it. */
export interface LiveRun {
  readonly run: RunRecord;
  readonly progress: RunProgress | null;
  /** Oldest first, at most one each `showEveryMs`, at most `keptSamples`. */
  readonly samples: readonly Sample[];
}

interface LiveRuns {
  readonly runs: readonly LiveRun[];
}

export const useLiveRuns = create<LiveRuns>(() => ({ runs: [] }));

/** Progress changes on the screen at most twice a second. */
const showEveryMs = 500;
/** Twenty minutes at two a second: the width of the speed chart and more. */
const keptSamples = 2400;

const arrived = new Map<RunId, RunProgress>();
let timer: ReturnType<typeof setTimeout> | null = null;

function show(): void {
  timer = null;
  const atMs = performance.now();
  useLiveRuns.setState(({ runs }) => ({
    runs: runs.map((live) => {
      const progress = arrived.get(live.run.id);
      if (!progress) return live;
      const sample: Sample = { atMs, bytes: progress.bytesDone, items: progress.itemsDone, phase: progress.phase };
      return { ...live, progress, samples: [...live.samples, sample].slice(-keptSamples) };
    }),
  }));
  arrived.clear();
}

function take(id: RunId, progress: RunProgress): void {
  arrived.set(id, progress);
  timer ??= setTimeout(show, showEveryMs);
}

const add = (run: RunRecord): void =>
  useLiveRuns.setState(({ runs }) =>
    runs.some((live) => live.run.id === run.id) ? { runs } : { runs: [...runs, { run, progress: null, samples: [] }] },
  );

/** A new engine: what the former one ran is over, what this one runs is asked for. */
async function catchUp(): Promise<void> {
  useLiveRuns.setState({ runs: [] });
  const recent = await engine.call('run.list', { job: null, storage: null, kind: null, limit: 50 });
  for (const run of recent.filter(({ status }) => status === 'running')) {
    add(run);
    const progress = await engine.call('run.progress', { id: run.id });
    if (progress) take(run.id, progress);
  }
}

export function followRuns(): void {
  engine.onState((state) => {
    // A failure here is that of the feeds, which show it; the next notice or engine brings the runs again.
    if (state === 'ready') catchUp().catch(() => {});
    else useLiveRuns.setState({ runs: [] });
  });
  engine.on('run.started', ({ run }) => add(run));
  engine.on('run.progress', ({ id, progress }) => take(id, progress));
  engine.on('run.ended', ({ run }) => {
    arrived.delete(run.id);
    useLiveRuns.setState(({ runs }) => ({ runs: runs.filter((live) => live.run.id !== run.id) }));
  });
}

export const useLiveRun = (id: RunId): LiveRun | undefined => useLiveRuns(({ runs }) => runs.find((live) => live.run.id === id));

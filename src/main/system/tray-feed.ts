import type { RunId } from '../../shared/domain/ids.ts';
import type { Run, RunProgress } from '../../shared/domain/run.ts';
import { type EngineLink, leaveExpected } from '../engine/engine-link.ts';
import type { Supervisor } from '../engine/supervisor.ts';
import { nothingKnown, type TrayModel } from './tray-model.ts';

/** Keeps the tray's facts as new as the engine's notices. */
export interface TrayFeed {
  model(): TrayModel;
  onChange(listener: () => void): void;
}

export function feedTray(supervisor: Supervisor, link: EngineLink): TrayFeed {
  const listeners = new Set<() => void>();
  const running = new Map<RunId, { readonly run: Run; readonly progress: RunProgress | undefined }>();
  let model: TrayModel = nothingKnown;

  const change = (more: Partial<TrayModel>): void => {
    model = { ...model, ...more, running: [...running.values()] };
    for (const listener of listeners) listener();
  };
  const readLists = (): void => {
    Promise.all([link.call('job.list', {}), link.call('status.get', {})]).then(
      ([jobs, status]) => change({ jobs, status }),
      leaveExpected,
    );
  };
  const readRunning = async (): Promise<void> => {
    // Runs that began before we were listening, as when a command line had the engine. They are among the newest.
    for (const run of await link.call('run.list', { job: null, storage: null, kind: null, limit: 50 })) {
      if (run.status === 'running') running.set(run.id, { run: run, progress: undefined });
    }
    change({});
  };

  supervisor.onStatus(({ state }) => {
    if (state !== 'ready') running.clear();
    change({ engine: state });
  });
  link.onConnected(() => {
    readRunning().catch(leaveExpected);
    readLists();
  });
  link.on('run.started', ({ run }) => {
    running.set(run.id, { run: run, progress: undefined });
    change({});
    readLists();
  });
  link.on('run.progress', ({ id, progress }) => {
    const entry = running.get(id);
    if (!entry) return;
    running.set(id, { run: entry.run, progress });
    change({});
  });
  link.on('run.ended', ({ run }) => {
    running.delete(run.id);
    change({});
    readLists();
  });
  link.on('changed', readLists);

  return { model: () => model, onChange: (listener) => void listeners.add(listener) };
}

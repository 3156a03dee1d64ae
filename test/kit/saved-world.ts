import fs from 'node:fs';
import path from 'node:path';
import type { RunId, StorageId } from '../../src/shared/domain/ids.ts';
import type { ConflictRule, Run, RunProgress } from '../../src/shared/domain/run.ts';
import { type Engine, findRun, openEngine } from '../../src/engine/index.ts';
import { silentLog } from '../../src/engine/kernel/log.ts';

type RestoreRequest = Parameters<Engine['restores']['start']>[0];

const password = 'correct horse battery';
const nothingKept = {
  status: () => Promise.resolve('unavailable' as const),
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

/** An engine with a storage in which one folder is saved. */
export interface SavedWorld {
  readonly engine: Engine;
  readonly storage: StorageId;
  readonly storagePath: string;
  restore(to: string, conflict?: ConflictRule, more?: Partial<RestoreRequest>): Promise<RunId>;
  /** One more cycle; what it was called. */
  save(): Promise<RunId>;
  ended(run: RunId): Promise<Run>;
  /** Calls with each report of progress until the run has ended. */
  watch(listener: (run: RunId, progress: RunProgress) => void): void;
  close(): Promise<void>;
}

/** @param threads How many read; 0: the engine's own thread. */
export async function openSavedWorld(folder: string, saved: string, threads: number): Promise<SavedWorld> {
  const engine = await openEngine({
    profileDir: path.join(folder, 'profile'),
    keychain: nothingKept,
    appVersion: '0.0.0-test',
    log: silentLog,
    workers: Math.max(1, threads),
    ...(threads === 0 ? {} : { readerWorker: new URL('../../src/engine/reader-worker.ts', import.meta.url) }),
  });
  const storagePath = path.join(folder, 'storage');
  const storage = fs.existsSync(storagePath) ? await unlocked(engine) : await savedFirst(engine, storagePath, saved);
  return {
    engine,
    storage,
    storagePath,
    ended: (run) => ended(engine, run),
    watch: (listener) =>
      void engine.onNotice((name, value) => {
        if (name === 'run.progress' && 'progress' in value) listener(value.id, value.progress);
      }),
    save: async () => {
      const [job] = engine.parts.store.jobs();
      if (job === undefined) throw new Error('no job in the profile');
      return (await ended(engine, await engine.jobs.run(job.id, 'person'))).id;
    },
    restore: (to, conflict = 'skip', more = {}) =>
      engine.restores.start({
        storage,
        selection: { items: [], sources: [], recursive: true },
        asOf: { kind: 'now' },
        target: { kind: 'directory', path: to },
        restoreRoot: null,
        conflict,
        tag: null,
        dryRun: false,
        ...more,
      }),
    close: () => engine.close('now'),
  };
}

async function unlocked(engine: Engine): Promise<StorageId> {
  const [known] = engine.parts.store.storages();
  if (known === undefined) throw new Error('no storage in the profile');
  await engine.storages.unlock(known.id, { by: 'password', password }, false);
  return known.id;
}

async function savedFirst(engine: Engine, storagePath: string, saved: string): Promise<StorageId> {
  const { id } = await engine.storages.create({ name: 'world', path: storagePath, password, keepInKeychain: false });
  const settings = { kind: 'files', paths: [saved], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
  const source = await engine.sources.add({ name: 'folder', settings, secret: null, keepInKeychain: false });
  const schedule = { mode: 'manual' } as const;
  const job = engine.jobs.create({ name: 'job', sources: [source.id], storage: id, schedule });
  const run = await ended(engine, await engine.jobs.run(job.id, 'person'));
  if (run.status !== 'success') throw new Error(`saving ended as ${run.status}`);
  return id;
}

async function ended(engine: Engine, id: RunId): Promise<Run> {
  return new Promise((resolve) => {
    const stop = engine.onNotice((name, value) => {
      if (name !== 'run.ended' || !('run' in value) || value.run.id !== id) return;
      stop();
      resolve(value.run);
    });
    const now = findRun(engine.parts, id);
    if (now.status !== 'running') resolve(now);
  });
}

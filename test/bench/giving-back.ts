// How fast a whole storage is checked and restored, through the engine's own door.
//   node test/bench/giving-back.ts --corpus /folder --at /folder [--to /folder] [--what restore,check] [--rounds 3] [--workers 2]
// What is saved below --at is used again by the next call, so that a change is measured on the same packs as what was before.
// --to should be a file system of its own, made anew: ext4 avoids inodes that were freed a short time ago, which drowns all else.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { RunId, StorageId } from '../../src/shared/domain/ids.ts';
import type { Run } from '../../src/shared/domain/run.ts';
import { type Engine, findRun, openEngine } from '../../src/engine/index.ts';
import { silentLog } from '../../src/engine/kernel/log.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    at: { type: 'string' },
    to: { type: 'string' },
    what: { type: 'string', default: 'check,restore' },
    rounds: { type: 'string', default: '3' },
    workers: { type: 'string', default: '2' },
  },
});
if (values.corpus === undefined || values.at === undefined) throw new Error('--corpus and --at are needed');
const corpus = path.resolve(values.corpus);
const at = path.resolve(values.at);
const to = path.resolve(values.to ?? path.join(at, 'restored'));
const password = 'correct horse battery';

const engine = await openEngine({
  profileDir: path.join(at, 'profile'),
  keychain: {
    status: () => Promise.resolve('unavailable'),
    read: () => Promise.resolve(undefined),
    write: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  },
  appVersion: '0.0.0-bench',
  packerWorker: new URL('../../src/engine/packer-worker.ts', import.meta.url),
  readerWorker: new URL('../../src/engine/reader-worker.ts', import.meta.url),
  workers: Number(values.workers),
  log: silentLog,
});

async function ended(id: RunId): Promise<Run> {
  const run = await new Promise<Run>((resolve) => {
    const stop = engine.onNotice((name, value) => {
      if (name !== 'run.ended' || !('run' in value) || value.run.id !== id) return;
      stop();
      resolve(value.run);
    });
    const now = findRun(engine.parts, id);
    if (now.status !== 'running') resolve(now);
  });
  if (run.status !== 'success')
    console.log(JSON.stringify({ status: run.status, failure: run.failure, problems: run.problems.slice(0, 3) }));
  return run;
}

async function timed(what: string, action: () => Promise<object>): Promise<void> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const more = await action();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    JSON.stringify({
      what,
      seconds: +seconds.toFixed(2),
      user: +(user / 1e6).toFixed(2),
      system: +(system / 1e6).toFixed(2),
      peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
      load: +(os.loadavg()[0] ?? 0).toFixed(1),
      ...more,
    }),
  );
}

async function opened(engineNow: Engine): Promise<StorageId> {
  const [known] = engineNow.parts.store.storages();
  if (known !== undefined) {
    await engineNow.storages.unlock(known.id, { by: 'password', password }, false);
    return known.id;
  }
  const { id } = await engineNow.storages.create({
    name: 'bench',
    path: path.join(at, 'storage'),
    password,
    keepInKeychain: false,
  });
  const settings = { kind: 'files', paths: [corpus], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
  const source = await engineNow.sources.add({ name: 'corpus', settings, secret: null, keepInKeychain: false });
  const job = engineNow.jobs.create({
    name: 'bench',
    sources: [source.id],
    storage: id,
    schedule: { mode: 'manual' },
  });
  await timed('first backup', async () => ({ counts: (await ended(await engineNow.jobs.run(job.id, 'person'))).counts.new }));
  return id;
}

async function restore(storage: StorageId): Promise<void> {
  const folder = path.join(to, `restored-${process.pid}-${Math.round(performance.now())}`);
  await timed('restore', async () => {
    const run = await engine.restores.start({
      storage,
      selection: { items: [], sources: [], recursive: true },
      asOf: { kind: 'now' },
      target: { kind: 'directory', path: folder },
      restoreRoot: null,
      conflict: 'skip',
      tag: null,
      dryRun: false,
    });
    const { restore: report } = await ended(run);
    return { created: report?.created, verified: report?.verified, failed: report?.failed.length, bytes: report?.bytes };
  });
  fs.rmSync(folder, { recursive: true });
}

async function check(storage: StorageId): Promise<void> {
  await timed('check all', async () => {
    const { check: report } = await ended(await engine.checks.check(storage, { level: 'all' }));
    return { packs: report?.packs, bytesRead: report?.bytesRead, findings: report?.findings.length };
  });
}

try {
  const storage = await opened(engine);
  for (let round = Number(values.rounds); round > 0; round--) {
    for (const what of values.what.split(',')) await (what === 'restore' ? restore(storage) : check(storage));
  }
} finally {
  await engine.close('now');
}

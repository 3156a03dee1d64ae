import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../src/engine/index.ts';
import type { JobId, SourceId, StorageId } from '../../src/shared/domain/ids.ts';
import type { Run } from '../../src/shared/domain/run.ts';
import { usualTiming } from '../../src/shared/domain/schedule.ts';
import { painted } from '../../src/shared/domain/week.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

/** Real time, a real engine and its own alarms: no heartbeat but the first. Windows begin and end with minutes, so this takes some. */
const minuteMs = 60_000;

let root: string;
let engine: Engine;
let storage: StorageId;

beforeEach(async () => {
  root = temporaryFolder();
  const secrets = new Map<string, string>();
  engine = await openEngine({
    profileDir: path.join(root, 'profile'),
    appVersion: '0',
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (event, facts) => expect.fail(`${event} ${JSON.stringify(facts)}`),
    },
    keychain: {
      status: () => Promise.resolve('available'),
      read: (account) => Promise.resolve(secrets.get(account)),
      write: (account, secret) => Promise.resolve(void secrets.set(account, secret)),
      remove: (account) => Promise.resolve(void secrets.delete(account)),
    },
  });
  const made = { name: 'S', path: path.join(root, 'storage'), password: 'correct horse battery', keepInKeychain: true };
  storage = (await engine.storages.create(made)).id;
});
afterEach(() => engine.close('now'));

async function filesSource(name: string, count: number): Promise<SourceId> {
  const folder = path.join(root, name);
  fs.mkdirSync(folder);
  for (let index = 0; index < count; index += 1)
    fs.writeFileSync(path.join(folder, `${index}.txt`), `${name} ${index}\n`.repeat(50));
  const settings = { kind: 'files', paths: [folder], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
  return (await engine.sources.add({ name, settings, secret: null, keepInKeychain: false })).id;
}

const untilMs = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms - Date.now()));
const minuteOfWeek = (ms: number): number => (((Math.floor(ms / minuteMs) + 3 * 1440) % 10_080) + 10_080) % 10_080;
const runsOf = (job: JobId): Run[] =>
  engine.parts.store.runs({ job, storage: null, kind: 'backup', limit: 500 }).toSorted((a, b) => a.startedAtMs - b.startedAtMs);

describe('a window of one minute', { timeout: 240_000 }, () => {
  it('begins the job, holds the idle time within it, ends what runs after its item, and nothing begins outside', async () => {
    const source = await filesSource('files', 400);
    const other = await filesSource('others', 400);
    const opensMs = (Math.floor((Date.now() + 5000) / minuteMs) + 1) * minuteMs;
    const opens = minuteOfWeek(opensMs);
    const timing = { ...usualTiming, windows: painted([], opens, opens + 1, 'allowed') };
    const schedule = { mode: 'continuous', idleMs: 1000 } as const;
    const make = (name: string, sources: SourceId[]): JobId =>
      engine.jobs.create({ name, sources, storage, schedule, timing, zone: 'UTC', capture: 'off' }).id;
    const jobs = [make('J', [source]), make('K', [other])];
    engine.surroundings.look(undefined, false);
    expect(await engine.jobs.tick()).toBe(0);
    const closesMs = opensMs + minuteMs;
    await untilMs(closesMs + 8000);
    expect(engine.parts.runs.going()).toEqual([]);
    for (const job of jobs) {
      const runs = runsOf(job);
      expect(runs.length).toBeGreaterThan(1);
      expect(runs.filter(({ startedAtMs }) => startedAtMs < opensMs || startedAtMs >= closesMs)).toEqual([]);
      runs.slice(1).forEach((run, index) => {
        expect(run.startedAtMs - (runs[index]?.endedAtMs ?? 0)).toBeGreaterThanOrEqual(1000);
      });
      expect(runs.every(({ status }) => ['success', 'stopped'].includes(status))).toBe(true);
      expect((await engine.jobs.show(job)).due).toMatchObject({ kind: 'wait', because: 'window' });
    }
    // One storage, two jobs: whoever comes second says for whom it waits.
    const waited = jobs
      .flatMap(runsOf)
      .flatMap(({ id }) => engine.parts.store.log(id, 0, 100).filter(({ event }) => event === 'run.waits'));
    expect(waited.length).toBeGreaterThan(0);
    for (const { facts } of waited) expect(['J', 'K']).toContain(facts['for']);
  });
});

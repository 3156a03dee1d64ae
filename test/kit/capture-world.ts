import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { JobId, SourceId, StorageId } from '../../src/shared/domain/ids.ts';
import type { Run } from '../../src/shared/domain/run.ts';
import type { SourceSettings } from '../../src/shared/domain/source-settings.ts';
import { type Engine, readStatus } from '../../src/engine/index.ts';
import type { CaptureView } from '../../src/engine/service/capture-view.ts';
import { openCapturing } from './capturing-engine.ts';

const password = 'correct horse battery';

/** A whole engine that captures, as the app's does, with a job over one source; it can be closed and opened again. */
export class CaptureWorld {
  readonly root: string;
  readonly #keychain = new Map<string, string>();
  #engine: Engine | undefined;
  #storage: StorageId | undefined;
  #job: JobId | undefined;

  constructor(root: string) {
    this.root = root;
    onTestFinished(() => this.close());
  }

  get engine(): Engine {
    if (this.#engine === undefined) throw new Error('closed');
    return this.#engine;
  }
  get storage(): StorageId {
    if (this.#storage === undefined) throw new Error('not made yet');
    return this.#storage;
  }
  get job(): JobId {
    if (this.#job === undefined) throw new Error('not made yet');
    return this.#job;
  }

  async open(): Promise<void> {
    this.#engine = await openCapturing(this.root, this.#keychain);
  }

  async close(): Promise<void> {
    const engine = this.#engine;
    this.#engine = undefined;
    await engine?.close('finish-item');
  }

  /** While it is closed: another process captures, and is killed after it began to store what `change` does. */
  async killWhileStoring(change: () => void, afterMs: number): Promise<void> {
    const child = new URL('./capture-child.ts', import.meta.url).pathname;
    const going = spawn(process.execPath, [child, this.root, JSON.stringify([...this.#keychain])], { stdio: 'inherit' });
    const ended = new Promise((resolve) => going.once('exit', resolve));
    const locks = path.join(this.root, 'storage/locks');
    const held = (): string[] => (fs.existsSync(locks) ? fs.readdirSync(locks) : []);
    const left = held(); // by who was killed before
    const isStoring = (): boolean => held().some((name) => !left.includes(name));
    change();
    while (!isStoring()) await wait(1);
    await wait(afterMs);
    going.kill('SIGKILL');
    await ended;
  }

  /** With a first scan, so that capture knows what was there. */
  async make(settings: SourceSettings, secret: string | null = null): Promise<void> {
    await this.open();
    const place = path.join(this.root, 'storage');
    const { id } = await this.engine.storages.create({ name: 'S', path: place, password, keepInKeychain: true });
    this.#storage = id;
    const source = await this.engine.sources.add({ name: 'Source', settings, secret, keepInKeychain: true });
    this.#job = this.#create(source.id);
    await this.until(({ state, sources }) => state === 'watching' && sources.every((one) => one.state !== 'starting'));
    await this.scan();
  }

  #create(source: SourceId): JobId {
    const schedule = { mode: 'continuous', idleMs: 3_600_000 } as const;
    return this.engine.jobs.create({ name: 'J', sources: [source], storage: this.storage, schedule }).id;
  }

  /** From now on the job saves into one more storage, too. */
  async alsoInto(name: string): Promise<StorageId> {
    const place = path.join(this.root, name);
    const { id } = await this.engine.storages.create({ name, path: place, password, keepInKeychain: true });
    const { name: jobName, sources, schedule } = await this.engine.jobs.show(this.job);
    this.engine.jobs.edit({ id: this.job, name: jobName, sources, schedule, storage: this.storage, alsoTo: [id] });
    await this.idle();
    return id;
  }

  async scan(): Promise<Run> {
    const run = await this.engine.jobs.run(this.job, 'person');
    const ended = await this.engine.parts.runs.ended(run);
    if (ended === undefined) throw new Error('no such run');
    return ended;
  }

  async view(): Promise<CaptureView> {
    return (await this.engine.jobs.show(this.job)).watch;
  }

  /** What Home and `strata status` say that a person has to do. */
  async needs(): Promise<string[]> {
    const { parts, jobs, storages, removals } = this.engine;
    return (await readStatus(parts, jobs, storages, removals)).needs.map(({ kind }) => kind);
  }

  /** Waits for a state; the test's own time is the limit. */
  async until(holds: (view: CaptureView) => boolean | Promise<boolean>): Promise<CaptureView> {
    for (;;) {
      const view = await this.view();
      if (await holds(view)) return view;
      await wait(200);
    }
  }

  /** Until all that was told is stored. */
  async idle(): Promise<CaptureView> {
    return this.until(({ state, pending }) => state === 'watching' && pending === 0);
  }

  /** `folder/name` of all items that are there as of now. */
  async names(storage = this.storage): Promise<string[]> {
    const names: string[] = [];
    for (const { item: folder } of await this.engine.browse.tree(storage, null)) {
      const page = { atMs: null, mode: 'as-of', sort: 'name', descending: false, offset: 0, limit: 10_000 } as const;
      const { rows } = await this.engine.browse.items(storage, { folder, ...page });
      names.push(...rows.map((row) => path.join(row.folderPath, row.name)));
    }
    return names.sort();
  }

  commits(): number {
    return fs.readdirSync(path.join(this.root, 'storage/commits')).length;
  }
}

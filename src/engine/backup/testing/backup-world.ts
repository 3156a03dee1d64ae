import { type Choice, everything } from '../../../shared/domain/choice.ts';
import type { JobId, RunId, SourceId } from '../../../shared/domain/ids.ts';
import type { SourceDescription } from '../../../shared/domain/commit.ts';
import { type RunCounts, noCounts, type Problem } from '../../../shared/domain/run.ts';
import type { FakeClock } from '../../../../test/kit/fake-clock.ts';
import { seededRandom } from '../../../../test/kit/seeded-random.ts';
import { testDeps, testStorage } from '../../../../test/kit/storage-world.ts';
import { type Catalog, openCatalog } from '../../catalog/index.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import { silentLog } from '../../kernel/log.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import { newId } from '../../kernel/random.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { createStorage, type Storage } from '../../storage/index.ts';
import { openLocalTarget } from '../../targets/local/index.ts';
import { type CycleInput, type CycleOutcome, type GuardMemory, runCycle } from '../index.ts';
import { MemorySource } from './memory-source.ts';

export interface Ended {
  readonly outcome: CycleOutcome;
  readonly counts: RunCounts;
  readonly problems: readonly Problem[];
  readonly runId: RunId;
}

/** A real storage and a real catalog in a temporary folder, a source made of memory, and a clock moved by hand. */
export class BackupWorld {
  readonly source = new MemorySource();
  description: SourceDescription = {
    id: 'source00000000000000' as SourceId,
    name: 'Mail',
    settings: { kind: 'maildir', path: '/memory', exclude: [] },
  };
  readonly clock: FakeClock;
  readonly random = seededRandom(11);
  readonly files = new NodeFileSystem();
  readonly directory: string;
  readonly storage: Storage;
  catalog: Catalog;
  guards: GuardMemory = { tallies: [], captured: [], acceptsEmpty: new Set(), dayOf: (timeMs) => timeMs - (timeMs % 86_400_000) };
  choice: Choice = everything;
  isDivided = false;
  letsGo = false;
  readsAgain = false;
  checkpoint = { everyMs: 300_000, everyBytes: 512 * 1024 * 1024, everyItems: 200_000 };

  private constructor(directory: string, storage: Storage, clock: FakeClock) {
    this.directory = directory;
    this.clock = clock;
    this.storage = storage;
    this.catalog = this.openCatalog('catalog.sqlite');
  }

  /** `disk`: another one than the real for the storage; where it lies there is not in the directory. */
  static async make(directory: string, disk?: FileSystem): Promise<BackupWorld> {
    const files = disk ?? new NodeFileSystem();
    const deps = testDeps(files);
    const place = disk === undefined ? `${directory}/storage` : '/storage';
    const { storage } = await createStorage(openLocalTarget(files, place, deps.random), testStorage, deps);
    return new BackupWorld(directory, storage, deps.clock);
  }

  openCatalog(name: string): Catalog {
    return openCatalog({ path: `${this.directory}/${name}`, key: this.storage.catalogKey(), files: this.files });
  }

  /** One cycle. `steer` may stop it. */
  async cycle(steer: (stop: { soon: AbortController; now: AbortController }) => void = () => undefined): Promise<Ended> {
    return this.#cycle(undefined, steer);
  }

  /** A limited one, with what it leaves for the guards of the next. */
  async capture(...folders: readonly string[]): Promise<Ended> {
    const ended = await this.#cycle(new Map([[this.description.id, new Set(folders)]]));
    this.remember(ended);
    return ended;
  }

  remember({ outcome: { tallies, captured } }: Ended): void {
    this.guards = { ...this.guards, tallies, captured };
  }

  async #cycle(
    only: CycleInput['only'],
    steer: (stop: { soon: AbortController; now: AbortController }) => void = () => undefined,
  ): Promise<Ended> {
    await this.clock.advance(60_000);
    const soon = new AbortController();
    const now = new AbortController();
    const counts: { -readonly [Key in keyof RunCounts]: number } = { ...noCounts };
    const problems: Problem[] = [];
    const run: RunContext = {
      signal: now.signal,
      finishSoon: soon.signal,
      clock: this.clock,
      log: silentLog,
      progress: {
        phase: () => undefined,
        total: () => undefined,
        done: () => undefined,
        stored: () => undefined,
        current: () => undefined,
        waiting: () => undefined,
        count: (which, by = 1) => void (counts[which] += by),
        problem: (problem) => void problems.push(problem),
      },
    };
    steer({ soon, now });
    const runId = newId<RunId>(this.random);
    const outcome = await runCycle(
      {
        runId,
        job: { id: 'job00000000000000000' as JobId, name: 'Job' },
        sources: [
          {
            description: this.description,
            source: this.source,
            choice: this.choice,
            isDivided: this.isDivided,
            letsGo: this.letsGo,
          },
        ],
        storage: this.storage,
        lock: this.storage.lock('backup', 'write'),
        catalog: this.catalog,
        random: this.random,
        checkpoint: this.checkpoint,
        counts: () => counts,
        guards: this.guards,
        servers: 2,
        readsAgain: this.readsAgain,
        peek: () => undefined,
        ...(only === undefined ? {} : { only }),
      },
      run,
    );
    return { outcome, counts, problems, runId };
  }

  /** `folder/key: text [flags]` of everything, as of a moment, read back from the packs. */
  async listing(atMs: number | null = null): Promise<string[]> {
    const lines: string[] = [];
    for (const { manifest, folders } of this.catalog.select({ items: [], sources: [], recursive: true }, atMs)) {
      if (manifest.kind === 'folder') continue;
      const [part] = manifest.contents;
      let text = '';
      if (part !== undefined)
        for await (const chunk of this.storage.read(part, this.catalog)) text += new TextDecoder().decode(chunk);
      lines.push(
        `${folders.map(({ name }) => `${name}/`).join('')}${manifest.key}: ${text} [${String(manifest.metadata['flags'])}]`,
      );
    }
    return lines.sort();
  }

  async close(): Promise<void> {
    this.catalog.close();
    this.storage.close();
  }
}

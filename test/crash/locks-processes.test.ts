import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { systemRandom } from '../../src/engine/kernel/system-random.ts';
import { createStorage, openStorage } from '../../src/engine/storage/index.ts';
import { openLocalTarget } from '../../src/engine/targets/local/index.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { testDeps, testMachine, testRun, testStorage } from '../kit/storage-world.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { noteProof } from './proof-notes.ts';
import { inTier, seed } from './tier.ts';

/** How many times a process is stopped or killed. */
const blows = inTier({ quick: 12, full: 2000 });
/** Ten minutes of the lock's patience take so much real time: long against a busy machine's hiccups, or nobody would ever finish. */
const staleMs = 400;
const faster = 600_000 / staleMs;

interface Worker {
  readonly sight: 'sees' | 'blind';
  child: ChildProcess;
}

class Crowd {
  readonly said: string[] = [];
  readonly complaints: string[] = [];
  readonly workers: Worker[] = [];
  readonly #folder: string;
  readonly #secret: string;
  #started = 0;

  constructor(folder: string, secret: string, count: number) {
    this.#folder = folder;
    this.#secret = secret;
    // Some see whether another process is alive, and others only its file.
    for (let number = 0; number < count; number++) {
      const sight = number % 2 === 0 ? 'sees' : 'blind';
      this.workers.push({ sight, child: this.#start(sight) });
    }
  }

  #start(sight: Worker['sight']): ChildProcess {
    const entry = new URL('./lock-child.ts', import.meta.url).pathname;
    const given = [this.#folder, this.#secret, sight, String(seed * 1000 + this.#started++), String(faster)];
    const child = spawn(process.execPath, [entry, ...given], { stdio: ['ignore', 'pipe', 'pipe'] });
    let open = '';
    child.stdout.on('data', (text: Buffer) => {
      const lines = `${open}${text.toString()}`.split('\n');
      open = lines.pop() ?? '';
      this.said.push(...lines);
    });
    child.stderr.on('data', (text: Buffer) => this.complaints.push(text.toString()));
    return child;
  }

  kill(worker: Worker): void {
    worker.child.kill('SIGKILL');
    worker.child = this.#start(worker.sight);
  }

  async end(): Promise<void> {
    const ended = this.workers.map(({ child }) => new Promise((resolve) => child.once('exit', resolve)));
    for (const { child } of this.workers) child.kill('SIGKILL');
    await Promise.all(ended);
  }

  committed(): Map<number, string> {
    const found = new Map<number, string>();
    for (const line of this.said) {
      const [, sequence = '', id = ''] = /^committed (\d+) ([0-9a-f]{64})$/.exec(line) ?? [];
      if (id === '') continue;
      expect(found.has(Number(sequence)), `two say that they committed ${sequence}`).toBe(false);
      found.set(Number(sequence), id);
    }
    return found;
  }
}

it(`processes that are stopped, killed, and told wrong times never both commit (seed ${seed}, ${blows} blows)`, async () => {
  const folder = temporaryFolder();
  const files = new NodeFileSystem();
  const random = seededRandom(seed);
  const deps = testDeps(files, { random: systemRandom, machine: testMachine({ machineId: 'judge' }) });
  const target = openLocalTarget(files, `${folder}/storage`, systemRandom);
  const secret = (await createStorage(target, testStorage, deps)).storage.exportDeviceSecret();
  const crowd = new Crowd(folder, secret, 2 + random.below(7));
  try {
    // Not before somebody works.
    while (crowd.committed().size === 0 && crowd.complaints.length === 0) await pause(20);
    for (let blow = 0; blow < blows; blow++) {
      const worker = crowd.workers[random.below(crowd.workers.length)];
      if (worker === undefined) break;
      await pause(random.below(80));
      if (random.below(4) === 0) {
        crowd.kill(worker);
        continue;
      }
      worker.child.kill('SIGSTOP');
      await pause(random.below(2) === 0 ? 2 * staleMs + random.below(staleMs) : random.below(staleMs));
      worker.child.kill('SIGCONT');
    }
  } finally {
    await crowd.end();
  }
  expect(crowd.complaints).toEqual([]);
  const storage = await openStorage(target, { by: 'device', secret }, deps);
  const chain = new Map([...storage.commits(0)].map(({ sequence, id }) => [sequence, id as string]));
  // Whoever said it is believed; whoever was killed in between may have committed and not said so.
  for (const [sequence, id] of crowd.committed()) expect(chain.get(sequence)).toBe(id);
  expect((await storage.check('all', () => [], testRun(deps))).findings).toEqual([]);
  const fenced = crowd.said.filter((line) => line === 'fenced').length;
  noteProof('locks', 'real processes', { processes: crowd.workers.length, blows, commits: chain.size, fenced });
}, 7_200_000);

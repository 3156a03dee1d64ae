import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { systemMachine } from '../../src/engine/kernel/system-machine.ts';
import { systemRandom } from '../../src/engine/kernel/system-random.ts';
import { createStorage, openStorage } from '../../src/engine/storage/index.ts';
import { openLocalTarget } from '../../src/engine/targets/local/index.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { MapCatalog, readBack, testDeps, testRun, testStorage } from '../kit/storage-world.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { killContents } from './kill-contents.ts';
import { noteProof } from './proof-notes.ts';
import { inTier, seed } from './tier.ts';

const kills = Number(process.env['STRATA_KILLS'] ?? inTier({ quick: 12, full: 200 }));

/** Runs the child until it is killed, so and so long after its first commit. Returns the last cycle that it called committed. */
function runAndKill(folder: string, secret: string, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [new URL('./kill-child.ts', import.meta.url).pathname, folder, secret], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complaint = '';
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      if (said === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
      said += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
    child.once('exit', (code) => {
      const committed = [...said.matchAll(/^committed (\d+)$/gm)].map(([, sequence]) => Number(sequence));
      if (code !== null) reject(new Error(`the child ended by itself: ${complaint}`));
      else resolve(Math.max(...committed));
    });
  });
}

/** A storage that is opened after each kill takes longer each time: so many, then a new one. */
const killsOfStorage = 50;

it(`a process that is killed at any moment loses at most the cycle at hand (seed ${seed})`, async () => {
  const random = seededRandom(seed);
  for (let left = kills; left > 0; left -= killsOfStorage) await killAgainAndAgain(Math.min(left, killsOfStorage), random);
  noteProof('real disks', 'SIGKILL after some time', { cases: kills, kills, violations: 0 });
});

async function killAgainAndAgain(times: number, random: ReturnType<typeof seededRandom>): Promise<void> {
  const folder = temporaryFolder();
  const files = new NodeFileSystem();
  const deps = testDeps(files, { random: systemRandom, machine: systemMachine(files, folder, systemRandom) });
  const target = openLocalTarget(files, `${folder}/storage`, systemRandom);
  const secret = (await createStorage(target, testStorage, deps)).storage.exportDeviceSecret();
  let verified = 0;
  for (let kill = 0; kill < times; kill++) {
    const committed = await runAndKill(folder, secret, random.below(120));
    const storage = await openStorage(target, { by: 'device', secret }, deps);
    const catalog = MapCatalog.rebuilt(storage);
    expect(catalog.commits.length).toBeGreaterThanOrEqual(committed);
    expect(catalog.commits.length).toBeLessThanOrEqual(committed + 1);
    for (; verified < catalog.commits.length; verified++) {
      for (const [name, bytes] of Object.entries(killContents(verified + 1))) {
        expect(Buffer.compare(await readBack(storage, catalog, name), bytes)).toBe(0);
      }
    }
    storage.close();
  }
  const storage = await openStorage(target, { by: 'device', secret }, deps);
  storage.lock('backup', 'write').release();
  expect(target.list('tmp')).toEqual([]);
  expect((await storage.check('all', () => [], testRun(deps))).findings).toEqual([]);
}

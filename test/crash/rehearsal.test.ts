import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { RehearsalWorld } from '../kit/rehearsal-world.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { noteProof } from './proof-notes.ts';
import { inTier, seed } from './tier.ts';

const kills = inTier({ quick: 8, full: 150 });

/** What it said at its end; empty: it was killed. */
function rehearseUntil(world: RehearsalWorld, most: number): Promise<string> {
  const program = new URL('./rehearsal-child.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, world.root, world.storage, String(most)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complaint = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(said);
      else reject(new Error(`the child ended by itself: ${complaint}`));
    });
  });
}

it(`a rehearsal that is killed anywhere leaves nothing in the clear after the next start, and proves nothing (seed ${seed})`, async () => {
  const random = seededRandom(seed);
  const world = new RehearsalWorld(temporaryFolder());
  await world.open();
  await world.fill();
  await world.engine.close('now');
  expect(await rehearseUntil(world, 60)).toBe('');
  expect(await marksAfterStart(world)).toEqual([]);
  const [status, steps] = (await rehearseUntil(world, Number.MAX_SAFE_INTEGER)).split(' ');
  expect(status).toBe('success');
  const proven = await marksAfterStart(world);
  expect(proven).toHaveLength(3);

  let left = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    expect(await rehearseUntil(world, random.below(Number(steps)))).toBe('');
    if (world.scratch().length > 0) left += 1;
    // What was proven before stays, and is not newer than it was.
    expect(await marksAfterStart(world)).toEqual(proven);
    expect(world.scratch()).toEqual([]);
  }
  expect(left).toBeGreaterThan(0);
  noteProof('real disks', 'SIGKILL in a trial restore', { cases: kills, steps: Number(steps), left, violations: 0 });
});

async function marksAfterStart(world: RehearsalWorld) {
  await world.open();
  const { rehearsed } = await world.engine.storages.show(world.storage);
  await world.engine.close('now');
  return rehearsed.map(({ name, outcome, run, atMs }) => ({ name, outcome, run, atMs }));
}

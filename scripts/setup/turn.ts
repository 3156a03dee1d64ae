import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cache } from './folders.ts';

/** One set-up at a time: two scripts that start together on a clean clone would install into each other's hands. */
export async function inTurn<T>(work: () => Promise<T>, place = cache): Promise<T> {
  const turn = join(place, 'set-up.turn');
  mkdirSync(place, { recursive: true });
  while (!take(turn)) await sleep(100);
  const leave = (): void => rmSync(turn, { recursive: true, force: true });
  process.once('exit', leave);
  try {
    return await work();
  } finally {
    leave();
    process.off('exit', leave);
  }
}

function take(turn: string): boolean {
  try {
    mkdirSync(turn);
    writeFileSync(join(turn, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!isTakerAlive(turn)) rmSync(turn, { recursive: true, force: true });
    return false;
  }
}

function isTakerAlive(turn: string): boolean {
  try {
    process.kill(Number(readFileSync(join(turn, 'pid'), 'utf8')), 0);
    return true;
  } catch (error) {
    // A turn that is just being taken has no id yet, and somebody else's process may not be asked: both are alive.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

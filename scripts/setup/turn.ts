import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cache } from './folders.ts';

const folder = join(cache, 'set-up.turn');
const owner = join(folder, 'pid');

/** One set-up at a time: two scripts that start together on a clean clone would install into each other's hands. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  mkdirSync(cache, { recursive: true });
  while (!take()) await sleep(100);
  const leave = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', leave);
  try {
    return await work();
  } finally {
    leave();
    process.off('exit', leave);
  }
}

function take(): boolean {
  try {
    mkdirSync(folder);
    writeFileSync(owner, String(process.pid));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!isOwnerAlive()) rmSync(folder, { recursive: true, force: true });
    return false;
  }
}

function isOwnerAlive(): boolean {
  try {
    process.kill(Number(readFileSync(owner, 'utf8')), 0);
    return true;
  } catch (error) {
    // Not written yet is alive; so is one that belongs to another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

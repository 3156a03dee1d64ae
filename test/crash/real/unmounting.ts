import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whatever still goes on in the background ends first. */
export async function unmount(path: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (spawnSync('umount', [path]).status === 0) return;
    await sleep(20);
  }
  throw new Error('somebody keeps a file of the disk open');
}

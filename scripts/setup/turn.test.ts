import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { inTurn } from './turn.ts';

it('lets one work at a time', async () => {
  const place = temporaryFolder();
  let working = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++working);
    await sleep(5);
    working--;
  };
  await Promise.all([inTurn(work, place), inTurn(work, place), inTurn(work, place)]);
  expect(most).toBe(1);
});

it('gives the turn back when the work fails', async () => {
  const place = temporaryFolder();
  await expect(inTurn(() => Promise.reject(new Error('broken')), place)).rejects.toThrow('broken');
  expect(await inTurn(async () => 'next', place)).toBe('next');
});

it('takes the turn of one who died with it', async () => {
  const place = temporaryFolder();
  mkdirSync(join(place, 'set-up.turn'));
  writeFileSync(join(place, 'set-up.turn', 'pid'), '99999999'); // above the largest id of a process
  expect(await inTurn(async () => existsSync(join(place, 'set-up.turn')), place)).toBe(true);
});

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { told } from './crash-everywhere.ts';
import { noteProof } from './proof-notes.ts';
import { contentsOf, makeOldProfile, openOldProfile, putOldProfileBack, shapeOfCopy } from './real/old-profile.ts';
import { changesOf, inject, straceIsMissing } from './real/strace.ts';
import { inTier } from './tier.ts';

const missing = straceIsMissing();
const script = new URL('./real/one-migration.ts', import.meta.url).pathname;
/** Every so many calls. */
const everySo = inTier({ quick: 15, full: 1 });
const firstShape = 10;

/** What a killed migration left opens, and is what one that was never killed makes; and what was there before lies beside it. */
function requireMigrated(folder: string, whole: string): void {
  const store = openOldProfile(folder);
  try {
    if (contentsOf(store) !== whole) throw new Error('the profile is another');
  } finally {
    store.close();
  }
  const shape = shapeOfCopy(folder);
  if (shape !== firstShape) throw new Error(`a copy of shape ${shape ?? 'none'} is kept`);
}

it.skipIf(missing !== undefined)(
  'a process that is killed at any call while it brings a profile of the first release up to date loses nothing of it',
  () => {
    const [folder, made] = [temporaryFolder(), temporaryFolder()];
    const bytes = makeOldProfile(made);
    const again = (): void => putOldProfileBack(folder, bytes);
    again();
    const store = openOldProfile(folder);
    const whole = contentsOf(store);
    store.close();
    again();
    const calls = changesOf([script, folder], folder, join(made, 'trace'));
    const chosen = calls.filter((_, index) => index % everySo === 0);
    const violations: string[] = [];
    let kills = 0;
    for (const call of chosen) {
      again();
      const { signal, status } = inject(call, 'signal=KILL', [script, folder]);
      if (signal === 'SIGKILL' || status === 137) kills += 1;
      try {
        requireMigrated(folder, whole);
      } catch (error) {
        violations.push(`${call.name} ${call.path} ${call.number}: ${told(error)}`);
      }
    }
    noteProof('real disks', 'strace, SIGKILL while a profile is migrated', {
      cases: chosen.length,
      kills,
      violations: violations.length,
    });
    expect(violations).toEqual([]);
    expect(kills).toBe(chosen.length);
    expect(calls.length).toBeGreaterThan(30);
  },
);

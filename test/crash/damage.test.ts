import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { damageProfile } from './damage/damaged-profile.ts';
import { leftWorld, type WholeWorld, wholeWorld } from './damage/damaged-world.ts';
import { damageEverything } from './damage/matrix.ts';
import { pairEverything } from './damage/pairings.ts';
import { patterns } from './damage/patterns.ts';
import { noteProof } from './proof-notes.ts';
import { makeOldProfile } from './real/old-profile.ts';
import { inTier, seed } from './tier.ts';

let whole: WholeWorld;
beforeAll(async () => {
  whole = await wholeWorld();
});

describe('a storage in which one file is damaged', () => {
  it('opens, gives back everything that lies elsewhere and never a wrong byte; a check finds it; a cycle mends what lies twice', async () => {
    const { cases, violations } = await damageEverything(
      whole,
      inTier({ quick: { positions: 2, share: 0.1, seed }, full: { positions: 30, share: 1, seed } }),
    );
    noteProof('damage', 'patterns in files', {
      patterns: Object.keys(patterns).length,
      files: whole.files.size,
      cases,
      violations: violations.length,
    });
    expect(violations).toEqual([]);
    expect(cases).toBeGreaterThan(inTier({ quick: 250, full: 8000 }));
  });
});

describe('what nothing needs: packs in the trash, and the lock of a process that died', () => {
  it('may be damaged, and nothing else is out of reach; what comes back from the trash is right, or is told', async () => {
    const left = await leftWorld();
    const { cases, violations } = await damageEverything(
      left,
      inTier({ quick: { positions: 1, share: 0.15, seed }, full: { positions: 10, share: 1, seed } }),
    );
    noteProof('damage', 'patterns in the trash and in locks', { files: left.files.size, cases, violations: violations.length });
    expect(violations).toEqual([]);
    expect(cases).toBeGreaterThan(inTier({ quick: 30, full: 500 }));
  });
});

describe('a profile that is damaged', () => {
  it('is read, or said to be unusable by its name, and never begun anew', () => {
    const [folder, made] = [temporaryFolder(), temporaryFolder()];
    const bytes = makeOldProfile(made);
    const { cases, told, different, violations } = damageProfile(folder, bytes, inTier({ quick: 4, full: 60 }), seed);
    noteProof('damage', 'patterns in the profile', { cases, told, different, violations: violations.length });
    expect(violations).toEqual([]);
    expect(told).toBeGreaterThan(0);
    expect(cases).toBeGreaterThan(inTier({ quick: 25, full: 400 }));
  });
});

describe('objects of storages in each other’s place', () => {
  it('are never taken for what they are not: swapped, replayed, rolled back, renamed, duplicated, spliced, of another type', async () => {
    const { cases, violations } = await pairEverything(whole, { share: inTier({ quick: 0.12, full: 1 }), seed });
    noteProof('damage', 'pairings', { cases, violations: violations.length });
    expect(violations).toEqual([]);
    expect(cases).toBeGreaterThan(inTier({ quick: 150, full: 2000 }));
  });
});

import { describe, expect, it, vi } from 'vitest';
import { allVariants, type CrashVariant } from '../kit/sim-file-system.ts';
import { type CrashPlan, crashEverywhere } from './crash-everywhere.ts';
import { noteProof } from './proof-notes.ts';
import { inTier } from './tier.ts';
import { workloads } from './workloads/index.ts';

vi.mock(import('../../src/engine/crypto/open-sodium.ts'), async (original) => {
  const [real, { rememberArgon }] = await Promise.all([original(), import('../kit/remembered-argon.ts')]);
  const sodium = real.openSodium().then(rememberArgon);
  return { ...real, openSodium: () => sodium };
});

const few: readonly CrashVariant[] = [{ kind: 'lost' }, { kind: 'names-first' }, { kind: 'random', seed: 1 }];
const plan: CrashPlan = {
  variants: allVariants(inTier({ quick: 16, full: 64 })),
  again: {
    variants: inTier({ quick: few, full: [...few, { kind: 'stale' }, { kind: 'random', seed: 2 }] }),
    everySo: inTier({ quick: 60, full: 12 }),
  },
};
/** Where each judgement takes long. */
const costly: CrashPlan = inTier<CrashPlan>({
  quick: { variants: few },
  full: { variants: allVariants(4), again: { variants: few, everySo: 8 } },
});

describe('when the power goes out at any operation, and again while what it left is cleared up', () => {
  it.each(workloads.map(({ name, make }) => [name, make] as const))(
    'of: %s, everything that was committed is there, byte by byte, and the storage works on',
    async (name, make) => {
      const workload = await make();
      const { states, different, violations } = await crashEverywhere(workload, workload.isCostly === true ? costly : plan);
      noteProof('crashes', name, { states, different, violations: violations.length });
      expect(violations).toEqual([]);
      expect(states).toBeGreaterThan(inTier({ quick: 50, full: 300 }));
    },
  );
});

describe('the harness', () => {
  it.each(['sync', 'syncDirectory', 'rot'] as const)('notices a disk that does not do what it says: %s', async (pretend) => {
    const workload = await workloads.find(({ name }) => name === 'later cycle')?.make();
    if (workload === undefined) throw new Error('no such workload');
    const run = (): Promise<number> =>
      crashEverywhere(workload, { variants: [{ kind: 'lost' }, { kind: 'names-first' }], pretend, isHasty: true }).then(
        ({ violations }) => violations.length,
      );
    // A disk that gives back other bytes than it took is noticed before anything is called committed.
    if (pretend === 'rot') await expect(run()).rejects.toMatchObject({ name: 'StrataError' });
    else expect(await run()).toBeGreaterThan(0);
  });
});

import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { faults, sweepErrors } from './sweep-errors.ts';
import { noteProof } from './proof-notes.ts';
import { inTier, seed } from './tier.ts';
import { workloads } from './workloads/index.ts';

vi.mock(import('../../src/engine/crypto/open-sodium.ts'), async (original) => {
  const [real, { rememberArgon }] = await Promise.all([original(), import('../kit/remembered-argon.ts')]);
  const sodium = real.openSodium().then(rememberArgon);
  return { ...real, openSodium: () => sodium };
});

describe('a disk that fails at any operation, once or from then on', () => {
  it.each(workloads.map(({ name, make }) => [name, make] as const))(
    'while: %s, is told by its name or does no harm; the storage stays whole, and the next cycle succeeds',
    async (name, make) => {
      const workload = await make();
      // All of it, once and from then on, would be 100,000 cases: the full tier's share are 16,000, in a quarter of an hour.
      const share = inTier({ quick: 1 / 40, full: 1 / 6 });
      const { cases, told, violations } = await sweepErrors(workload, workload.isCostly === true ? share / 8 : share, seed);
      noteProof('disk errors', name, { cases, told, violations: violations.length });
      expect(violations).toEqual([]);
      expect(told).toBeGreaterThan(0);
      expect(faults.length).toBe(10);
    },
  );

  it.each(workloads.map(({ name, make }) => [name, make] as const))(
    'or is far behind with what it was asked to make durable, while: %s, harms nothing',
    async (_name, make) => {
      const workload = await make();
      const files = workload.before.copy();
      const progress = { promised: workload.promisedBefore };
      files.onBackground(async () => {
        for (let turns = 0; turns < 200; turns++) await turn();
      });
      await workload.run(files, progress);
      files.onBackground(undefined);
      await workload.judge(files.afterCrash({ kind: 'lost' }), progress.promised);
    },
  );
});

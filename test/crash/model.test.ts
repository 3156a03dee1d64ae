import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import type { CrashVariant } from '../kit/sim-file-system.ts';
import { type CommandName, weights } from './model/commands/index.ts';
import { earlierFailures } from './model/earlier-failures.ts';
import { type Lived, liveThrough, type Step } from './model/history.ts';
import { makeBeginning } from './model/model-world.ts';
import { noteProof } from './proof-notes.ts';
import { inTier, seed } from './tier.ts';

vi.mock(import('../../src/engine/crypto/open-sodium.ts'), async (original) => {
  const [real, { rememberArgon }] = await Promise.all([original(), import('../kit/remembered-argon.ts')]);
  const sodium = real.openSodium().then(rememberArgon);
  return { ...real, openSodium: () => sodium };
});

const kinds = ['lost', 'kept', 'names-first', 'zeros', 'stale'] as const;
const anyVariant: fc.Arbitrary<CrashVariant> = fc.oneof(
  fc.constantFrom(...kinds).map((kind) => ({ kind })),
  fc.constantFrom(512 as const, 4096 as const).map((border) => ({ kind: 'torn' as const, border })),
  fc.nat(999).map((number) => ({ kind: 'random' as const, seed: number })),
);
const anyName = fc.oneof(
  ...Object.entries(weights).map(([what, weight]) => ({ weight, arbitrary: fc.constant(what as CommandName) })),
);
const anyCut = fc.option(fc.record({ at: fc.integer({ min: 1, max: 70 }), variant: anyVariant }), { freq: 3, nil: undefined });
const anyStep: fc.Arbitrary<Step> = fc
  .record({ what: anyName, n: fc.nat(4095), cut: anyCut })
  .map(({ what, n, cut }) => ({ what, n, ...(cut === undefined ? {} : { cut }) }));

/** In a folder of its own, which is gone afterwards. */
async function live(steps: readonly Step[], lived: Lived): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'strata-model-'));
  try {
    await liveThrough(steps, await beginning, folder, lived);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const beginning = makeBeginning();

it(`whatever is done to a storage, in whatever order, and wherever it is broken off, it holds what a map does (seed ${seed})`, async () => {
  const histories = Number(process.env['STRATA_HISTORIES'] ?? inTier({ quick: 15, full: 2000 }));
  const lived: Lived = { commands: 0, cuts: 0 };
  const any = fc.array(anyStep, { minLength: 1, maxLength: 60, size: 'max' });
  const property = fc.asyncProperty(any, (steps) => live(steps, lived));
  await fc.assert(property, { numRuns: histories, seed });
  noteProof('model', 'random histories', { histories, ...lived, violations: 0 });
  expect(lived.cuts).toBeGreaterThan(histories);
});

it.each(earlierFailures)('what went wrong once stays right: $what', async ({ steps }) => {
  await live(steps, { commands: 0, cuts: 0 });
});

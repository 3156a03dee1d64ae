import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inShort, inWords, nothing, type Part, runParts } from './part.ts';

beforeEach(() => vi.spyOn(console, 'log').mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

const part = (name: string, passed: number, failed: number): Part => ({
  name,
  async run() {
    for (let turns = 0; turns < passed; turns++) await turn();
    return { ...nothing, passed, failed };
  },
});

it('loses no result when parts run side by side', async () => {
  const parts = Array.from({ length: 12 }, (_, number) => part(`part ${number}`, number % 4, number % 2));
  expect(await runParts(parts, 3)).toMatchObject({ passed: 18, failed: 6, skipped: 0 });
});

it('goes on after a part that throws, and counts it as failed', async () => {
  const broken: Part = { name: 'broken', run: () => Promise.reject(new Error('no such program')) };
  expect(await runParts([broken, part('sound', 2, 0)], 1)).toMatchObject({ passed: 2, failed: 1 });
});

it('says its total in the form that a build server reads', () => {
  expect(inWords({ ...nothing, passed: 12 })).toBe('12 passed, 0 failed');
  expect(inWords({ ...nothing, passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped');
});

it('says at the end what failed, and in which part', async () => {
  const tested: Part = { name: 'Unit', run: () => Promise.resolve({ ...nothing, failed: 1, failures: ['a.test.ts › holds'] }) };
  const broken: Part = { name: 'Lint', run: () => Promise.reject(new Error('no such program')) };
  const told = inShort(await runParts([tested, broken], 1));
  expect(told).toContain('✗ Unit: a.test.ts › holds');
  expect(told).toContain('✗ Lint: Error: no such program');
});

it('counts what passed at the second try as passed, and says which that were', async () => {
  const moody: Part = { name: 'Live', run: () => Promise.resolve({ ...nothing, passed: 2, doubts: ['b.test.ts › holds'] }) };
  const total = await runParts([moody, part('sound', 1, 0)], 1);
  expect(inWords(total)).toBe('3 passed, 0 failed');
  expect(inShort(total)).toContain('? Live: b.test.ts › holds');
});

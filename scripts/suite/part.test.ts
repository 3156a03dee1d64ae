import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inWords, type Part, runParts } from './part.ts';

beforeEach(() => vi.spyOn(console, 'log').mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

const part = (name: string, passed: number, failed: number): Part => ({
  name,
  async run() {
    for (let turns = 0; turns < passed; turns++) await turn();
    return { passed, failed, skipped: 0 };
  },
});

it('loses no result when parts run side by side', async () => {
  const parts = Array.from({ length: 12 }, (_, number) => part(`part ${number}`, number % 4, number % 2));
  expect(await runParts(parts, 3)).toEqual({ passed: 18, failed: 6, skipped: 0 });
});

it('goes on after a part that throws, and counts it as failed', async () => {
  const broken: Part = { name: 'broken', run: () => Promise.reject(new Error('no such program')) };
  expect(await runParts([broken, part('sound', 2, 0)], 1)).toEqual({ passed: 2, failed: 1, skipped: 0 });
});

it('says its total in the form that a build server reads', () => {
  expect(inWords({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  expect(inWords({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped');
});

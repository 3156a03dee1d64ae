import { describe, expect, it } from 'vitest';
import { testRun } from '../sources/testing/test-run.ts';
import { sideBySide } from './side-by-side.ts';

/** Steps that end when they are told to. */
function steps() {
  const began: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const step = (name: string): Promise<void> =>
    new Promise((resolve, reject) => {
      began.push(name);
      ends.set(name, (error) => (error === undefined ? resolve() : reject(error)));
    });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const end = async (name: string, error?: Error): Promise<void> => {
    ends.get(name)?.(error);
    await turn();
  };
  return { began, step, end, turn };
}

describe('lanes side by side', () => {
  it.each([1, 2, 3])('are %i at a time, in their order', async (most) => {
    const { began, step, end, turn } = steps();
    const names = ['a', 'b', 'c', 'd'];
    const all = sideBySide(names, most, testRun(), step);
    await turn();
    expect(began).toEqual(names.slice(0, most));
    for (const [at, name] of names.entries()) {
      await end(name);
      expect(began).toEqual(names.slice(0, most + at + 1));
    }
    await all;
  });

  it('begin no more once one broke, and are over only when what had begun is', async () => {
    const { began, step, end, turn } = steps();
    let over: unknown;
    const all = sideBySide(['a', 'b', 'c'], 2, testRun(), step).catch((error: unknown) => (over = error));
    await turn();
    await end('a', new Error('broken'));
    expect([began, over]).toEqual([['a', 'b'], undefined]);
    await end('b');
    await all;
    expect([began, over]).toEqual([['a', 'b'], new Error('broken')]);
  });

  it('begin no more once the run was cancelled', async () => {
    const { began, step } = steps();
    const cancelled = testRun();
    cancelled.stop();
    await expect(sideBySide(['a', 'b'], 2, cancelled, step)).rejects.toThrow('stopped');
    expect(began).toEqual([]);
  });
});

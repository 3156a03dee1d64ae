import { describe, expect, it } from 'vitest';
import type { SourceId } from '../../shared/domain/ids.ts';
import type { SourceSettings } from '../../shared/domain/source-settings.ts';
import { testRun } from '../sources/testing/test-run.ts';
import type { CycleSource } from './cycle-input.ts';
import { sideBySide } from './side-by-side.ts';

const on = (host: string, id: string): CycleSource => {
  const settings = { kind: 'imap', host } as SourceSettings;
  return {
    description: { id: id as SourceId, name: id, settings },
    source: { open: () => Promise.reject(new Error('not asked')) },
  };
};
const files = (id: string): CycleSource => ({
  ...on('', id),
  description: { id: id as SourceId, name: id, settings: { kind: 'files' } as SourceSettings },
});

/** Steps that end when they are told to; what was under way at the same time is noted. */
function steps() {
  const began: string[] = [];
  const ends = new Map<string, { done(): void; fail(error: Error): void }>();
  const step = ({ description: { name } }: CycleSource): Promise<void> =>
    new Promise((resolve, reject) => {
      began.push(name);
      ends.set(name, { done: resolve, fail: reject });
    });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const end = async (name: string, error?: Error): Promise<void> => {
    if (error === undefined) ends.get(name)?.done();
    else ends.get(name)?.fail(error);
    await turn();
  };
  return { began, step, end, turn };
}

describe('sources side by side', () => {
  it('are two of different servers at a time, in the order of the job, and never two of one server or of this computer', async () => {
    const { began, step, end, turn } = steps();
    const all = sideBySide([on('a', 'a1'), on('A', 'a2'), on('b', 'b1'), files('f1'), files('f2')], 2, testRun(), step);
    await turn();
    expect(began).toEqual(['a1', 'b1']);
    await end('b1');
    expect(began).toEqual(['a1', 'b1', 'f1']);
    await end('a1');
    expect(began).toEqual(['a1', 'b1', 'f1', 'a2']);
    await end('a2');
    expect(began.at(-1)).toBe('a2');
    await end('f1');
    await end('f2');
    await all;
    expect(began).toEqual(['a1', 'b1', 'f1', 'a2', 'f2']);
  });

  it.each([1, 3])('are %i at a time where that is wanted', async (most) => {
    const { began, step, end, turn } = steps();
    const names = ['a', 'b', 'c', 'd'];
    const all = sideBySide(
      names.map((name) => on(name, name)),
      most,
      testRun(),
      step,
    );
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
    const all = sideBySide([on('a', 'a'), on('b', 'b'), on('c', 'c')], 2, testRun(), step).catch(
      (error: unknown) => (over = error),
    );
    await turn();
    await end('a', new Error('broken'));
    expect([began, over]).toEqual([['a', 'b'], undefined]);
    await end('b');
    await all;
    expect(over).toEqual(new Error('broken'));
    expect(began).toEqual(['a', 'b']);
  });

  it('begin no more when the run is to end soon, or was cancelled', async () => {
    const { began, step } = steps();
    await sideBySide([on('a', 'a')], 2, { ...testRun(), finishSoon: AbortSignal.abort() }, step);
    const cancelled = testRun();
    cancelled.stop();
    await expect(sideBySide([on('a', 'a'), on('b', 'b')], 2, cancelled, step)).rejects.toThrow('stopped');
    expect(began).toEqual([]);
  });

  it('may be none', async () => {
    await sideBySide([], 2, testRun(), () => Promise.reject(new Error('not asked')));
  });
});

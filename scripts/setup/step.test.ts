import { expect, it } from 'vitest';
import { type Step, take } from './step.ts';

const step = (name: string, isDone: boolean, run = async (): Promise<string> => 'remark'): Step => ({
  name,
  isDone: () => isDone,
  run,
});

async function told(steps: readonly Step[]): Promise<{ readonly lines: readonly string[]; readonly error?: unknown }> {
  let text = '';
  const error = await take(steps, (piece) => (text += piece)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const lines = text
    .replaceAll(/\d+\.\d s/g, 'TIME')
    .trimEnd()
    .split('\n');
  return error === undefined ? { lines } : { lines, error };
}

it('tells one line for each step that had something to do', async () => {
  const { lines } = await told([step('Packages', true), step('Electron', false), step('Build', false)]);
  expect(lines).toEqual([
    'Set-up',
    expect.stringMatching(/^ {2}Electron +… +TIME {2}remark$/),
    expect.stringMatching(/^ {2}Build +…/),
  ]);
});

it('says so when there was nothing to do', async () => {
  expect((await told([step('Packages', true)])).lines).toEqual(['Set-up: all there (TIME)']);
});

it('stops at the first step that fails', async () => {
  const broken = step('Electron', false, () => Promise.reject(new Error('no network')));
  const { lines, error } = await told([broken, step('Build', false)]);
  expect(lines.at(-1)).toMatch(/Electron.*failed$/);
  expect(error).toEqual(new Error('no network'));
});

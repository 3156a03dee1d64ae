import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { noteProof } from './proof-notes.ts';
import { steps } from './steps/index.ts';
import { removed } from './steps/step.ts';
import { inTier } from './tier.ts';

interface Noticed {
  readonly name: string;
  readonly noticed: string | null;
}

/** In a process of its own, which loads the engine anew for each step, without it. */
async function noticed(): Promise<Noticed[]> {
  const script = join(import.meta.dirname, 'steps/run-steps.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...inTier({ quick: ['quick'], full: [] })], {
    maxBuffer: 1e8,
  });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Noticed);
}

it.each(steps.map((step) => [step.name, step] as const))('this step is where the list says: %s', (_name, step) => {
  expect(removed(readFileSync(join(import.meta.dirname, '../..', step.file), 'utf8'), step)).toContain(step.without);
});

it('the page of the proof names each step, and no other', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/proof.md'), 'utf8');
  const named = [...(page.split('## The steps that are left out')[1] ?? '').matchAll(/^\| (.+?) \| `/gm)].map(([, name]) => name);
  expect(named).toEqual(steps.map(({ name }) => name));
});

it(
  'each step of the engine that keeps something safe is missed when it is left out, and nothing is missed else',
  async () => {
    const results = await noticed();
    const isControl = ({ name }: Noticed): boolean => name.startsWith('nothing, ');
    const leftOut = results.filter((result) => !isControl(result));
    const unmissed = leftOut.filter((result) => result.noticed === null);
    for (const result of leftOut) noteProof('steps', result.name, { noticed: result.noticed?.slice(0, 120) ?? 'no' });
    expect(results.filter((result) => isControl(result) && result.noticed !== null)).toEqual([]);
    expect(unmissed).toEqual([]);
    expect(leftOut.length).toBeGreaterThanOrEqual(inTier({ quick: 25, full: steps.length }));
  },
  inTier({ quick: 300_000, full: 1_800_000 }),
);

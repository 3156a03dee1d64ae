// `npm run test:full`: the crash world at full length, and the table of what it counted in docs/proof.md.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFigures, withTable } from '../pages/proof.ts';
import { cache, root } from '../setup/folders.ts';
import { setUp } from '../setup/set-up.ts';
import { inWords, runParts } from '../suite/part.ts';
import { world } from '../suite/worlds.ts';

/** Twice what it takes on two quiet cores. */
const timeout = 80 * 60_000;

export async function run(words: readonly string[]): Promise<number> {
  await setUp(['test-tools']);
  const folder = join(cache, 'proof', 'full');
  rmSync(folder, { recursive: true, force: true });
  const env = { ...process.env, STRATA_TIER: 'full' };
  const tally = await runParts([world('The whole proof', 'crash', words, { env, timeout })], 1);
  if (tally.failed === 0 && words.length === 0) {
    const figures = readFigures(folder);
    writeFileSync(join(folder, 'summary.json'), `${JSON.stringify(figures, null, 2)}\n`);
    const page = join(root, 'docs/proof.md');
    writeFileSync(page, withTable(readFileSync(page, 'utf8'), figures));
  }
  console.log(inWords(tally));
  return tally.failed === 0 ? 0 : 1;
}

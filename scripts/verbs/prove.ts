// `npm run test:full`: the crash world at full length, histories that are restored at random, a server too large for the quick tier, and the table of what it counted in docs/proof.md.
import { randomInt } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFigures, withTable } from '../pages/proof.ts';
import { cache, root } from '../setup/folders.ts';
import { setUp } from '../setup/set-up.ts';
import { inWords, runParts } from '../suite/part.ts';
import { world } from '../suite/worlds.ts';

/** Twice what it takes on two quiet cores. */
const timeout = 80 * 60_000;

/** Side by side, one core each. What notes figures for the same table is in one lane. */
const files: Readonly<Record<string, readonly string[]>> = {
  'made-up disks': ['crash', 'disk-errors', 'damage', 'healing'],
  'histories, locks, real disks': [
    ...['model', 'steps', 'locks-interleaved', 'locks-processes', 'scrub', 'life'],
    ...['kill', 'strace', 'migration', 'real-disks', 'full-disk'],
  ],
};

export async function run(words: readonly string[]): Promise<number> {
  await setUp(['test-tools', 'full-tests']);
  const folder = join(cache, 'proof', 'full');
  rmSync(folder, { recursive: true, force: true });
  // Another one each time: what the quick tier asks again and again is known by now.
  const seed = process.env['STRATA_SEED'] ?? String(randomInt(1, 2 ** 31));
  console.log(`STRATA_SEED=${seed} repeats this.`);
  const env = { ...process.env, STRATA_TIER: 'full', STRATA_SEED: seed };
  const lanes = Object.entries(files).map(([name, some]) =>
    world(name, 'crash', [...some.map((file) => `test/crash/${file}.test.ts`), ...words], {
      env,
      timeout,
      report: `crash ${name}`,
    }),
  );
  const live = ['restore-histories', 'sogo'].map((name) => `test/live/${name}.test.ts`);
  const histories = world('restored histories', 'live', [...live, ...words], {
    env,
    timeout,
    report: 'live histories',
  });
  const tally = await runParts([...lanes, histories], lanes.length);
  if (tally.failed === 0 && words.length === 0) {
    const figures = readFigures(folder);
    writeFileSync(join(folder, 'summary.json'), `${JSON.stringify(figures, null, 2)}\n`);
    const page = join(root, 'docs/proof.md');
    writeFileSync(page, withTable(readFileSync(page, 'utf8'), figures));
  }
  console.log(inWords(tally));
  return tally.failed === 0 ? 0 : 1;
}

// `npm test`: sets up and runs everything, as CI does. `npm test -- unit src/engine/format` runs one world, or a part of it.
import { join } from 'node:path';
import { root } from '../setup/folders.ts';
import { type Need, setUp } from '../setup/set-up.ts';
import { checks } from '../suite/checks.ts';
import { atDesk } from '../suite/desk.ts';
import { add, inShort, inWords, nothing, type Part, runParts, type Tally } from '../suite/part.ts';
import { endToEnd, world } from '../suite/worlds.ts';

interface World {
  readonly needs: readonly Need[];
  part(words: readonly string[]): Part;
}

/** Commands are run as they are built: from the sources each takes a second longer, and there are thousands. */
const withBuiltCli = { STRATA_BUILT_CLI: join(root, 'out', 'main', 'cli.js') };

const worlds: Readonly<Record<string, World>> = {
  unit: { needs: ['test-tools'], part: (words) => world('Unit tests', 'unit', words) },
  crash: { needs: ['test-tools'], part: (words) => world('Crashes', 'crash', words) },
  live: { needs: ['test-tools', 'build'], part: (words) => world('Live servers', 'live', words, { env: withBuiltCli }) },
  e2e: { needs: ['test-tools', 'electron', 'build'], part: endToEnd },
  packaged: { needs: ['test-tools', 'electron', 'build'], part: (words) => world('Packaged app', 'packaged', words) },
};

export async function run([name, ...words]: readonly string[]): Promise<number> {
  const chosen = name === undefined ? undefined : worlds[name];
  if (name !== undefined && chosen === undefined) {
    console.error(`There is no world "${name}" of tests; there are: ${Object.keys(worlds).join(', ')}.`);
    return 2;
  }
  const total = await (chosen === undefined ? runAll() : runOne(chosen, words)).catch((error: unknown): Tally => {
    console.error(error instanceof Error ? error.message : error);
    return { ...nothing, failed: 1 };
  });
  if (total.failures.length + total.doubts.length > 0) console.log(inShort(total));
  console.log(inWords(total));
  return total.failed === 0 ? 0 : 1;
}

async function runOne({ needs, part }: World, words: readonly string[]): Promise<Tally> {
  await setUp(needs);
  return atDesk(() => runParts([part(words)], 1));
}

async function runAll(): Promise<Tally> {
  await setUp(['electron', 'build', 'test-tools']);
  const checked = await runParts(checks, 2);
  const all = Object.values(worlds).map(({ part }) => part([]));
  return add(checked, await atDesk(() => runParts(all, 1)));
}

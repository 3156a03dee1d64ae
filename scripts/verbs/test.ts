// `npm test`: sets up and runs everything, as CI does. `npm test -- unit src/engine/format` runs one world, or a part of it.
import { setUp } from '../setup/set-up.ts';
import { checks } from '../suite/checks.ts';
import { atDesk } from '../suite/desk.ts';
import { add, inWords, type Part, runParts, type Tally } from '../suite/part.ts';
import { endToEnd, world } from '../suite/worlds.ts';

const worlds: Readonly<Record<string, (words: readonly string[]) => Part>> = {
  unit: (words) => world('Unit tests', 'unit', words),
  golden: (words) => world('Golden storages', 'golden', words),
  crash: (words) => world('Crashes', 'crash', words),
  live: (words) => world('Live servers', 'live', words),
  e2e: endToEnd,
  packaged: (words) => world('Packaged app', 'packaged', words),
};

export async function run([name, ...words]: readonly string[]): Promise<number> {
  const chosen = name === undefined ? undefined : worlds[name];
  if (name !== undefined && chosen === undefined) {
    console.error(`There is no world "${name}" of tests; there are: ${Object.keys(worlds).join(', ')}.`);
    return 2;
  }
  const total = await runAll(chosen?.(words)).catch((error: unknown): Tally => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  console.log(inWords(total));
  return total.failed === 0 ? 0 : 1;
}

async function runAll(only: Part | undefined): Promise<Tally> {
  await setUp('everything');
  if (only !== undefined) return atDesk(() => runParts([only], 1));
  const checked = await runParts(checks, 2);
  const tested = await atDesk(() =>
    runParts(
      Object.values(worlds).map((world) => world([])),
      1,
    ),
  );
  return add(checked, tested);
}

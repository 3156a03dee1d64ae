// `npm run check`: what a change must pass before it is committed; under two minutes.
import { setUp } from '../setup/set-up.ts';
import { checks } from '../suite/checks.ts';
import { add, inWords, runParts } from '../suite/part.ts';
import { world } from '../suite/worlds.ts';

export async function run(): Promise<number> {
  await setUp([]);
  const total = add(await runParts(checks, 2), await runParts([world('Unit tests', 'unit')], 1));
  console.log(inWords(total));
  return total.failed === 0 ? 0 : 1;
}

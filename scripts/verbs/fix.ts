// `npm run fix`: what a machine can put right.
import { script, show } from '../setup/process.ts';
import { setUp } from '../setup/set-up.ts';

export async function run(): Promise<number> {
  await setUp([]);
  const format = await show(script('@biomejs/biome/bin/biome', 'format', '--write'));
  const lint = await show(script('eslint/bin/eslint.js', '--fix', '.'));
  return format || lint;
}

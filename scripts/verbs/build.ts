// `npm run build`: main, engine, command line, preload and renderer into out/.
import { setUp } from '../setup/set-up.ts';

export async function run(): Promise<void> {
  await setUp(['build']);
}

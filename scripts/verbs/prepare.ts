// Called by ./strata when it finds that something is missing or has changed: the set-up without a word, as
// standard output and standard error belong to the command that was asked for.
import { setUp } from '../setup/set-up.ts';

export async function run(): Promise<number> {
  try {
    await setUp(['build'], () => undefined);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

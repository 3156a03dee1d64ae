import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

/**
 * The packaged app as the command line. Loading `cli.js` is running it; it exports the promise of its exit code.
 * Its address is not known to the bundler: the window must not carry the command line and its engine along.
 */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  const entry = join(app.getAppPath(), 'out', 'main', 'cli.js');
  process.argv = [process.execPath, entry, ...words];
  const { finished } = (await import(pathToFileURL(entry).href)) as { readonly finished: Promise<number> };
  return finished;
}

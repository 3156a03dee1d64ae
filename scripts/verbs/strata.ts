// The command line from a clone where ./strata's shell is not to be had (strata.cmd on Windows).
import { join } from 'node:path';
import { root } from '../setup/folders.ts';
import { show } from '../setup/process.ts';
import { run as prepare } from './prepare.ts';

export async function run(words: readonly string[]): Promise<number> {
  return (await prepare()) || show([process.execPath, join(root, 'out', 'main', 'cli.js'), ...words], { cwd: process.cwd() });
}

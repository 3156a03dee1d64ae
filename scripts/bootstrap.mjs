// What every npm script calls: `node scripts/bootstrap.mjs VERB ARGS…`.
// It runs on any Node from 20 on, finds or fetches Node 24, and hands over to scripts/verbs/VERB.ts there,
// which says what it needs of the set-up. Node's own modules only: nothing is installed yet.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, isNewEnough } from './setup/node.mjs';

const root = dirname(import.meta.dirname ?? dirname(fileURLToPath(import.meta.url)));
const [verb = 'help', ...words] = process.argv.slice(2);

const page = new URL(`./verbs/${verb}.ts`, import.meta.url);
if (!/^[a-z-]+$/.test(verb) || !existsSync(page)) {
  console.error(`There is no script "${verb}". CONTRIBUTING.md lists them.`);
  process.exit(2);
}

if (isNewEnough(process.versions.node)) {
  process.env['PATH'] = dirname(process.execPath) + delimiter + process.env['PATH'];
  const { run } = await import(page.href);
  try {
    process.exitCode = (await run(words)) ?? 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
} else {
  handOver(await findNode(root));
}

/**
 * Runs this file again on another Node, as if that had been meant from the start: same words, streams, signals and exit code.
 * @param {string} node
 */
function handOver(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both; whoever ends us by pid means the child.
  process.on('SIGINT', () => undefined);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
}

// `npm run bench`: every measurement of test/bench, one after the other; `npm run bench -- NAME ARGS…` runs one.
// What each prints is kept in .cache/bench, with the day, to compare a change with what was before.
import { spawn } from 'node:child_process';
import { createWriteStream, globSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { cache, root } from '../setup/folders.ts';
import { ended } from '../setup/process.ts';
import { setUp } from '../setup/set-up.ts';

const folder = join(root, 'test', 'bench');

export async function run([name, ...words]: readonly string[]): Promise<number> {
  const names = globSync('*.ts', { cwd: folder })
    .map((file) => basename(file, '.ts'))
    .sort();
  if (name !== undefined && !names.includes(name)) {
    console.error(`There is no measurement "${name}"; there are: ${names.join(', ')}.`);
    return 2;
  }
  await setUp(['test-tools']);
  let worst = 0;
  for (const each of name === undefined ? names : [name]) worst = Math.max(worst, await measure(each, words));
  return worst;
}

async function measure(name: string, words: readonly string[]): Promise<number> {
  const results = join(cache, 'bench');
  mkdirSync(results, { recursive: true });
  const kept = createWriteStream(join(results, `${name}-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.txt`));
  console.log(`\n${name}`);
  const child = spawn(process.execPath, [join(folder, `${name}.ts`), ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.pipe(process.stdout, { end: false });
  child.stdout.pipe(kept);
  const code = await ended(child);
  await finished(kept);
  return code;
}

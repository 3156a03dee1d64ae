// How much memory a first backup takes while it grows: one huge file with holes, or very many small files.
//   npm run bench -- memory [--sparse 4] [--filled 1] [--items 0] [--at /folder]
// --sparse GB: the size of the one file, --filled GB of it random bytes at random places. --items: how many files of 100 to 400 bytes.
// Prints the resident memory of the whole process (all threads), sampled each quarter of a second, as ten tenths of the run.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { atDesk } from '../../scripts/suite/desk.ts';
import { seededRandom } from '../kit/seeded-random.ts';
import { strata } from './cycle/strata.ts';

const { values } = parseArgs({
  options: {
    sparse: { type: 'string', default: '4' },
    filled: { type: 'string', default: '1' },
    items: { type: 'string', default: '0' },
    at: { type: 'string', default: os.tmpdir() },
  },
});
const everyMs = 250;
const filesPerFolder = 500;

/** One file of random blocks between holes. */
function makeSparse(folder: string, gigabytes: number, filled: number): void {
  const chance = seededRandom(1);
  const block = 1024 * 1024;
  const file = fs.openSync(path.join(folder, 'disk.img'), 'w');
  fs.ftruncateSync(file, gigabytes * 1024 * block);
  for (let left = filled * 1024; left > 0; left -= 1)
    fs.writeSync(file, chance.bytes(block), 0, block, chance.below(gigabytes * 1024) * block);
  fs.closeSync(file);
}

function makeItems(folder: string, count: number): void {
  const chance = seededRandom(2);
  for (let number = 0; number < count; number += 1) {
    const inside = path.join(folder, String(Math.floor(number / filesPerFolder)));
    if (number % filesPerFolder === 0) fs.mkdirSync(inside);
    fs.writeFileSync(path.join(inside, `note-${number}.txt`), chance.bytes(100 + chance.below(300)));
  }
}

/** Undefined once it has ended. */
function residentMegabytes(pid: number): number | undefined {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
}

async function watch(words: readonly string[], environment: Readonly<Record<string, string>>): Promise<number[]> {
  const [program = '', ...rest] = words;
  const child = spawn(program, rest, { env: { ...process.env, ...environment }, stdio: ['ignore', 'inherit', 'inherit'] });
  const samples: number[] = [];
  const timer = setInterval(() => {
    const now = child.pid === undefined ? undefined : residentMegabytes(child.pid);
    if (now !== undefined) samples.push(now);
  }, everyMs);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${words.join(' ')}: exit ${code}`);
  return samples;
}

/** The greatest value of each tenth. */
const tenths = (samples: readonly number[]): number[] =>
  Array.from({ length: 10 }, (_, at) =>
    Math.max(...samples.slice(Math.floor((at * samples.length) / 10), Math.floor(((at + 1) * samples.length) / 10)), 0),
  );

const place = fs.mkdtempSync(path.join(values.at, 'strata-memory-'));
try {
  const folder = path.join(place, 'corpus');
  fs.mkdirSync(folder);
  if (Number(values.sparse) > 0) makeSparse(folder, Number(values.sparse), Number(values.filled));
  if (Number(values.items) > 0) makeItems(folder, Number(values.items));
  await atDesk(async () => {
    const tool = strata().make(
      { name: 'memory', what: '', folder, kind: 'files', files: 0, bytes: 0, change: () => undefined },
      place,
    );
    tool.begin();
    for (const what of ['first', 'unchanged']) {
      const { words, environment = {} } = tool.backup();
      const samples = await watch(words, environment);
      const seconds = Math.round((samples.length * everyMs) / 1000);
      console.log(
        `${what}: ${seconds} s, load ${(os.loadavg()[0] ?? 0).toFixed(1)}, peak ${Math.max(...samples)} MB, by tenths ${tenths(samples).join(' ')}`,
      );
    }
  });
} finally {
  fs.rmSync(place, { recursive: true, force: true });
}

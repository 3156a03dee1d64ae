// How Strata fares as a whole: first backup, nothing changed, one in a hundred changed, restore, check, purge; whole processes.
//   npm run bench -- cycle [--peers] [--rounds 3] [--corpus A] [--part 0.1] [--at /folder] [--write] [--keep]
// --peers takes turns with the other backup programs that are installed; without, the figures of the last time stand in brackets.
// --write renders docs/benchmarks.md. Results are kept in .cache/bench/cycle.json.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { atDesk } from '../../scripts/suite/desk.ts';
import { type Corpus, madeMail, realFiles } from './cycle/corpora.ts';
import { canMount } from './cycle/fresh-disk.ts';
import { requireGnuTime } from './cycle/measured.ts';
import { oneRound } from './cycle/operations.ts';
import { installedPeers } from './cycle/peers.ts';
import { addFigures, beginCorpus, beginResults, keepResults, page, readResults, type Results, tables } from './cycle/results.ts';
import { strata } from './cycle/strata.ts';
import type { ToolMaker } from './cycle/tool.ts';

const { values } = parseArgs({
  options: {
    peers: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    corpus: { type: 'string' },
    part: { type: 'string', default: '1' },
    at: { type: 'string', default: os.tmpdir() },
    write: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});

const root = path.resolve(import.meta.dirname, '../..');
const kept = path.join(root, '.cache', 'bench', 'cycle.json');
const corpora: Readonly<Record<string, (folder: string, part: number) => Corpus>> = { A: realFiles, B: madeMail };

function measureCorpus(corpus: Corpus, makers: readonly ToolMaker[], results: Results, place: string): void {
  const mine = beginCorpus(results, corpus);
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    results.loads.push(os.loadavg()[0] ?? 0);
    const scratch = (name: string): string => fs.mkdtempSync(path.join(place, `${name}-`));
    const folders = makers.map(({ name }) => scratch(name.replaceAll(/\W/g, '')));
    const tools = makers.map((maker, index) => maker.make(corpus, folders[index] ?? place));
    for (const [operation, figures] of oneRound(corpus, tools, round, place)) {
      addFigures(mine, operation, figures);
      for (const [tool, { seconds, cpuSeconds, peakBytes }] of figures)
        console.log(
          `${corpus.name} ${round} ${operation}: ${tool} ${seconds} s, processor ${cpuSeconds} s, ${peakBytes >> 20} MiB`,
        );
      if (operation === 'first') for (const tool of tools) mine.storedBytes[tool.name] = tool.storedBytes();
    }
    for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
  }
}

requireGnuTime();
if (!canMount) console.log('Only root can mount a fresh file system: restores go to this disk, which costs time for each file.');
const place = fs.mkdtempSync(path.join(values.at, 'strata-bench-'));
try {
  await atDesk(async () => {
    const makers = [strata(), ...(values.peers ? installedPeers() : [])];
    const results = beginResults(Object.fromEntries(makers.map(({ name, version }) => [name, version])));
    for (const [name, make] of Object.entries(corpora)) {
      if (values.corpus !== undefined && values.corpus !== name) continue;
      const corpus = make(path.join(place, `corpus-${name}`), Number(values.part));
      console.log(`${name}: ${corpus.what}, ${corpus.files} files, ${Math.round(corpus.bytes / 1e6)} MB`);
      measureCorpus(corpus, makers, results, place);
    }
    console.log(`\n${tables(results, readResults(kept))}`);
    // A part of a corpus tells nothing of the whole.
    if (values.part !== '1') return;
    keepResults(kept, results);
    if (values.write) fs.writeFileSync(path.join(root, 'docs', 'benchmarks.md'), page(results));
  });
} finally {
  if (!values.keep) fs.rmSync(place, { recursive: true, force: true });
}

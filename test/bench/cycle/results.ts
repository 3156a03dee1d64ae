import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Corpus } from './corpora.ts';
import type { Measured } from './measured.ts';
import { type Figures, type Operation, operations } from './operations.ts';

interface CorpusResults {
  readonly name: string;
  readonly what: string;
  readonly files: number;
  readonly bytes: number;
  /** Operation → tool → one figure a round. */
  readonly figures: Partial<Record<Operation, Record<string, Measured[]>>>;
  /** Tool → bytes after the first backup. */
  readonly storedBytes: Record<string, number>;
}

export interface Results {
  readonly day: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly loads: number[];
  readonly corpora: CorpusResults[];
}

export const beginResults = (versions: Readonly<Record<string, string>>): Results => ({
  day: new Date().toISOString().slice(0, 10),
  machine: `${os.availableParallelism()} cores (${os.cpus()[0]?.model.trim()}), ${Math.round(os.totalmem() / 1e9)} GB, Node ${process.versions.node}`,
  versions,
  loads: [],
  corpora: [],
});

export function beginCorpus(results: Results, { name, what, files, bytes }: Corpus): CorpusResults {
  const begun: CorpusResults = { name, what, files, bytes, figures: {}, storedBytes: {} };
  results.corpora.push(begun);
  return begun;
}

export function addFigures(corpus: CorpusResults, operation: Operation, figures: Figures): void {
  const tools = (corpus.figures[operation] ??= {});
  for (const [tool, figure] of figures) (tools[tool] ??= []).push(figure);
}

export function readResults(file: string): Results | undefined {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Results) : undefined;
}

export function keepResults(file: string, results: Results): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}

/** The middle one; of two, the smaller. */
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? Number.NaN;

const seconds = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(1));
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** One Markdown table for each corpus; `before`: the same tools' figures of another day stand in brackets. */
export function tables(results: Results, before?: Results): string {
  return results.corpora
    .map((corpus) => {
      const old = before?.corpora.find(({ name }) => name === corpus.name);
      const head = `**${corpus.name}**: ${corpus.what}, ${corpus.files.toLocaleString('en')} files, ${megabytes(corpus.bytes)}`;
      const lines = operations.flatMap((operation) =>
        Object.entries(corpus.figures[operation] ?? {}).map(([tool, figures]) => row(corpus, operation, tool, figures, old)),
      );
      const sizes = Object.entries(corpus.storedBytes).map(([tool, bytes]) => `${tool} ${megabytes(bytes)}`);
      return [head, '', ...tableHead, ...lines, '', `Stored after the first backup: ${sizes.join(', ')}.`].join('\n');
    })
    .join('\n\n');
}

const tableHead = [
  '| operation | program | seconds (least, most) | against Strata | processor seconds | peak memory |',
  '|---|---|---|---|---|---|',
];

function row(
  corpus: CorpusResults,
  operation: Operation,
  tool: string,
  figures: readonly Measured[],
  old: CorpusResults | undefined,
): string {
  const walls = figures.map((figure) => figure.seconds);
  const ours = corpus.figures[operation]?.['Strata']?.map((figure) => figure.seconds) ?? [];
  const was = old?.figures[operation]?.[tool]?.map((figure) => figure.cpuSeconds);
  const cells = [
    operation,
    tool,
    `${seconds(median(walls))} (${seconds(Math.min(...walls))}, ${seconds(Math.max(...walls))})`,
    tool === 'Strata' || ours.length === 0 ? '' : `${(median(walls) / median(ours)).toFixed(1)}×`,
    seconds(median(figures.map((figure) => figure.cpuSeconds))) + (was === undefined ? '' : ` [${seconds(median(was))}]`),
    megabytes(Math.max(...figures.map((figure) => figure.peakBytes))),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** docs/benchmarks.md */
export function page(results: Results): string {
  const versions = Object.entries(results.versions).map(([tool, version]) => `${tool} ${version}`);
  const loads = results.loads.map((load) => load.toFixed(1));
  return `# Benchmarks

Written by \`npm run bench -- cycle --peers --write\`; nothing here is edited by hand. Whole processes as a person starts them, on the
same bytes, one after the other (A B A B), the median of all rounds. Every restore goes to a fresh file system and is compared with its
source afterwards: bytes, modes, times. Strata keeps its key in the keychain, as it does on a desk; *unlocked by password* is a cycle
without changes that derives the key first (Argon2id, 256 MiB). The others derive theirs in every command.

- ${results.day}, ${results.machine}
- ${versions.join(', ')}
- load average before each round: ${loads.join(', ')} (two busy cores make 2: above it, ratios count and seconds do not)

${tables(results)}

Purge: all moments but the newest go. Strata moves what nothing needs to the trash and keeps it for its grace; the others delete at once. Not measured: a cold cache, spinning disks, processors without AVX or SHA
instructions.
`;
}

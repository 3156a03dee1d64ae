import type { Corpus } from './corpora.ts';
import { freshDisk } from './fresh-disk.ts';
import { requireGivenBack } from './given-back.ts';
import { type Command, measure, type Measured } from './measured.ts';
import type { Tool } from './tool.ts';

export const operations = ['first', 'unchanged', 'unlocked by password', '1 % changed', 'restore', 'check', 'purge'] as const;
export type Operation = (typeof operations)[number];

/** One figure for each tool that can do the operation. */
export type Figures = ReadonlyMap<string, Measured>;

/** One round: every tool does the same step before any does the next, so that what else the machine does meets all of them. */
export function* oneRound(
  corpus: Corpus,
  tools: readonly Tool[],
  round: number,
  scratch: string,
): Generator<readonly [Operation, Figures]> {
  const all = (take: (tool: Tool) => Measured | undefined): Figures =>
    new Map(tools.flatMap((tool) => [take(tool)].flatMap((figure) => (figure === undefined ? [] : [[tool.name, figure]]))));
  const timed = (command: Command | undefined): Measured | undefined =>
    command === undefined ? undefined : measure(command, scratch);

  for (const tool of tools) tool.begin();
  yield ['first', all((tool) => timed(tool.backup()))];
  yield ['unchanged', all((tool) => timed(tool.backup()))];
  yield ['unlocked by password', all((tool) => timed(tool.backupByPassword?.()))];
  corpus.change(round);
  yield ['1 % changed', all((tool) => timed(tool.backup()))];
  yield ['restore', all((tool) => restore(corpus, tool, scratch))];
  yield ['check', all((tool) => timed(tool.check()))];
  yield ['purge', all((tool) => timed(tool.purge()))];
}

/** What was given back is compared after the clock has stopped. */
function restore(corpus: Corpus, tool: Tool, scratch: string): Measured {
  const disk = freshDisk(scratch);
  try {
    const measured = measure(tool.restore(disk.folder), scratch);
    requireGivenBack(corpus, disk.folder);
    return measured;
  } finally {
    disk.end();
  }
}

import type { RehearsedSource } from '../domain/rehearsal.ts';
import type { Run } from '../domain/run.ts';
import { rehearsalDe } from './rehearsal.de.ts';
import { rehearsalEn, type RehearsalWords } from './rehearsal.en.ts';
import { fill, type Language, sayFailure } from './say.ts';

const words: Readonly<Record<Language, RehearsalWords>> = { en: rehearsalEn, de: rehearsalDe };

/** As many as fit on some pages; the run has all of them. */
const mostProblems = 200;

export interface Certified {
  readonly run: Pick<Run, 'id' | 'startedAtMs' | 'endedAtMs' | 'problems' | 'rehearsal' | 'storageName'>;
  readonly path: string;
  readonly version: string;
}

/** A trial restore as a text for the files of whoever must show that backups can be restored. */
export function certificateText({ run, path, version }: Certified, language: Language): string {
  const its = words[language];
  const { rehearsal, problems } = run;
  const isAll = rehearsal?.sources.every(({ unequal }) => unequal === 0) ?? false;
  const lines = [
    fill(its.title, { storage: run.storageName ?? '' }),
    fill(its.place, { path }),
    fill(its.times, { from: utc(run.startedAtMs), to: utc(run.endedAtMs) }),
    fill(its.run, { run: run.id, seed: rehearsal?.seed ?? 0, items: rehearsal?.itemsWanted ?? 0, version }),
    '',
    its.how,
    '',
    ...(rehearsal?.sources ?? []).flatMap((source) => linesOf(source, its)),
    '',
    isAll ? its.all : its.notAll,
    ...problems.slice(0, mostProblems).map(({ failure, source, folder, item }) => {
      const place = [source, folder, item].filter((part) => part !== '').join('/');
      return `  ${place}: ${sayFailure(failure, language)} [${failure.code}]`;
    }),
    ...(problems.length > mostProblems ? [fill(its.more, { more: problems.length - mostProblems })] : []),
  ];
  return `${lines.map(oneLine).join('\n')}\n`;
}

function linesOf(rehearsed: RehearsedSource, its: RehearsalWords): string[] {
  const { name, outcome, items, bytes, unequal, notSet, tooLarge, oldestMs, newestMs, milliseconds } = rehearsed;
  const seconds = (milliseconds / 1000).toFixed(1);
  return [
    fill(its[outcome], { source: name, items, bytes, unequal, seconds, oldest: utc(oldestMs), newest: utc(newestMs) }),
    ...(notSet > 0 ? [fill(its.notSet, { notSet })] : []),
    ...(tooLarge > 0 ? [fill(its.tooLarge, { tooLarge })] : []),
  ];
}

const utc = (timeMs: number | null): string =>
  timeMs === null ? '–' : new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ');

/** A name must not add lines of its own. */
const oneLine = (line: string): string => line.replaceAll(/\p{Cc}/gu, '�');

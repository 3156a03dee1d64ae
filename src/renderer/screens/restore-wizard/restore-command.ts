import type { RestoreRequest } from './restore-answers.ts';

/** Names, where the request has ids: people read them. */
export interface Names {
  readonly storage: string;
  readonly source: (id: string) => string;
}

/** So many ids fit on a line that somebody would still copy. */
const mostItems = 20;

/** What does the same on the command line; null where that would be no line for people, or has no words there. */
export function commandFor(request: RestoreRequest, names: Names): string | null {
  const { selection, asOf, restoreRoot, without = [] } = request;
  if (selection.items.length > mostItems) return null;
  if (asOf.kind === 'vanished') return undeleteCommand(request, asOf, names);
  return lineOf([
    'strata',
    'restore',
    names.storage,
    ...selection.items,
    ...selection.sources.flatMap((id) => ['--source', names.source(id)]),
    ...momentOf(asOf),
    ...targetOf(request, names),
    ...(restoreRoot === null ? [] : ['--restore-root', restoreRoot]),
    ...(request.conflict === 'skip' ? [] : ['--conflict', request.conflict]),
    ...(request.verify === true ? ['--verify'] : []),
    ...(without.length === 0 ? [] : ['--without', ...without]),
  ]);
}

/** Goes back to where it was, and only what is missing; one source at a time. */
function undeleteCommand(
  { selection, target, conflict, restoreRoot, verify, without = [] }: RestoreRequest,
  { fromMs, toMs }: Extract<RestoreRequest['asOf'], { kind: 'vanished' }>,
  names: Names,
): string | null {
  if (target.kind !== 'original' || conflict !== 'skip' || verify === true || without.length > 0 || selection.sources.length > 1)
    return null;
  return lineOf([
    ...['strata', 'undelete', names.storage, ...selection.sources.map(names.source)],
    ...['--from', iso(fromMs), '--to', iso(toMs)],
    ...selection.items.flatMap((item) => ['--item', item]),
    ...(restoreRoot === null ? [] : ['--into', restoreRoot]),
  ]);
}

function momentOf(asOf: Exclude<RestoreRequest['asOf'], { kind: 'vanished' }>): string[] {
  switch (asOf.kind) {
    case 'now':
      return [];
    case 'time':
      return ['--at', iso(asOf.atMs)];
    case 'run':
      return ['--run', asOf.run];
    case 'version':
      return ['--version', String(asOf.version)];
  }
}

function targetOf({ target }: RestoreRequest, names: Names): string[] {
  switch (target.kind) {
    case 'original':
      return ['--to', 'original'];
    case 'directory':
      return ['--to', `dir:${target.path}`];
    case 'eml':
    case 'mbox':
    case 'pocket':
      return ['--to', `${target.kind}:${target.path}`];
    case 'source':
      return ['--to', `source:${accountOf(target.source, target.folder, names)}`];
    case 'matched':
      return target.matches.flatMap(({ from, to, folder }) => [
        '--match',
        `${names.source(from)}=${accountOf(to, folder, names)}`,
      ]);
  }
}

const accountOf = (source: string, folder: string | null, names: Names): string =>
  `${names.source(source)}${folder === null ? '' : `/${folder}`}`;

const iso = (timeMs: number): string => new Date(timeMs).toISOString();

/** As shells of the POSIX kind read it. */
const lineOf = (words: readonly string[]): string =>
  words.map((word) => (/^[\w./:=@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');

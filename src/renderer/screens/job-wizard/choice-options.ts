import type { Choice, FolderRule } from '../../../shared/domain/choice.ts';

type Option = (name: string, values: readonly string[]) => string;

/** The same as options of the command line. */
export function choiceOptions(choice: Choice, isFiles: boolean, option: Option): string {
  const { kinds, fromMs, untilMs, newerThanDays, minBytes, maxBytes } = choice;
  const limit = (name: string, value: number | null, write: (value: number) => string): string =>
    value === null ? '' : option(name, [write(value)]);
  const iso = (ms: number): string => new Date(ms).toISOString();
  return [
    option('folder', choice.only.map(written)),
    option('skip-folder', choice.skip.map(written)),
    ...choice.skipUses.map((use) => ` --skip-${use}`),
    kinds === null ? '' : kinds.length === 0 ? ' --only-meta' : option('kind', [kinds.join(',')]),
    limit('since', fromMs, iso),
    limit('until', untilMs, iso),
    limit('newer-than', newerThanDays, (days) => `${days}d`),
    limit('min-size', minBytes, String),
    limit('max-size', maxBytes, String),
    ...(isFiles
      ? [
          option('include', choice.include),
          option('exclude', choice.exclude),
          option('preset', choice.presets),
          option('exclude-if-present', choice.markers),
          choice.oneFileSystem ? ' --one-file-system' : '',
        ]
      : []),
  ].join('');
}

const written = ({ path, subfolders }: FolderRule): string => (subfolders ? path : `${path}/.`);

import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileSystem } from '../../kernel/file-system.ts';

/** Whether a folder (by its levels, as on the disk) is subscribed to; null where nothing says so. */
export type Subscriptions = (levels: readonly string[]) => boolean | null;

/** Dovecot's list (its second form begins with `V<tab>2` and has tabs between levels), else Courier's. */
export function readSubscriptions(root: string, files: FileSystem): Subscriptions {
  const text = readText(`${root}/subscriptions`, files) ?? readText(`${root}/courierimapsubscribed`, files);
  if (text === undefined) return () => null;
  const lines = text.split('\n').filter((line) => line !== '' && !/^V\t\d/.test(line));
  const names = new Set(lines.map((line) => levelsOf(line).join('\t')));
  return (levels) => names.has(levels.join('\t'));
}

/** What separates levels depends on the server; a list that writes all names below INBOX means the same folders. */
function levelsOf(line: string): string[] {
  const levels = line.includes('\t') ? line.split('\t') : line.split(/[./]/);
  return levels.length > 1 && levels[0] === 'INBOX' ? levels.slice(1) : levels;
}

export function readText(path: string, files: FileSystem): string | undefined {
  try {
    return Buffer.from(files.readWhole(path)).toString('utf8');
  } catch (error) {
    // Most Maildirs have no such file. One that is there and cannot be read costs a property, never a message.
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}

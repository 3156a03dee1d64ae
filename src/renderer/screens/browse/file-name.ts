import type { ItemRow } from '../../state/index.ts';

/** Characters that no file system of ours takes, and those that turn writing around. */
const unfit = /[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu;
/** Turn the reading direction, so that `gpj.exe` reads `exe.jpg`. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const secondEnding =
  /\.(?:pdf|docx?|xlsx?|jpe?g|png|gif|txt|mp3|mp4|zip)\s*\.(?:exe|scr|com|bat|cmd|js|jse|vbs?|vbe|wsf|hta|lnk|pif|msi|ps1|jar|app|sh)$/i;

/** A name for a saved copy: a message by its subject, a file by its own name. */
export function fileNameFor({ kind, title, name }: Pick<ItemRow, 'kind' | 'title' | 'name'>): string {
  const isMessage = kind === 'message';
  const base = (isMessage ? title : name)
    .replaceAll(unfit, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  // 200 is what the save dialog takes; an ending and a little room are kept back.
  const short = [...base].slice(0, 120).join('').trim();
  return isMessage ? `${short === '' ? 'message' : short}.eml` : short === '' ? 'file' : short;
}

/** Two endings, or a turned one: the name says something else than what would be opened. */
export const hidesEnding = (name: string): boolean => turning.test(name) || secondEnding.test(name);

/** Every character as itself: what would turn the rest is shown as a mark. */
export const visibleName = (name: string): string =>
  name.replaceAll(new RegExp(turning, 'g'), '\u25c7').replaceAll(/\p{Cc}/gu, ' ');

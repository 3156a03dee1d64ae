import type { ItemRow } from '../../state/index.ts';

/** Characters that no file system of ours takes, and those that turn writing around. */
const unfit = /[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu;
/** Turn the reading direction, so that `gpj.exe` reads `exe.jpg`. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const program = String.raw`\.(?:exe|scr|com|bat|cmd|js|jse|vbs?|vbe|wsf|hta|lnk|pif|msi|ps1|jar|app|sh)$`;
const programEnding = new RegExp(program, 'i');
const secondEnding = new RegExp(String.raw`\.(?:pdf|docx?|xlsx?|jpe?g|png|gif|txt|mp3|mp4|zip)\s*${program}`, 'i');
/** The save dialog takes 200; an ending and a little room are kept back. */
const mostLetters = 120;

/** A name for a saved copy: a message by its subject, a file by its own name. */
export function fileNameFor({ kind, title, name }: Pick<ItemRow, 'kind' | 'title' | 'name'>): string {
  const isMessage = kind === 'message';
  const short = shortened(fitting(isMessage ? title : name));
  return isMessage ? `${short === '' ? 'message' : short}.eml` : short === '' ? 'file' : short;
}

/** For an attachment, by the name that it gives itself, with its ending however long that name is. */
export function attachmentFileName({ name, type }: { readonly name: string; readonly type: string }): string {
  const fit = fitting(name);
  const ending = /\.[^. ]{1,10}$/.exec(fit)?.[0] ?? '';
  const base = shortened(fit.slice(0, fit.length - ending.length));
  if (base !== '') return base + ending;
  return type === 'message/rfc822' ? 'message.eml' : `attachment${ending}`;
}

const fitting = (text: string): string =>
  text
    .replaceAll(unfit, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '');

const shortened = (text: string): string => [...text].slice(0, mostLetters).join('').trim();

/** Opening it runs it. */
export const isProgram = (name: string): boolean => programEnding.test(name.trimEnd());

/** Two endings, or a turned one: the name says something else than what would be opened. */
export const hidesEnding = (name: string): boolean => turning.test(name) || secondEnding.test(name);

/** Every character as itself: what would turn the rest is shown as a mark. */
export const visibleName = (name: string): string =>
  name.replaceAll(new RegExp(turning, 'g'), '\u25c7').replaceAll(/\p{Cc}/gu, ' ');

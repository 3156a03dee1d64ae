import { type ChoosableKind, type Choice, choosableKinds, everything } from '../../../shared/domain/choice.ts';
import type { SourceKind } from '../../../shared/domain/source-settings.ts';

export const megabyte = 1_000_000;

/** The tag of https://bford.info/cachedir/, and the marker that several backup programs know. */
export const usualMarkers: readonly string[] = ['CACHEDIR.TAG', '.nobackup'];

export const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const two = (value: number): string => String(value).padStart(2, '0');

/** As a field of the kind `date` writes it: a day of the person's calendar. */
export function writtenDay(ms: number | null): string {
  if (ms === null) return '';
  const date = new Date(ms);
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The first moment of that day; null: nothing complete was typed. */
export function parseDay(text: string): number | null {
  const ms = new Date(`${text}T00:00`).getTime();
  return Number.isNaN(ms) ? null : ms;
}

/** Junk is no loss, what is in the trash was thrown away on purpose, and what a program can make again need not be kept. */
export function usualChoice(kind: SourceKind): Choice {
  if (kind === 'files')
    return { ...everything, presets: ['caches', 'temporary', 'dependencies', 'trash'], markers: usualMarkers };
  const hasUses = kind === 'imap' || kind === 'jmap' || kind === 'thunderbird';
  return hasUses ? { ...everything, skipUses: ['junk', 'trash'] } : everything;
}

/** What there is to choose among, where a source holds more than one. */
export const kindsOf: Partial<Record<SourceKind, readonly ChoosableKind[]>> = {
  jmap: ['message', 'event', 'contact'],
  caldav: ['event', 'task', 'note'],
  'item-files': ['message', 'event', 'task', 'contact', 'note'],
};

export const withoutKind = (choice: Choice, source: SourceKind, kind: ChoosableKind): Choice => ({
  ...choice,
  kinds: choosableKinds.filter((one) => one !== kind && (choice.kinds ?? kindsOf[source])?.includes(one)),
});

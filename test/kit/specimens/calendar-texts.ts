import { lines, type Specimen } from './specimen.ts';

type Kind = 'event' | 'task' | 'note';
type Expected = Omit<Specimen['expected']['summary'], 'hasAttachment'> & { readonly hasAttachment?: boolean };

export const specimen = (name: string, text: string | Uint8Array, expected: Expected, kind: Kind = 'event'): Specimen => ({
  name,
  bytes: typeof text === 'string' ? Buffer.from(text) : text,
  expected: { kind, summary: { hasAttachment: false, ...expected } },
});
/** Nothing in it that could be understood. */
export const nothing = (name: string, text: string | Uint8Array, title = ''): Specimen => ({
  name,
  bytes: typeof text === 'string' ? Buffer.from(text) : text,
  expected: { kind: 'event', summary: { title } },
});

export const calendar = (...inner: readonly string[]): string =>
  lines('BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Specimens//EN', ...inner, 'END:VCALENDAR');
export const event = (...inner: readonly string[]): string =>
  calendar('BEGIN:VEVENT', 'UID:specimen@example.org', ...inner, 'END:VEVENT');
export const task = (...inner: readonly string[]): string =>
  calendar('BEGIN:VTODO', 'UID:specimen@example.org', ...inner, 'END:VTODO');
export const note = (...inner: readonly string[]): string =>
  calendar('BEGIN:VJOURNAL', 'UID:specimen@example.org', ...inner, 'END:VJOURNAL');
export const at = (iso: string): number => Date.parse(iso);

import { Unintelligible } from '../web-failure.ts';

/** What a server says, piece by piece: whatever is of another type than the standard says makes the answer one that cannot be used. */
export type Said = Readonly<Record<string, unknown>>;

export function said(value: unknown, what: string): Said {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unintelligible(`no object: ${what}`);
  return value as Said;
}

export function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Unintelligible(`no list: ${what}`);
  return value;
}

export function text(value: unknown, what: string): string {
  if (typeof value !== 'string' || value.length > longest) throw new Unintelligible(`no text: ${what}`);
  return value;
}

/** RFC 8620, section 1.2. Nothing of it can mean a path, a command, or another header. */
export function id(value: unknown, what: string): string {
  if (typeof value !== 'string' || !/^[\w-]{1,255}$/.test(value)) throw new Unintelligible(`no id: ${what}`);
  return value;
}

/** Half a character (a surrogate without the other) cannot be written as UTF-8. */
export const isHalf = (value: string): boolean => /\p{Surrogate}/u.test(value);

export const ids = (value: unknown, what: string): readonly string[] => list(value, what).map((one) => id(one, what));

export function count(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Unintelligible(`no number: ${what}`);
  return value;
}

/** Of an object that is a set: the names that are true (RFC 8621, section 4.1.1). */
export const names = (value: unknown, what: string): readonly string[] =>
  Object.entries(said(value, what)).flatMap(([name, isIn]) => (isIn === true ? [text(name, what)] : []));

/** Longer than anything that a mailbox, a state or an address is called. */
const longest = 64 * 1024;

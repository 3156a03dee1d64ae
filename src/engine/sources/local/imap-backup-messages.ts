/** A message as an index tells it. */
export interface IndexedMessage {
  readonly uid: number;
  readonly offset: number;
  readonly length: number;
  readonly flags: readonly string[];
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
/** RFC 3501, section 2.3.1.1. */
const isUid = (value: unknown): value is number => isCount(value) && value > 0 && value < 2 ** 32;

/** Undefined: it is no list of messages. */
export function messagesOf(rows: unknown): readonly IndexedMessage[] | undefined {
  if (!Array.isArray(rows)) return undefined;
  const messages: IndexedMessage[] = [];
  for (const row of rows as readonly unknown[]) {
    if (typeof row !== 'object' || row === null) return undefined;
    const { uid, offset, length, flags = [] } = row as Readonly<Record<string, unknown>>;
    if (!isUid(uid) || !isCount(offset) || !isCount(length) || !Array.isArray(flags)) return undefined;
    messages.push({ uid, offset, length, flags: flags.filter((flag): flag is string => typeof flag === 'string') });
  }
  return messages;
}

/** Undefined: it is no list of UIDs. */
export function uidsOf(uids: unknown): readonly IndexedMessage[] | undefined {
  if (!Array.isArray(uids)) return undefined;
  const numbers = (uids as readonly unknown[]).map(Number);
  return numbers.every(isUid) ? numbers.map((uid) => ({ uid, offset: 0, length: 0, flags: [] })) : undefined;
}

/** Ruby drops the backslash of the flags that the standard defines. `\Recent` belongs to a session. */
const system: ReadonlySet<string> = new Set(['Seen', 'Answered', 'Flagged', 'Deleted', 'Draft']);
const mostKeywords = 100;

export function flagsOf(told: readonly string[]): { readonly flags: readonly string[]; readonly keywords: readonly string[] } {
  const plain = told.map((flag) => flag.replace(/^\\/, ''));
  const keywords = plain.filter((flag) => !system.has(flag) && flag !== 'Recent' && flag !== '');
  return {
    flags: [...new Set(plain.filter((flag) => system.has(flag)).map((flag) => `\\${flag}`))].sort(),
    keywords: [...new Set(keywords)].sort().slice(0, mostKeywords),
  };
}

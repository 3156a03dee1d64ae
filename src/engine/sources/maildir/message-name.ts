export interface MessageName {
  /** What stays when flags change. */
  readonly unique: string;
  /** The letters after `:2,`, in alphabetical order. */
  readonly letters: string;
}

/** Undefined for what is no message: names with a leading dot are not to be read. Windows cannot have the colon; `;` and `!` are in use there. */
export function parseMessageName(name: string): MessageName | undefined {
  if (name.startsWith('.')) return undefined;
  const match = /^(.+?)[:;!]2,([^/]*)$/s.exec(name);
  if (match === null) return { unique: name, letters: '' };
  return { unique: match[1] ?? name, letters: [...new Set(match[2])].sort().join('') };
}

export interface MessageFlags {
  readonly flags: readonly string[];
  readonly keywords: readonly string[];
  /** Letters that nothing here gives a meaning to. */
  readonly unknown: string;
}

const systemFlags: Readonly<Record<string, string>> = {
  D: '\\Draft',
  F: '\\Flagged',
  R: '\\Answered',
  S: '\\Seen',
  T: '\\Deleted',
};
/** "Passed": resent, forwarded or bounced. The keyword is the registered one for that (RFC 5550, section 2.8). */
const passed = '$Forwarded';

/** What {@link flagsOf} answered for a folder's keywords: most messages have one of a handful of combinations. */
const answered = new WeakMap<ReadonlyMap<string, string>, Map<string, MessageFlags>>();

/** As IMAP names them. `keywords` are what a folder's own list says of the letters `a` to `z`. */
export function flagsOf(letters: string, keywords: ReadonlyMap<string, string>): MessageFlags {
  const answers = answered.get(keywords) ?? new Map<string, MessageFlags>();
  answered.set(keywords, answers);
  const flags = answers.get(letters) ?? namedFlags(letters, keywords);
  answers.set(letters, flags);
  return flags;
}

function namedFlags(letters: string, keywords: ReadonlyMap<string, string>): MessageFlags {
  const known = new Map([...Object.entries(systemFlags), ['P', passed] as const, ...keywords]);
  const named = [...letters].map((letter) => ({ letter, name: known.get(letter) }));
  const names = named.flatMap(({ name }) => name ?? []).sort();
  return {
    flags: names.filter((name) => name.startsWith('\\')),
    keywords: names.filter((name) => !name.startsWith('\\')),
    unknown: named
      .filter(({ name }) => name === undefined)
      .map(({ letter }) => letter)
      .join(''),
  };
}

/** The other way: letters for what has one, and what has none. */
export function lettersOf(
  names: readonly string[],
  keywords: ReadonlyMap<string, string>,
): { readonly letters: string; readonly without: readonly string[] } {
  const byName = new Map(
    [...Object.entries(systemFlags), ['P', passed] as const, ...keywords].map(([letter, name]) => [name, letter]),
  );
  const letters = names.flatMap((name) => byName.get(name) ?? []);
  return { letters: [...new Set(letters)].sort().join(''), without: names.filter((name) => !byName.has(name)) };
}

/** Dovecot's `dovecot-keywords`: lines of `0 $Junk`, where 0 is `a`. */
export function parseKeywords(text: string): Map<string, string> {
  const keywords = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^(\d{1,2}) (\S+)\s*$/.exec(line);
    const index = Number(match?.[1]);
    if (match?.[2] !== undefined && index < 26) keywords.set(String.fromCharCode(97 + index), match[2]);
  }
  return keywords;
}

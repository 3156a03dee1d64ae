import { isList, type Question, questions, textOf, type Token } from './questions.ts';

/** Ids are short (RFC 8474, section 7). What is longer is none. */
const longestId = 255;

/**
 * What each folder is known by, whatever it is called (MAILBOXID, RFC 8474), by the name under which it is listed. Nothing where the server
 * has no such thing, does not tell it with the list, or refuses; and nothing of folders that have the same.
 */
export async function askMailboxIds(
  abilities: ReadonlySet<string>,
  ask: (question: Question, listedAs: string) => Promise<readonly (readonly Token[])[] | undefined>,
): Promise<ReadonlyMap<string, string>> {
  if (!abilities.has('OBJECTID') || !abilities.has('LIST-STATUS')) return new Map();
  const found = new Map<string, string>();
  for (const [name, said] of (await ask(questions.mailboxIds, '*')) ?? []) {
    const folder = textOf(name);
    const id = isList(said) ? idIn(said) : undefined;
    if (folder !== undefined && id !== undefined) found.set(folder, id);
  }
  return withoutTwins(found);
}

function idIn(said: readonly Token[]): string | undefined {
  const at = said.findIndex((word) => textOf(word)?.toUpperCase() === 'MAILBOXID');
  const value = said[at + 1];
  const id = at < 0 ? undefined : textOf(isList(value) ? value[0] : value);
  return id === undefined || id === '' || id.length > longestId ? undefined : id;
}

function withoutTwins(ids: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const times = new Map<string, number>();
  for (const id of ids.values()) times.set(id, (times.get(id) ?? 0) + 1);
  return new Map([...ids].filter(([, id]) => times.get(id) === 1));
}

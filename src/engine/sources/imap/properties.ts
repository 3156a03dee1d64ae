import type { JsonObject } from '../../../shared/domain/json.ts';
import { isList, type Question, questions, textOf, type Token } from './questions.ts';

/** Nothing tells that an annotation, a right or a script changed, and asking costs a round trip each: not at every look. */
export const propertiesForMs = 15 * 60_000;

/** Asks; undefined: the server refuses to say. */
export type Ask = (question: Question) => Promise<readonly (readonly Token[])[] | undefined>;

/** What a folder has beside its messages, as far as the server knows the extensions and tells. */
export interface FolderProperties extends JsonObject {
  /** Entries of METADATA, shared and private, by their names. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly rights?: string;
  /** Rights by who has them. */
  readonly accessList?: Readonly<Record<string, string>>;
  /** What the server would not tell this time. It is not known to be gone. */
  readonly refused?: readonly string[];
}

export async function folderProperties(abilities: ReadonlySet<string>, ask: Ask): Promise<FolderProperties> {
  const refused: string[] = [];
  const annotations = abilities.has('METADATA') ? await askAnnotations(ask, refused) : undefined;
  const rights = abilities.has('ACL') ? rightsIn(await told(ask, 'rights', refused)) : undefined;
  // Only who administers a folder may see its list (RFC 4314, section 4): asking as anybody else is an error each time.
  const accessList = rights?.includes('a') === true ? accessListIn(await told(ask, 'accessList', refused)) : undefined;
  return {
    ...(annotations === undefined || isEmpty(annotations) ? {} : { annotations }),
    ...(rights === undefined ? {} : { rights }),
    ...(accessList === undefined ? {} : { accessList }),
    ...(refused.length === 0 ? {} : { refused }),
  };
}

export async function askAnnotations(ask: Ask, refused: string[]): Promise<Record<string, string>> {
  return annotationsIn(await told(ask, 'annotations', refused));
}

/** The limits of what an account may hold, by root and resource; what is used changes with every message and is not kept. */
export async function askQuota(ask: Ask, refused: string[]): Promise<Record<string, number>> {
  const limits: Record<string, number> = {};
  for (const [root, resources] of await told(ask, 'quota', refused)) {
    if (!isList(resources)) continue;
    for (let at = 0; at + 2 < resources.length; at += 3) {
      const limit = Number(textOf(resources[at + 2]));
      if (Number.isSafeInteger(limit)) limits[`${textOf(root) ?? ''} ${textOf(resources[at]) ?? ''}`.trim()] = limit;
    }
  }
  return limits;
}

async function told(ask: Ask, what: keyof typeof questions, refused: string[]): Promise<readonly (readonly Token[])[]> {
  const rows = await ask(questions[what]);
  if (rows === undefined) refused.push(what);
  return rows ?? [];
}

function annotationsIn(rows: readonly (readonly Token[])[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, entries] of rows) {
    if (!isList(entries)) continue;
    for (let at = 0; at + 1 < entries.length; at += 2) {
      const [name, value] = [textOf(entries[at]), textOf(entries[at + 1])];
      if (name !== undefined && value !== undefined && isKept(name)) found[name] = value;
    }
  }
  return found;
}

/** Cyrus keeps its own accounts among the annotations (sizes, times, counters). Of those, what an administrator chose is kept. */
const ownOfCyrus = /^\/(?:shared|private)\/vendor\/cmu\/cyrus-imapd\/(.+)$/;
const chosen: ReadonlySet<string> = new Set([
  ...['archive', 'delete', 'duplicatedeliver', 'expire', 'news2mail', 'pop3newuidl', 'pop3showafter'],
  ...['search-fuzzy-always', 'sharedseen', 'sieve', 'sortorder', 'squat'],
]);

function isKept(name: string): boolean {
  const own = ownOfCyrus.exec(name.toLowerCase())?.[1];
  return own === undefined || chosen.has(own);
}

const rightsIn = ([row]: readonly (readonly Token[])[]): string | undefined => textOf(row?.[1]);

function accessListIn([row = []]: readonly (readonly Token[])[]): Record<string, string> {
  const list: Record<string, string> = {};
  for (let at = 1; at + 1 < row.length; at += 2) list[textOf(row[at]) ?? ''] = textOf(row[at + 1]) ?? '';
  return list;
}

const isEmpty = (object: object): boolean => Object.keys(object).length === 0;

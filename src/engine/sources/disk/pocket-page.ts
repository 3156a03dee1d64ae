import { pocketScript, pocketStyle } from './pocket-script.ts';

/** One line of the page: what is shown of an item, and where its file lies beside the page. */
export interface PocketEntry {
  /** Names from the page's folder down. */
  readonly path: readonly string[];
  readonly kind: string;
  /** Where it lay, as people read it. */
  readonly folder: string;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly timeMs: number | null;
  readonly sizeBytes: number;
  readonly text: string;
}

/** What a page can hold and a browser still search while somebody types. */
export const pocketLimits = { entries: 50_000, textCharacters: 50_000_000 } as const;

const mark = '<!doctype html>\n<!-- Strata pocket archive 1 -->\n';
const listBegins = '<script type="application/json" id="items">[\n';
const listEnds = '\n]</script>\n';

const hashOf = async (text: string): Promise<string> =>
  `'sha256-${Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('base64')}'`;

/** Nothing but the two texts of ours can run or style anything, and nothing can be fetched or sent anywhere. */
export const pocketPolicy = async (): Promise<string> =>
  [
    "default-src 'none'",
    `script-src ${await hashOf(pocketScript)}`,
    `style-src ${await hashOf(pocketStyle)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** In pieces, because all of it may be large. What items say is data of the page and never markup. */
export function* pocketPage(entries: readonly PocketEntry[], unlisted: number, policy: string): Iterable<string> {
  yield `${mark}<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Strata</title>
<style>${pocketStyle}</style></head><body data-unlisted="${unlisted}">
<header><h1></h1><label for="search"></label><input id="search" type="search" autocomplete="off" spellcheck="false"><p id="count" role="status"></p></header>
<main><ol id="list"></ol><article id="item" tabindex="0"></article></main>
<noscript>This page searches and shows what lies in the folder “items” beside it, which can be opened without it. / Diese Seite durchsucht und zeigt, was im Ordner „items“ daneben liegt; das lässt sich auch ohne sie öffnen.</noscript>
${listBegins}`;
  for (const [at, entry] of entries.entries()) yield `${at === 0 ? '' : ',\n'}${lineOf(entry)}`;
  yield `${listEnds}<script>${pocketScript}</script></body></html>\n`;
}

/** A `<` would let a text end the list and begin something else. */
const lineOf = ({ path, kind, folder, title, from, to, timeMs, sizeBytes, text }: PocketEntry): string =>
  JSON.stringify([path, kind, folder, title, from, to, timeMs, sizeBytes, text]).replaceAll('<', '\\u003c');

/** The entries of a page that was made here; undefined: it is not such a page. It may have been changed since. */
export function readPocketPage(page: string): PocketEntry[] | undefined {
  const begins = page.indexOf(listBegins);
  const ends = page.indexOf(listEnds, begins);
  if (!page.startsWith(mark) || begins < 0 || ends < 0) return undefined;
  try {
    const rows: unknown = JSON.parse(`[${page.slice(begins + listBegins.length, ends)}]`);
    const entries = Array.isArray(rows) ? rows.map(entryOf) : [];
    return entries.every((entry) => entry !== undefined) ? entries : undefined;
  } catch {
    return undefined; // not what we wrote
  }
}

function entryOf(row: unknown): PocketEntry | undefined {
  if (!Array.isArray(row)) return undefined;
  const [path, kind, folder, title, from, to, timeMs, sizeBytes, text] = row as unknown[];
  const isPath = Array.isArray(path) && path[0] === 'items' && path.every((name) => typeof name === 'string' && isName(name));
  const areTexts = [kind, folder, title, from, to, text].every((one) => typeof one === 'string');
  if (!isPath || !areTexts || typeof sizeBytes !== 'number' || (timeMs !== null && typeof timeMs !== 'number')) return undefined;
  return { path, kind, folder, title, from, to, timeMs, sizeBytes, text } as PocketEntry;
}

const isName = (name: string): boolean => name !== '' && name !== '.' && name !== '..' && !name.includes('/');

import type { Manifest } from '../../../shared/domain/item.ts';
import { decodeUnlabelled } from '../encoded-words.ts';

/** So much of a content is looked at for its words. */
export const headBytes = 1024 * 1024;
/** So much of an item can be read and found in the page; the file beside it has all. */
export const textLimit = 20_000;
/** A hostile message may nest without end (50 parts deep is more than any mail program makes). */
const nestingLimit = 50;

/** What an item says, for reading and searching. Never fails, whatever the bytes are: then there is no text. */
export async function pocketText({ kind }: Pick<Manifest, 'kind'>, head: Uint8Array): Promise<string> {
  const text = kind === 'message' ? await messageText(head) : plainText(head);
  return text.replaceAll('\r\n', '\n').slice(0, textLimit).trim();
}

async function messageText(head: Uint8Array): Promise<string> {
  try {
    const { default: postalMime } = await import('postal-mime');
    const { text, html } = await postalMime.parse(head, { maxNestingDepth: nestingLimit, maxHeadersSize: headBytes });
    return text ?? htmlText(html ?? '');
  } catch {
    return plainText(head); // any parser may fail on any bytes
  }
}

const plainText = (head: Uint8Array): string => (head.includes(0) ? '' : decodeUnlabelled(head));

/** What is in them is not for reading. */
const unread = new Set(['script', 'style', 'title', 'template', 'textarea']);
const lines = new Set([
  'p',
  'div',
  'br',
  'tr',
  'li',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'table',
  'ul',
  'ol',
  'blockquote',
  'hr',
  'pre',
]);

/** The words of HTML. Goes through it once: a hostile text must not make it look back. What it gives is shown as text only. */
export function htmlText(html: string): string {
  const lower = html.toLowerCase();
  let words = '';
  for (let at = 0; at < html.length; ) {
    const opens = html.indexOf('<', at);
    words += html.slice(at, opens < 0 ? undefined : opens);
    if (opens < 0) break;
    const name = /^<[/!?]?([a-z][a-z0-9]*|--)/.exec(lower.slice(opens, opens + 16))?.[1];
    if (name === undefined) words += '<';
    if (name !== undefined && lines.has(name)) words += '\n';
    const next = name === undefined ? opens + 1 : behindTag(lower, opens, name);
    if (next < 0) break;
    at = next;
  }
  return decoded(words)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/\n[\n ]+/g, '\n\n');
}

/** Negative: it never ends. */
function behindTag(lower: string, opens: number, name: string): number {
  const end = name === '--' ? '-->' : '>';
  const closes = lower.indexOf(end, opens + 1);
  if (closes < 0 || !unread.has(name) || lower[opens + 1] === '/') return closes < 0 ? closes : closes + end.length;
  return lower.indexOf(`</${name}`, closes);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (all, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0x10ffff || code === 0 || (code >= 0xd800 && code < 0xe000) ? '\ufffd' : String.fromCodePoint(code);
  });

import { SaxesParser, type SaxesTagNS } from 'saxes';
import { Unintelligible } from '../web-failure.ts';

/** An element with all that is in it. */
export interface XmlElement {
  /** `{namespace}local`. */
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
  readonly attributes: ReadonlyMap<string, string>;
}

export const davName = (local: string): string => `{DAV:}${local}`;
export const calendarName = (local: string): string => `{urn:ietf:params:xml:ns:caldav}${local}`;
export const contactsName = (local: string): string => `{urn:ietf:params:xml:ns:carddav}${local}`;

export const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((one) => one.name === name);
export const textOf = (element: XmlElement | undefined): string | undefined => element?.text.trim() || undefined;
/** Of an element that says something by which elements are in it. */
export const localNames = (element: XmlElement | undefined): string[] =>
  (element?.children ?? []).map(({ name }) => name.slice(name.indexOf('}') + 1));

export interface XmlLimits {
  readonly bytes: number;
  readonly depth: number;
  /** Elements in one child of the root: what is in memory at a time. */
  readonly elements: number;
}
export const xmlLimits: XmlLimits = { bytes: 128 * 1024 * 1024, depth: 100, elements: 20_000 };

interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/**
 * The children of the root, one after the other, so that a long answer is never in memory as a whole. Ending without an error
 * means: the document was complete. No document type, so no entities but the five of XML itself.
 */
export async function* readXml(
  chunks: AsyncIterable<Uint8Array>,
  root: string,
  limits: XmlLimits = xmlLimits,
): AsyncGenerator<XmlElement> {
  const reader = new ChildReader(root, limits);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > limits.bytes) throw new Unintelligible('too long');
    reader.write(orUnintelligible(() => decoder.decode(chunk, { stream: true })));
    yield* reader.take();
  }
  reader.write(orUnintelligible(() => decoder.decode()));
  reader.end();
  yield* reader.take();
}

function orUnintelligible<T>(action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (cause instanceof Unintelligible) throw cause;
    throw new Unintelligible('no XML', { cause });
  }
}

class ChildReader {
  readonly #parser = new SaxesParser({ xmlns: true, position: false });
  readonly #open: Open[] = [];
  readonly #limits: XmlLimits;
  readonly #root: string;
  #done: XmlElement[] = [];
  #elements = 0;

  constructor(root: string, limits: XmlLimits) {
    this.#root = root;
    this.#limits = limits;
    const add = (text: string): void => {
      const at = this.#open.at(-1);
      if (at !== undefined) at.text += text;
    };
    this.#parser.on('doctype', () => {
      throw new Unintelligible('a document type');
    });
    this.#parser.on('opentag', (tag) => this.#begin(tag));
    this.#parser.on('closetag', () => this.#end());
    this.#parser.on('text', add);
    this.#parser.on('cdata', add);
  }

  write(text: string): void {
    orUnintelligible(() => this.#parser.write(text));
  }

  end(): void {
    orUnintelligible(() => this.#parser.close());
  }

  take(): readonly XmlElement[] {
    return this.#done.splice(0);
  }

  #begin({ uri, local, attributes }: SaxesTagNS): void {
    const name = `{${uri}}${local}`;
    if (this.#open.length === 0 && name !== this.#root) throw new Unintelligible('another document');
    if (this.#open.length === this.#limits.depth) throw new Unintelligible('too deep');
    if (this.#open.length === 1) this.#elements = 0;
    this.#elements += 1;
    if (this.#elements > this.#limits.elements) throw new Unintelligible('too many elements');
    const named = new Map(Object.values(attributes).map((attribute) => [attribute.local, attribute.value]));
    this.#open.push({ name, attributes: named, children: [], text: '' });
  }

  #end(): void {
    const ended = this.#open.pop();
    if (ended === undefined) return;
    if (this.#open.length === 1) this.#done.push(ended);
    // The root itself is never kept together.
    else this.#open.at(-1)?.children.push(ended);
  }
}

export const escapeXml = (text: string): string =>
  text
    .replace(/[<>&"']/g, (one) => `&#${one.charCodeAt(0)};`)
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '');

/** An empty element of that name, its namespace with it. */
export const emptyElement = (name: string): string => element(name, '');

/** One each: Cyrus takes what has the same prefix for the same namespace, and then does not find the property. */
const prefixes: Readonly<Record<string, string>> = {
  'DAV:': 'D',
  'urn:ietf:params:xml:ns:caldav': 'C',
  'urn:ietf:params:xml:ns:carddav': 'A',
  'http://calendarserver.org/ns/': 'S',
  'http://apple.com/ns/ical/': 'I',
};

/** `content` is XML already. */
export function element(name: string, content: string, attributes = ''): string {
  const end = name.indexOf('}');
  const namespace = name.slice(1, end);
  const prefix = prefixes[namespace] ?? 'X';
  const tag = `${prefix}:${name.slice(end + 1)}`;
  const start = `<${tag} xmlns:${prefix}="${escapeXml(namespace)}"${attributes}`;
  return content === '' ? `${start}/>` : `${start}>${content}</${tag}>`;
}

export const xmlDocument = (content: string): string => `<?xml version="1.0" encoding="utf-8"?>${content}`;

/** An element, as far as small files of settings need it: its name, its attributes, the elements and the text in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All of its own text, without that of its children. */
  readonly text: string;
}

const limits = { depth: 20, elements: 2000 };
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const nameRule = '[A-Za-z_][A-Za-z0-9_.:-]*';
/** One piece of markup. What is no such piece, a document type with its entities above all, ends the reading. */
const markup = new RegExp(
  [
    '<!--(?:(?!--)[^])*-->',
    '<!\\[CDATA\\[(?<data>(?:(?!\\]\\]>)[^])*)\\]\\]>',
    '<\\?(?:(?!\\?>)[^])*\\?>',
    `</(?<end>${nameRule})\\s*>`,
    `<(?<begin>${nameRule})(?<attributes>(?:\\s+${nameRule}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(?<empty>/?)>`,
  ].join('|'),
  'y',
);

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** Reads a well-formed document without a DTD; undefined for everything else. */
export function readXml(source: string): XmlElement | undefined {
  const top: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [top];
  let elements = 0;
  let at = source.startsWith('\ufeff') ? 1 : 0;
  while (at < source.length) {
    const here = open.at(-1) ?? top;
    const next = source.indexOf('<', at);
    const plain = decoded(source.slice(at, next === -1 ? source.length : next));
    if (plain === undefined) return undefined;
    here.text += plain;
    if (next === -1) break;
    markup.lastIndex = next;
    const found = markup.exec(source);
    if (found === null) return undefined;
    at = markup.lastIndex;
    const { data, end, begin, attributes = '', empty } = found.groups ?? {};
    if (data !== undefined) here.text += data;
    if (end !== undefined && (open.length < 2 || open.pop()?.name !== end)) return undefined;
    if (begin === undefined) continue;
    const read = attributesIn(attributes);
    elements += 1;
    if (read === undefined || elements > limits.elements || open.length > limits.depth) return undefined;
    const element: Open = { name: begin, attributes: read, children: [], text: '' };
    here.children.push(element);
    if (empty === '') open.push(element);
  }
  return open.length === 1 && top.children.length === 1 && top.text.trim() === '' ? top.children[0] : undefined;
}

function attributesIn(source: string): Record<string, string> | undefined {
  const read: Record<string, string> = {};
  for (const [, name = '', , double, single] of source.matchAll(new RegExp(`(${nameRule})\\s*=\\s*("([^"]*)"|'([^']*)')`, 'g'))) {
    const value = decoded(double ?? single ?? '');
    if (value === undefined || Object.hasOwn(read, name)) return undefined;
    read[name] = value;
  }
  return read;
}

/** The five names that XML knows by itself, and numbers. Undefined: another name, which only a DTD could explain. */
function decoded(text: string): string | undefined {
  let isStrange = false;
  const plain = text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));|&/gi,
    (_, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined && Object.hasOwn(named, name)) return named[name] ?? '';
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      if (code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
      isStrange = true;
      return '';
    },
  );
  return isStrange ? undefined : plain;
}

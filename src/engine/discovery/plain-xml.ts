import { SaxesParser } from 'saxes';

/** An element, as far as small files of settings need it: its name, its attributes, the elements and the text in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All of its own text, without that of its children. */
  readonly text: string;
}

interface Open extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

const limits = { depth: 20, elements: 2000 };

/** Reads a well-formed document without a document type, and so without entities of its own; undefined for everything else. */
export function readXml(source: string): XmlElement | undefined {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const open: Open[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  const add = (text: string): void => {
    const at = open.at(-1);
    if (at !== undefined) at.text += text;
  };
  parser.on('doctype', () => {
    throw new Error('a document type');
  });
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1;
    if (elements > limits.elements || open.length === limits.depth) throw new Error('too much');
    const element: Open = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => (root = open.pop()));
  parser.on('text', add);
  parser.on('cdata', add);
  try {
    parser.write(source).close();
  } catch {
    return undefined; // whatever is wrong with it, it proposes nothing
  }
  return root;
}

import { child, davName, readXml, textOf, type XmlElement, type XmlLimits } from './xml.ts';
import { Unintelligible } from '../web-failure.ts';

/** What a server says of one resource (RFC 4918, section 14.24). */
export interface Row {
  /** As the server spells it. */
  readonly href: string;
  /** Of the resource as a whole, where its properties are not told one by one. */
  readonly status: number | undefined;
  /** Only those that it has. */
  readonly properties: ReadonlyMap<string, XmlElement>;
}

export interface Multistatus {
  readonly rows: Row[];
  /** The raw text; a number would lose digits. */
  syncToken: string | undefined;
}

/** A row without a name, or a document that breaks off, makes the whole answer useless: nobody knows what it lacks. */
export async function readMultistatus(chunks: AsyncIterable<Uint8Array>, limits?: XmlLimits): Promise<Multistatus> {
  const answer: Multistatus = { rows: [], syncToken: undefined };
  for await (const element of readXml(chunks, davName('multistatus'), limits)) {
    if (element.name === davName('response')) answer.rows.push(...rowsOf(element));
    else if (element.name === davName('sync-token')) answer.syncToken = textOf(element);
  }
  return answer;
}

/** One status may stand for several resources. */
function rowsOf(response: XmlElement): Row[] {
  const hrefs = response.children.filter(({ name }) => name === davName('href')).map(textOf);
  const properties = new Map<string, XmlElement>();
  for (const propstat of response.children) {
    if (propstat.name !== davName('propstat') || statusOf(propstat) !== 200) continue;
    for (const property of child(propstat, davName('prop'))?.children ?? []) properties.set(property.name, property);
  }
  const status = statusOf(response);
  return (hrefs.length === 0 ? [undefined] : hrefs).map((href) => {
    if (href === undefined) throw new Unintelligible('a row without a name');
    return { href, status, properties };
  });
}

/** `HTTP/1.1 404 Not Found`. */
function statusOf(element: XmlElement): number | undefined {
  const text = textOf(child(element, davName('status')));
  if (text === undefined) return undefined;
  const number = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |$)/.exec(text)?.[1];
  if (number === undefined) throw new Unintelligible('a row without a status');
  return Number(number);
}

import { expect, it } from 'vitest';
import { readMultistatus } from './multistatus.ts';
import { readXml, type XmlElement } from './xml.ts';
import { Unintelligible } from '../web-failure.ts';

const limits = { bytes: 2000, depth: 5, elements: 10 };

async function read(text: string | Uint8Array, pieces = 7): Promise<XmlElement[]> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += pieces) yield bytes.subarray(at, at + pieces);
  })();
  const elements: XmlElement[] = [];
  for await (const element of readXml(chunks, '{DAV:}a', limits)) elements.push(element);
  return elements;
}
const inA = (content: string): string => `<a xmlns="DAV:">${content}</a>`;

it.for([
  ['a document type', `<!DOCTYPE a>${inA('<b/>')}`, 'a document type'],
  ['a document type with entities', `<!DOCTYPE a [<!ENTITY e "x">]>${inA('<b>&e;</b>')}`, 'a document type'],
  ['an entity that nobody declared', inA('<b>&e;</b>'), 'no XML'],
  ['another root', '<b xmlns="DAV:"/>', 'another document'],
  ['the root in no namespace', '<a/>', 'another document'],
  ['one level too many', inA('<b><b><b><b><b/></b></b></b></b>'), 'too deep'],
  ['one element too many in a row', inA(`<b>${'<c/>'.repeat(10)}</b>`), 'too many elements'],
  ['more bytes than anybody needs', inA(`<b>${'x'.repeat(2000)}</b>`), 'too long'],
  ['no end', '<a xmlns="DAV:"><b/>', 'no XML'],
  ['nothing', '', 'no XML'],
] as const)('XML with %s is refused', async ([, text, message]) => {
  await expect(read(text)).rejects.toThrow(new Unintelligible(message));
});

it('bytes that are no UTF-8 are refused, at the end, too', async () => {
  await expect(read(Buffer.from([...Buffer.from(inA('<b>')), 0xff]))).rejects.toThrow(Unintelligible);
  await expect(read(Buffer.from([...Buffer.from(inA('<b/>')), 0xc3]))).rejects.toThrow(Unintelligible);
});

it.each([1, 2, 3, 1000])('what is within the limits is read, in pieces of %i bytes', async (pieces) => {
  const rows = `<b n="ä">${'<c/>'.repeat(9)}</b>`.repeat(5);
  const elements = await read(inA(`${rows}<b>1 &lt; 2 &#228;<![CDATA[<x>]]></b>`), pieces);
  expect(elements.map(({ children }) => children.length)).toEqual([9, 9, 9, 9, 9, 0]);
  expect(elements[0]?.attributes.get('n')).toBe('ä');
  expect(elements.at(-1)?.text).toBe('1 < 2 ä<x>');
});

it.each(['HTTP/1.1 two hundred', '200', 'HTTP/1.1 2000 OK'])(
  'a row whose status is “%s” makes the answer useless',
  async (status) => {
    const text = `<D:multistatus xmlns:D="DAV:"><D:response><D:href>/x</D:href><D:status>${status}</D:status></D:response></D:multistatus>`;
    const chunks = (async function* () {
      yield Buffer.from(text);
    })();
    await expect(readMultistatus(chunks)).rejects.toThrow(new Unintelligible('a row without a status'));
  },
);

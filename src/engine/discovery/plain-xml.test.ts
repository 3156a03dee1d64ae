import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXml, type XmlElement } from './plain-xml.ts';

describe('a small file of settings', () => {
  it('is read with attributes, text, comments and the names that XML knows by itself', () => {
    expect(readXml('\ufeff<?xml version="1.0"?>\n<!-- x --><a b="1" c=\'&lt;2\'>t<d/>&#65;&#x42;<![CDATA[<&>]]></a>\n')).toEqual({
      name: 'a',
      attributes: { b: '1', c: '<2' },
      text: 'tAB<&>',
      children: [{ name: 'd', attributes: {}, text: '', children: [] }],
    });
  });

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['an entity that nobody declared', '<a>&x;</a>'],
    ['an end that never began', '<a></b>'],
    ['a beginning that never ends', '<a><b></a>'],
    ['two roots', '<a/><b/>'],
    ['text beside the root', '<a/>x'],
    ['an attribute without quotes', '<a b=1/>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['a lone &', '<a>&</a>'],
    ['a number that is no character', '<a>&#x110000;</a>'],
    ['too deep a tree', '<a>'.repeat(30) + '</a>'.repeat(30)],
    ['too many elements', `<a>${'<b/>'.repeat(3000)}</a>`],
    ['a comment that never ends', `<a><!--${'-'.repeat(100_000)}`],
    ['a web page', '<!doctype html><html><body><br></body></html>'],
  ])('is refused: %s', (_, text) => {
    expect(readXml(text)).toBeUndefined();
  });

  it('is never a reason to fail or to hang, whatever it is', () => {
    const pieces = [
      '<',
      '>',
      '/',
      '<a>',
      '</a>',
      '<a b="',
      '"',
      '&',
      '&lt;',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<!DOCTYPE',
      'x',
      ' ',
    ];
    const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 60 });
    fc.assert(
      fc.property(text, (parts) => {
        const root: XmlElement | undefined = readXml(parts.join(''));
        return root === undefined || root.name.length > 0;
      }),
      { numRuns: 3000 },
    );
  });
});

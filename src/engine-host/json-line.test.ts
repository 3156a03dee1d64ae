import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLine, encodeLine } from './json-line.ts';

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string(),
    fc.uint8Array(),
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$bytes', '$$bytes', '$', '__proto__')), tie('value')),
  ),
})).value;

describe('a message on one line', () => {
  it('reads back any message it was given, bytes and odd keys included', () => {
    fc.assert(
      fc.property(value, (message) => {
        expect(decodeLine(encodeLine(message))).toStrictEqual(clean(message));
      }),
    );
  });

  it('is one line, whatever the texts hold', () => {
    expect(encodeLine({ text: 'a\nb\r\n\u2028' })).not.toMatch(/[\r\n]/);
  });

  it('takes a Buffer for bytes, although a Buffer has a JSON form of its own', () => {
    expect(encodeLine({ bytes: Buffer.from('ab') })).toBe('{"bytes":{"$bytes":"YWI="}}');
    expect(encodeLine(Buffer.from('ab'))).toBe('{"$bytes":"YWI="}');
  });

  it('keeps what only looks like bytes apart from bytes', () => {
    expect(decodeLine(encodeLine({ $bytes: 'YWI=' }))).toEqual({ $bytes: 'YWI=' });
    expect(encodeLine({ $bytes: 1 })).toBe('{"$$bytes":1}');
  });

  it('gives nobody a prototype', () => {
    const read = decodeLine('{"a":{"__proto__":{"$$x":1}}}') as { a: object };
    expect(Object.getPrototypeOf(read.a)).toBe(Object.prototype);
  });
});

/** fast-check makes dictionaries without a prototype. */
function clean(message: unknown): unknown {
  if (message instanceof Uint8Array || typeof message !== 'object' || message === null) return message;
  if (Array.isArray(message)) return message.map(clean);
  return Object.fromEntries(Object.entries(message).map(([key, member]) => [key, clean(member)]));
}

import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { cleanOutput } from './clean-output.ts';

const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));

describe('what a program wrote', () => {
  it.each([
    ['plain', bytes('Größe: 5 €\n\ttab'), 'Größe: 5 €\n\ttab'],
    ['bytes that are no UTF-8', bytes('a', 0xff, 'b', 0xc3, '!', 0xed, 0xa0, 0x80), 'a\\xffb\\xc3!\\xed\\xa0\\x80'],
    ['a character that is cut at the end', bytes('a', 0xe2, 0x82), 'a\\xe2\\x82'],
    ['colours and cursors', bytes('\u001b[31mred\u001b[0m\u001b[2J\u001b]0;title\u0007!\u001b[?25l'), 'red!'],
    ['a lonely escape and other controls', bytes('a\u001b', 0, '\u0008b\u007f\u0085c'), 'abc'],
    ['a text that was turned around', bytes('exe.\u202egpj\u202c\u2066x\u2069'), 'exe.gpjx'],
    ['lines of other systems', bytes('a\r\nb\rc'), 'a\nb\nc'],
  ])('%s', (_name, given, expected) => {
    expect(cleanOutput(given, false)).toBe(expected);
  });

  it('leaves out what is left of a first character that was cut, and only that', () => {
    expect(cleanOutput(Buffer.from('€uro').subarray(1), true)).toBe('uro');
    expect(cleanOutput(Buffer.from('€uro').subarray(1), false)).toBe('\\x82\\xacuro');
    expect(cleanOutput(bytes('uro'), true)).toBe('uro');
  });

  it('never holds a control character, whatever was written', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 2000; round += 1) {
      const clean = cleanOutput(random.bytes(64), round % 2 === 0);
      expect(clean).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(Buffer.from(clean).toString()).toBe(clean);
    }
  });
});

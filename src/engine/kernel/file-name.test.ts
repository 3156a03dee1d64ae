import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holdsEscape, nameBytes, nameText } from './file-name.ts';

const roundTrip = (bytes: Buffer): Buffer => nameBytes(nameText(bytes));

it('gives back any bytes of a name', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(roundTrip(Buffer.from(bytes))).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 5000 },
  );
});

it('gives back bytes that are nearly UTF-8, escapes included', () => {
  // Bytes that begin, continue and break the sequences that matter, so that real ones are often met.
  const byte = fc.constantFrom(
    0x41,
    0x80,
    0xbe,
    0xbf,
    0xc3,
    0xa9,
    0xe0,
    0xed,
    0xa0,
    0xee,
    0xef,
    0xf0,
    0x90,
    0xf4,
    0x8f,
    0xff,
    0xc0,
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 12 }), (bytes) => {
      expect(roundTrip(Buffer.from(bytes))).toEqual(Buffer.from(bytes));
    }),
    { numRuns: 20_000 },
  );
});

it('keeps names that are valid UTF-8 readable, outside of the escapes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      fc.pre(!holdsEscape(name));
      expect(nameText(Buffer.from(name))).toBe(name);
    }),
  );
});

it('tells a raw byte from a name that holds its escape', () => {
  const raw = Buffer.of(0xe9);
  const real = Buffer.from('\uefe9');
  expect(nameText(raw)).toBe('\uefe9');
  expect(nameText(real)).not.toBe('\uefe9');
  expect(roundTrip(real)).toEqual(real);
});

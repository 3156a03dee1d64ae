import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StorageId } from '../../shared/domain/ids.ts';
import { defaultChunking } from './chunker-parameters.ts';
import { crc32 } from './crc32.ts';
import { encodeHeader, type Header, joinHeader, parseHeader, requireKnownFeatures } from './header.ts';
import { acceptedFlips, acceptedTruncations, origin, refusal } from './testing/hostile.ts';

const header: Header = {
  id: '0123456789abcdefghjk' as StorageId,
  name: 'Büro – Tresor',
  createdAtMs: 1_795_219_200_000,
  appVersion: '0.1.0',
  features: { read: 0, write: 0, prune: 0 },
  chunking: defaultChunking,
};
const mac = Uint8Array.from({ length: 32 }, (_, index) => index);
const file = joinHeader(encodeHeader(header), mac);
const parse = (bytes: Uint8Array) => parseHeader(bytes, origin);

/** A header of another program: any bytes before the checksum, which is right. */
function resealed(change: (view: DataView) => void): Uint8Array {
  const bytes = file.slice();
  const view = new DataView(bytes.buffer);
  change(view);
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
  return bytes;
}

describe('STORAGE', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), fc.maxSafeNat(), (name, createdAtMs) => {
        fc.pre(new TextEncoder().encode(name).length <= 400);
        const authenticated = encodeHeader({ ...header, name, createdAtMs });
        const parsed = parse(joinHeader(authenticated, mac));
        expect(parsed).toMatchObject({ ...header, name, createdAtMs, format: 1 });
        expect(parsed.authenticated).toEqual(authenticated);
        expect(parsed.mac).toEqual(mac);
      }),
    );
  });

  it('is refused at every shorter length, and with anything behind it', () => {
    expect(acceptedTruncations(file, parse)).toEqual([]);
    expect(refusal(() => parse(Uint8Array.of(...file, 0)))).toBe('storage.damaged');
  });

  it('is refused with any single bit flipped, before there is a key', () => {
    expect(acceptedFlips(file, parse)).toEqual([]);
  });

  it('names the version that is needed when a newer Strata wrote it, whatever follows', () => {
    const newer = resealed((view) => view.setUint16(8, 2, true)).slice(0, 40);
    newer.fill(0xee, 32);
    expect(() => parse(newer)).toThrow(
      expect.objectContaining({ code: 'storage.newer-format', facts: { ...origin, format: 2, app: '0.1.0' } }),
    );
  });

  it('is refused with an unknown feature for reading, and opens for reading with others', () => {
    expect(refusal(() => parse(resealed((view) => view.setUint32(32, 1, true))))).toBe('storage.newer-format');
    const parsed = parse(resealed((view) => view.setUint32(40, 0x8000_0000, true)));
    requireKnownFeatures(parsed, 'write', origin);
    expect(refusal(() => requireKnownFeatures(parsed, 'prune', origin))).toBe('storage.newer-format');
  });

  it('is refused with chunker parameters that would never cut, or want all memory', () => {
    for (const [offset, value] of [
      [72, 2],
      [76, 0],
      [80, 1],
      [84, 1],
      [84, 0xffff_ffff],
      [76, 0xffff_ffff],
    ] as const) {
      const hostile = resealed((view) =>
        offset === 72 ? view.setUint16(offset, value, true) : view.setUint32(offset, value, true),
      );
      expect(
        refusal(() => parse(hostile)),
        `offset ${offset}`,
      ).toBe('storage.damaged');
    }
  });

  it('is refused with a number that would not be exact', () => {
    expect(refusal(() => parse(resealed((view) => view.setUint8(71, 1))))).toBe('storage.damaged');
  });

  it('is refused with a name or an id that is no text', () => {
    expect(refusal(() => parse(resealed((view) => view.setUint8(90, 0xff))))).toBe('storage.damaged');
    expect(refusal(() => parse(resealed((view) => view.setUint8(44, 0x41))))).toBe('storage.damaged');
    expect(refusal(() => parse(resealed((view) => view.setUint16(88, 4000, true))))).toBe('storage.damaged');
  });

  it('never gives anything but a refusal for arbitrary bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => refusal(() => parse(bytes)) !== undefined));
    expect(refusal(() => parse(new Uint8Array(5000)))).toBe('storage.limit-exceeded');
  });
});

describe('crc32', () => {
  it('has the known check value', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf4_3926);
  });
});

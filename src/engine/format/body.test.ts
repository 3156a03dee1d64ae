import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blurredLength, bodyBytes, bodyPrefixBytes, encodeBody, frameBody, parseBody } from './body.ts';
import { recordComplaint } from './damage.ts';
import { acceptedTruncations, origin, refusal } from './testing/hostile.ts';

const parse = (bytes: Uint8Array) => parseBody(bytes, origin, recordComplaint(origin));

describe('a body', () => {
  it('gives back what was put in, whatever the padding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), fc.nat(10_000), fc.nat(3000), (stored, plainLength, extra) => {
        const body = encodeBody('zstd', plainLength, stored, bodyBytes(stored.length) + extra);
        expect(parse(body)).toEqual({ compression: 'zstd', plainLength, stored });
      }),
    );
  });

  it('can be framed around bytes that already lie there', () => {
    const body = new Uint8Array(bodyBytes(5)).fill(0xff);
    body.set([1, 2, 3, 4, 5], bodyPrefixBytes);
    frameBody(body, 'none', 5, 5);
    expect(body).toEqual(encodeBody('none', 5, Uint8Array.of(1, 2, 3, 4, 5)));
  });

  it('is refused with anything but zeros as padding, unknown compression, or lengths that do not fit', () => {
    const body = encodeBody('none', 3, Uint8Array.of(1, 2, 3));
    const changed = (offset: number, value: number) => refusal(() => parse(body.with(offset, value)));
    expect(changed(body.length - 1, 1)).toBe('storage.record-damaged');
    expect(changed(0, 2)).toBe('storage.record-damaged');
    expect(changed(1, 4)).toBe('storage.record-damaged');
    expect(changed(4, 0x10)).toBe('storage.limit-exceeded');
    expect(changed(8, 1)).toBe('storage.record-damaged');
    const [shortest] = acceptedTruncations(body, parse);
    expect(shortest).toBe(bodyPrefixBytes + 3);
  });
});

describe('blurred lengths', () => {
  it('are never shorter, at most 256 bytes or 1.6 % longer, and the same again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 64 * 1024 * 1024 }), (length) => {
        const blurred = blurredLength(length);
        expect(blurred).toBeGreaterThanOrEqual(length);
        expect(blurred - length).toBeLessThan(Math.max(256, length / 64));
        expect(blurredLength(blurred)).toBe(blurred);
      }),
    );
  });

  it('have 64 values from one power of two to the next', () => {
    const values = new Set<number>();
    for (let length = 1_048_577; length <= 2_097_152; length += 1) values.add(blurredLength(length));
    expect(values.size).toBe(64);
  });

  it('cost 0.8 % on average', () => {
    let before = 0;
    let after = 0;
    for (let length = 100_000; length < 4_000_000; length += 777) {
      before += length;
      after += blurredLength(length);
    }
    expect(after / before - 1).toBeLessThan(0.009);
  });
});

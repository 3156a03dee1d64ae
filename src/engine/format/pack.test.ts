import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChunkId } from '../../shared/domain/ids.ts';
import { bodyBytes } from './body.ts';
import { bundleTableBytes, encodeBundleTable, parseBundle } from './bundle.ts';
import { encodeFooter, type FooterEntry, parseFooter } from './footer.ts';
import {
  encodePackHeader,
  encodePackTrailer,
  footerBodyBytes,
  packGrain,
  packHeaderBytes,
  packTrailerBytes,
  parsePackHeader,
  parsePackTrailer,
} from './pack.ts';
import {
  encodeRecordHeader,
  footerId,
  parseRecordHeader,
  type RecordHeader,
  recordHeaderBytes,
  recordTypes,
  tagBytes,
} from './record.ts';
import { acceptedFlips, acceptedTruncations, origin, refusal } from './testing/hostile.ts';

const hexId = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const chunkList = fc.array(fc.record({ id: hexId.map((id) => id as ChunkId), length: fc.integer({ min: 1, max: 50 }) }), {
  minLength: 1,
  maxLength: 20,
});
const salt = Uint8Array.from({ length: 32 }, (_, index) => index + 1);

describe('the header of a pack', () => {
  it('gives back what was put in', () => {
    const header = { epoch: 7, salt };
    expect(parsePackHeader(encodePackHeader(header), origin)).toEqual(header);
    expect(refusal(() => parsePackHeader(encodePackHeader({ epoch: 0, salt }), origin))).toBe('storage.record-damaged');
  });

  it('is refused with any bit of its fixed part flipped; epoch and salt are authenticated by the records', () => {
    const flips = acceptedFlips(encodePackHeader({ epoch: 1, salt }), (bytes) => parsePackHeader(bytes, origin));
    expect(Math.min(...flips)).toBe(12);
  });
});

describe('the trailer of a pack', () => {
  const trailer = { header: { epoch: 1, salt }, footerOffset: 1000, footerLength: 500, footerHash: new Uint8Array(32).fill(9) };
  const bytes = encodePackTrailer(trailer);
  const parse = (given: Uint8Array) => parsePackTrailer(given, 1000 + 500 + packTrailerBytes, origin);

  it('gives back what was put in, and says where the footer is', () => {
    expect(bytes.length).toBe(packTrailerBytes);
    expect(parse(bytes)).toEqual(trailer);
  });

  it('is refused cut off, or when it does not place the footer at the end of this very file', () => {
    expect(acceptedTruncations(bytes, parse)).toEqual([]);
    expect(refusal(() => parsePackTrailer(bytes, 2000, origin))).toBe('storage.record-damaged');
    expect(refusal(() => parsePackTrailer(bytes, 300 * 1024 * 1024, origin))).toBe('storage.limit-exceeded');
    const flips = acceptedFlips(bytes, parse, [...bytes.keys()].slice(packHeaderBytes));
    expect(flips).toEqual([...bytes.keys()].slice(56, 88)); // the hash, which the caller compares
  });
});

describe('the header of a record', () => {
  const record = fc.record<RecordHeader>({
    type: fc.constantFrom(...recordTypes),
    ordinal: fc.nat(65_536),
    sealedLength: fc.integer({ min: tagBytes, max: 1_000_000 }),
    id: hexId,
  });

  it('gives back what was put in', () => {
    fc.assert(
      fc.property(record, (given) => {
        const header = given.type === 'footer' ? { ...given, id: footerId } : given;
        expect(parseRecordHeader(encodeRecordHeader(header), origin)).toEqual(header);
      }),
    );
  });

  it('is refused when it claims more than a record may have', () => {
    const bytes = encodeRecordHeader({ type: 'chunk', ordinal: 0, sealedLength: 100, id: footerId });
    const view = new DataView(bytes.buffer);
    view.setUint32(16, 64 * 1024 * 1024, true);
    expect(refusal(() => parseRecordHeader(bytes, origin))).toBe('storage.limit-exceeded');
    view.setUint32(16, 15, true);
    expect(refusal(() => parseRecordHeader(bytes, origin))).toBe('storage.record-damaged');
    view.setUint32(16, 16, true);
    view.setUint32(12, 65_537, true);
    expect(refusal(() => parseRecordHeader(bytes, origin))).toBe('storage.limit-exceeded');
    const footer = encodeRecordHeader({ type: 'footer', ordinal: 0, sealedLength: 100, id: 'ab'.repeat(32) });
    expect(refusal(() => parseRecordHeader(footer, origin))).toBe('storage.record-damaged');
    view.setUint8(8, 2);
    expect(refusal(() => parseRecordHeader(bytes, origin))).toBe('storage.newer-format');
  });
});

describe('a bundle', () => {
  it('places every chunk without hole or overlap', () => {
    fc.assert(
      fc.property(chunkList, (chunks) => {
        const data = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
        const plain = Uint8Array.of(...new Uint8Array(data), ...encodeBundleTable(chunks));
        const placed = parseBundle(plain, origin);
        expect(placed.map(({ id, length }) => ({ id, length }))).toEqual(chunks);
        let expected = 0;
        for (const { offset, length } of placed) {
          expect(offset).toBe(expected);
          expected += length;
        }
      }),
    );
  });

  it('is refused when its lengths do not fill it exactly, or a chunk is empty', () => {
    const id = 'ab'.repeat(32) as ChunkId;
    const table = encodeBundleTable([{ id, length: 2 }]);
    expect(refusal(() => parseBundle(Uint8Array.of(1, 2, 3, ...table), origin))).toBe('storage.record-damaged');
    expect(refusal(() => parseBundle(Uint8Array.of(1, ...table), origin))).toBe('storage.record-damaged');
    expect(refusal(() => parseBundle(encodeBundleTable([{ id, length: 0 }]), origin))).toBe('storage.record-damaged');
    expect(refusal(() => parseBundle(Uint8Array.of(0xff, 0xff, 0xff, 0xff), origin))).toBe('storage.record-damaged');
    expect(acceptedTruncations(Uint8Array.of(1, 2, ...table), (bytes) => parseBundle(bytes, origin))).toEqual([]);
  });
});

describe('a footer', () => {
  const entryOf = (id: string, chunks: FooterEntry['chunks']): FooterEntry => {
    const data = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    return { type: 'bundle', id, recordLength: 200, plainLength: data + bundleTableBytes(chunks.length), chunks, manifests: 0 };
  };
  const entry = fc.oneof(
    fc.tuple(hexId, chunkList).map(([id, chunks]) => entryOf(id, chunks)),
    hexId.map((id): FooterEntry => ({ type: 'chunk', id, recordLength: 5000, plainLength: 4000, chunks: [], manifests: 0 })),
    hexId.map((id): FooterEntry => ({ type: 'manifests', id, recordLength: 300, plainLength: 900, chunks: [], manifests: 12 })),
  );
  const endOf = (entries: readonly FooterEntry[]) => entries.reduce((sum, each) => sum + each.recordLength, packHeaderBytes);

  it('gives back what was put in, with places', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 10 }), (entries) => {
        const placed = parseFooter(encodeFooter(entries), endOf(entries), origin);
        expect(placed).toMatchObject(entries);
        expect(placed.map((each) => each.ordinal)).toEqual([...entries.keys()]);
        expect(placed[0]?.recordOffset ?? packHeaderBytes).toBe(packHeaderBytes);
      }),
    );
  });

  it('is refused at every shorter length, and when its records do not reach it', () => {
    const entries = [entryOf('cd'.repeat(32), [{ id: 'ab'.repeat(32) as ChunkId, length: 7 }])];
    const plain = encodeFooter(entries);
    expect(acceptedTruncations(plain, (bytes) => parseFooter(bytes, endOf(entries), origin))).toEqual([]);
    expect(refusal(() => parseFooter(plain, endOf(entries) + 1, origin))).toBe('storage.record-damaged');
  });

  it('is refused when an entry contradicts itself, or something follows the last one', () => {
    const chunks = [{ id: 'ab'.repeat(32) as ChunkId, length: 7 }];
    const plain = encodeFooter([entryOf('cd'.repeat(32), chunks)]);
    const changed = (offset: number, value: number) => {
      const bytes = plain.slice();
      new DataView(bytes.buffer).setUint32(offset, value, true);
      return refusal(() => parseFooter(bytes, packHeaderBytes + 200, origin));
    };
    expect(changed(9, 7 + bundleTableBytes(1) + 1)).toBe('storage.record-damaged'); // plain length
    expect(changed(45, 0)).toBe('storage.record-damaged'); // number of chunks
    expect(changed(45, 2)).toBe('storage.record-damaged');
    expect(changed(45, 0xffff_ffff)).toBe('storage.record-damaged');
    const chunk = encodeFooter([
      { type: 'chunk', id: 'cd'.repeat(32), recordLength: 200, plainLength: 9, chunks: [], manifests: 0 },
    ]);
    expect(refusal(() => parseFooter(chunk.with(45, 1), packHeaderBytes + 200, origin))).toBe('storage.record-damaged');
    const hollow = encodeFooter([entryOf('cd'.repeat(32), [])]);
    expect(refusal(() => parseFooter(hollow, packHeaderBytes + 200, origin))).toBe('storage.record-damaged');
    const longer = Uint8Array.of(...plain, 0);
    expect(refusal(() => parseFooter(longer, packHeaderBytes + 200, origin))).toBe('storage.record-damaged');
  });

  it('takes no memory for what it only claims', () => {
    expect(refusal(() => parseFooter(Uint8Array.of(0xff, 0xff, 0xff, 0xff), 48, origin))).toBe('storage.limit-exceeded');
    expect(refusal(() => parseFooter(Uint8Array.of(0xff, 0xff, 0, 0), 48, origin))).toBe('storage.record-damaged');
  });

  it('never gives anything but values or a refusal for arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(10_000), (bytes, offset) => {
        refusal(() => parseFooter(bytes, offset, origin));
        refusal(() => parseBundle(bytes, origin));
        refusal(() => parseRecordHeader(bytes, origin));
      }),
    );
  });

  it('is padded so that the pack becomes a multiple of 64 KiB', () => {
    fc.assert(
      fc.property(fc.integer({ min: 48, max: 33_000_000 }), fc.nat(100_000), (offset, tableBytes) => {
        const least = bodyBytes(tableBytes);
        const body = footerBodyBytes(offset, least);
        expect(body).toBeGreaterThanOrEqual(least);
        expect(body).toBeLessThan(least + packGrain);
        expect((offset + recordHeaderBytes + body + tagBytes + packTrailerBytes) % packGrain).toBe(0);
      }),
    );
  });
});

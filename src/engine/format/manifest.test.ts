import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemId, RunId, SourceId } from '../../shared/domain/ids.ts';
import { canonicalJson, type JsonValue } from '../../shared/domain/json.ts';
import { changes, itemKinds, type Manifest } from '../../shared/domain/item.ts';
import { encodeManifest, joinManifests, parseManifests } from './manifest.ts';
import { acceptedTruncations, origin, refusal } from './testing/hostile.ts';

const idOf = (letter: string) => letter.repeat(20);
const anyId = fc.stringMatching(/^[0-9a-z]{20}$/);
const anyDigest = fc.stringMatching(/^[0-9a-f]{64}$/);
const anyText = fc.string({ unit: 'binary', maxLength: 20 });
const anyPart = fc.record({
  part: anyText,
  digest: anyDigest,
  sizeBytes: fc.maxSafeNat(),
  chunks: fc.array(anyDigest, { maxLength: 3 }),
});
const anyManifest = fc.record(
  {
    item: anyId,
    version: fc.integer({ min: 1 }),
    kind: fc.constantFrom(...itemKinds),
    source: anyId,
    folder: fc.option(anyId),
    key: anyText,
    name: anyText,
    change: fc.constantFrom(...changes),
    validFromMs: fc.integer(),
    run: anyId,
    contentRevision: anyText,
    metadataRevision: anyText,
    identity: anyText,
    sizeBytes: fc.maxSafeNat(),
    metadata: fc.dictionary(anyText, fc.jsonValue({ noUnicodeString: false })),
    summary: fc.record(
      { title: anyText, from: anyText, timeMs: fc.integer(), hasAttachment: fc.boolean() },
      { requiredKeys: ['title'] },
    ),
    contents: fc.array(anyPart, { maxLength: 2 }),
    removed: fc.constant(true as const),
  },
  {
    requiredKeys: [
      'item',
      'version',
      'kind',
      'source',
      'folder',
      'key',
      'name',
      'change',
      'validFromMs',
      'run',
      'contentRevision',
      'metadataRevision',
      'sizeBytes',
      'metadata',
      'summary',
      'contents',
    ],
  },
) as unknown as fc.Arbitrary<Manifest>;

const sample: Manifest = {
  item: idOf('1') as ItemId,
  version: 1,
  kind: 'message',
  source: idOf('2') as SourceId,
  folder: idOf('3') as ItemId,
  key: '17:42',
  name: 'Grüße',
  change: 'created',
  validFromMs: 1_795_219_200_000,
  run: idOf('4') as RunId,
  contentRevision: 'a',
  metadataRevision: 'b',
  sizeBytes: 0,
  metadata: { flags: ['seen'] },
  summary: { title: 'Grüße' },
  contents: [],
};

/** A batch of one line that somebody else wrote. */
const batchOf = (value: unknown) => joinManifests([JSON.stringify(value)]);
const parse = (bytes: Uint8Array) => parseManifests(bytes, origin);

describe('a batch of manifests', () => {
  it('gives back what was put in, in order', () => {
    fc.assert(
      fc.property(fc.array(anyManifest, { maxLength: 5 }), (manifests) => {
        // Through JSON, because it does not know −0 and keeps `__proto__` as a plain member.
        expect(parse(joinManifests(manifests.map(encodeManifest)))).toEqual(JSON.parse(JSON.stringify(manifests)));
      }),
    );
  });

  it('is the same bytes for the same values, in whatever order members were set', () => {
    const reversed = Object.fromEntries(Object.entries(sample).reverse()) as unknown as Manifest;
    expect(encodeManifest(reversed)).toBe(encodeManifest(sample));
  });

  it('has the canonical text', () => {
    fc.assert(
      fc.property(anyManifest, (manifest) => {
        expect(encodeManifest(manifest)).toBe(canonicalJson(manifest as unknown as JsonValue));
      }),
    );
  });

  it('is refused at every shorter length', () => {
    expect(acceptedTruncations(joinManifests([encodeManifest(sample), encodeManifest(sample)]), parse)).toEqual([]);
  });

  it.each<[string, object]>([
    ['an unknown member', { ...sample, extra: 1 }],
    ['a missing member', { ...sample, name: undefined }],
    ['an id that is none', { ...sample, item: '../../etc/passwd' }],
    ['version 0', { ...sample, version: 0 }],
    ['an unknown kind', { ...sample, kind: 'virus' }],
    ['an unknown change', { ...sample, change: 'shrunk' }],
    ['a size below zero', { ...sample, sizeBytes: -1 }],
    ['a time that no calendar has', { ...sample, validFromMs: 1e17 }],
    ['metadata that is a list', { ...sample, metadata: [] }],
    ['a summary without title', { ...sample, summary: {} }],
    [
      'a chunk id in capitals',
      { ...sample, contents: [{ part: 'raw', digest: 'a'.repeat(64), sizeBytes: 1, chunks: ['A'.repeat(64)] }] },
    ],
    ['a list for a manifest', [sample]],
  ])('is refused with %s', (_, value) => {
    expect(refusal(() => parse(batchOf(value)))).toBe('storage.record-damaged');
  });

  it('is refused with another number of lines, another first line, or what is not UTF-8', () => {
    const text = (...lines: string[]) => new TextEncoder().encode(`${lines.join('\n')}\n`);
    const line = encodeManifest(sample);
    expect(refusal(() => parse(text('{"count":2,"manifests":1}', line)))).toBe('storage.record-damaged');
    expect(refusal(() => parse(text('{"count":0,"manifests":1}', line)))).toBe('storage.record-damaged');
    expect(refusal(() => parse(text('{"count":1,"manifests":2}', line)))).toBe('storage.newer-format');
    expect(refusal(() => parse(text('{"count":1}', line)))).toBe('storage.record-damaged');
    expect(refusal(() => parse(text(line)))).toBe('storage.record-damaged');
    expect(refusal(() => parse(joinManifests([line]).with(-1, 0x20)))).toBe('storage.record-damaged');
    expect(refusal(() => parse(Uint8Array.of(...joinManifests([line]).slice(0, -2), 0xff, 0x0a)))).toBe('storage.record-damaged');
  });

  it('does not quote what it refuses', () => {
    const bytes = new TextEncoder().encode('{"count":1,"manifests":1}\n{"name":"secret subject\n');
    try {
      parse(bytes);
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify([error, (error as Error).cause, String((error as Error).cause)])).not.toContain('secret');
    }
  });

  it('is not written when it could not be read again', () => {
    expect(() => encodeManifest({ ...sample, version: 0 })).toThrow(RangeError);
    for (const value of [undefined, Number.NaN, 1n, () => 1]) {
      expect(() => encodeManifest({ ...sample, metadata: { size: value } } as unknown as Manifest)).toThrow();
      expect(() => encodeManifest({ ...sample, summary: { title: 'a', timeMs: value } } as unknown as Manifest)).toThrow();
    }
  });
});

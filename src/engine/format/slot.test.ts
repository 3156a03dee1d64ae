import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StorageId } from '../../shared/domain/ids.ts';
import { crc32 } from './crc32.ts';
import { encodeSlotHead, joinSlot, parseSlot, type SlotHead, wrappedBytes } from './slot.ts';
import { acceptedFlips, acceptedTruncations, origin, refusal } from './testing/hostile.ts';

const slot: SlotHead = {
  kind: 'password',
  cost: { memoryKiB: 262_144, passes: 3 },
  storage: '0123456789abcdefghjk' as StorageId,
  createdAtMs: 1_795_219_200_000,
  salt: new Uint8Array(16).fill(1),
  nonce: new Uint8Array(24).fill(2),
  keys: 2,
  hasSheetKey: false,
};
const wrapped = new Uint8Array(wrappedBytes(2, false)).fill(3);
const file = joinSlot(encodeSlotHead(slot), wrapped);
const parse = (bytes: Uint8Array) => parseSlot(bytes, origin);

function resealed(change: (view: DataView) => void): Uint8Array {
  const bytes = file.slice();
  const view = new DataView(bytes.buffer);
  change(view);
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
  return bytes;
}

describe('a key slot', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 64 }),
        fc.option(fc.record({ memoryKiB: fc.nat(), passes: fc.nat() })),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        (keys, cost, salt) => {
          const given: SlotHead = { ...slot, keys, cost, salt, kind: cost === null ? 'recovery' : 'password' };
          const head = encodeSlotHead(given);
          const parsed = parse(joinSlot(head, new Uint8Array(wrappedBytes(keys, false))));
          expect(parsed).toMatchObject(given);
          expect(parsed.head).toEqual(head);
        },
      ),
    );
  });

  it('is refused at every shorter length, and with anything behind it', () => {
    expect(acceptedTruncations(file, parse)).toEqual([]);
    expect(refusal(() => parse(Uint8Array.of(...file, 0)))).toBe('storage.damaged');
  });

  it('is called damaged, never a wrong password, with any single bit flipped', () => {
    expect(acceptedFlips(file, parse)).toEqual([]);
  });

  it('tells its parts by its length, and takes no other length', () => {
    const build = (kind: SlotHead['kind'], hasSheetKey: boolean, ...parts: number[]): Uint8Array => {
      const cost = kind === 'password' ? slot.cost : null;
      const head = encodeSlotHead({ ...slot, kind, cost, hasSheetKey });
      return joinSlot(head, new Uint8Array(wrappedBytes(2, hasSheetKey)), ...parts.map((length) => new Uint8Array(length)));
    };
    const parsed = parse(build('recovery', true, 112, 48));
    expect([parsed.keys, parsed.note?.sealed.length, parsed.sheet?.sealed.length]).toEqual([2, 112, 48]);
    expect(parse(build('password', true, 112)).sheet).toBeNull();
    expect(parse(build('device', false)).note).toBeNull();
    for (const wrong of [
      build('password', true, 112, 48),
      build('recovery', false, 112, 48),
      build('recovery', true, 48),
      build('recovery', true, 112, 47),
      build('device', true, 112),
    ]) {
      expect(refusal(() => parse(wrong))).toBe('storage.damaged');
    }
    const whole = build('recovery', true, 112, 48);
    expect(acceptedFlips(whole, parse)).toEqual([]);
    expect(acceptedTruncations(whole, parse)).toEqual([]);
  });

  it('is newer when its kind or its derivation is unknown', () => {
    expect(refusal(() => parse(resealed((view) => view.setUint8(10, 4))))).toBe('storage.newer-format');
    expect(refusal(() => parse(resealed((view) => view.setUint8(11, 2))))).toBe('storage.newer-format');
  });

  it('is refused when a password would not be stretched, or several lanes are claimed', () => {
    const bare = resealed((view) => {
      view.setUint8(11, 0);
      for (const offset of [12, 16, 20]) view.setUint32(offset, 0, true);
    });
    expect(refusal(() => parse(bare))).toBe('storage.damaged');
    expect(refusal(() => parse(resealed((view) => view.setUint32(20, 4, true))))).toBe('storage.damaged');
  });

  it('is refused when it claims more keys than it has, without taking memory for them', () => {
    expect(refusal(() => parse(resealed((view) => view.setUint32(92, 0xffff_ffff, true))))).toBe('storage.limit-exceeded');
    expect(refusal(() => parse(resealed((view) => view.setUint32(92, 3, true))))).toBe('storage.damaged');
    expect(refusal(() => parse(resealed((view) => view.setUint32(92, 0, true))))).toBe('storage.damaged');
  });
});

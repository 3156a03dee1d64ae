import { beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { someBytes } from '../../../test/kit/storage-world.ts';
import type { ChunkId } from '../../shared/domain/ids.ts';
import { openSodium, type PackCipher, StorageKeys } from '../crypto/index.ts';
import { openZstd, type Zstd } from './compress.ts';
import { type RecordDraft, RecordSealer } from './record-sealer.ts';

const zstd = openZstd();
const random = seededRandom(5);
let keys: StorageKeys;
let cipher: PackCipher;

beforeEach(async () => {
  keys = StorageKeys.create(await openSodium(), random);
  cipher = keys.beginPack(random);
});

function draftOf(plain: Uint8Array): RecordDraft {
  const id: ChunkId = keys.chunkId(plain);
  return { type: 'chunk', id, plain, isGenuine: (back) => keys.chunkId(back) === id };
}

const flip = (bytes: Uint8Array): void => {
  const at = random.below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
};

/** A cipher of which one step goes wrong. */
function faultyCipher(step: 'before sealing' | 'after sealing' | 'while opening'): PackCipher {
  return new Proxy(cipher, {
    get(of, name) {
      if (name === 'seal') {
        return (...[purpose, header, body, into]: Parameters<PackCipher['seal']>) => {
          if (step === 'before sealing') flip(body);
          of.seal(purpose, header, body, into);
          if (step === 'after sealing') flip(into);
        };
      }
      if (name === 'opener' && step === 'while opening') {
        return {
          open: (...args: Parameters<PackCipher['opener']['open']>) => {
            const opened = of.opener.open(...args);
            flip(opened);
            return opened;
          },
        };
      }
      const value: unknown = Reflect.get(of, name, of);
      return typeof value === 'function' ? (value.bind(of) as unknown) : value;
    },
  });
}

function faultyZstd(step: 'compress' | 'decompress'): Zstd {
  const flipped = (bytes: Uint8Array): Uint8Array => {
    const copy = bytes.slice();
    flip(copy);
    return copy;
  };
  return {
    compress: (plain) => (step === 'compress' ? flipped(zstd.compress(plain)) : zstd.compress(plain)),
    decompress: (stored, length) =>
      step === 'decompress' ? flipped(zstd.decompress(stored, length)) : zstd.decompress(stored, length),
    release: (bytes) => zstd.release(bytes),
  };
}

const failed = expect.objectContaining({ code: 'storage.verify-failed' }) as unknown;
const contents = [someBytes(20_000, 1, 'text'), someBytes(20_000, 2, 'noise')] as const;

describe('a record', () => {
  it.each(contents)('opens to what was sealed', (plain) => {
    const record = new RecordSealer(zstd).seal(cipher, draftOf(plain));
    expect(record.length).toBeGreaterThan(100);
  });

  it('has a blurred length', () => {
    const lengths = new Set<number>();
    for (let length = 1000; length < 1256; length++)
      lengths.add(new RecordSealer(zstd).seal(cipher, draftOf(someBytes(length, 1))).length);
    expect(lengths.size).toBeLessThanOrEqual(2);
  });
});

describe('one flipped bit is noticed before the record is in its pack', () => {
  it.each(contents)('in the plain bytes, after they were hashed', (plain) => {
    for (let round = 0; round < 200; round++) {
      const copy = plain.slice();
      const draft = draftOf(copy);
      flip(copy);
      expect(() => new RecordSealer(zstd).seal(cipher, draft)).toThrow(failed);
    }
  });

  it.each(['compress', 'decompress'] as const)('in what zstd gives: %s', (step) => {
    const sealer = new RecordSealer(faultyZstd(step));
    for (let round = 0; round < 200; round++) {
      try {
        sealer.seal(cipher, draftOf(contents[0]));
      } catch (error) {
        expect(error).toEqual(failed);
        continue;
      }
      // A bit that changes nothing of what comes out is no damage: unused bits of a frame.
      expect(step).toBe('compress');
    }
  });

  it.each(['before sealing', 'after sealing', 'while opening'] as const)('%s', (step) => {
    for (const plain of contents) {
      const faulty = faultyCipher(step);
      let unnoticed = 0;
      for (let round = 0; round < 200; round++) {
        try {
          new RecordSealer(zstd).seal(faulty, draftOf(plain));
          unnoticed += 1;
        } catch (error) {
          expect(error).toEqual(failed);
        }
      }
      expect(unnoticed).toBe(0);
    }
  });
});

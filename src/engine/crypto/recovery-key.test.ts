import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { nativeSodium } from './native-sodium.ts';
import { checkCharacters, parseRecoveryKey, recoveryKeyWords } from './recovery-key.ts';
import { recoveryWords } from './recovery-words.ts';
import { sha256Hex } from './sha256.ts';
import type { Sodium } from './sodium.ts';

const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 });
const words = (key: Uint8Array) => recoveryKeyWords(key).split(' ');
const malformed = (facts: object): unknown => expect.objectContaining({ code: 'storage.recovery-key-malformed', facts });

let sodium: Sodium;
beforeAll(async () => {
  sodium = await nativeSodium();
});

describe('a recovery key', () => {
  it('is 24 words that give it back', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        expect(words(key)).toHaveLength(24);
        expect(parseRecoveryKey(recoveryKeyWords(key))).toEqual(key);
      }),
    );
  });

  it('has the words that BIP-39 gives the same bits', () => {
    // Of its published test vectors.
    expect(recoveryKeyWords(new Uint8Array(32))).toBe(`${'abandon '.repeat(23)}art`);
    expect(recoveryKeyWords(new Uint8Array(32).fill(0x7f))).toBe(
      'legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title',
    );
    expect(recoveryKeyWords(Buffer.from('f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f', 'hex'))).toBe(
      'void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing screen patrol group space point ten exist slush involve unfold',
    );
  });

  it.each<[string, (words: string[]) => string]>([
    ['capitals', (list) => list.join(' ').toUpperCase()],
    ['numbers, dots and line ends', (list) => list.map((word, index) => `${index + 1}. ${word}`).join('\r\n')],
    ['dashes', (list) => list.join('-')],
    ['odd spaces', (list) => `\t${list.join('  ')}\n`],
    ['four letters only', (list) => list.map((word) => word.slice(0, 4)).join(' ')],
    [
      'wide letters',
      (list) =>
        list.map((word) => word.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))).join(' '),
    ],
  ])('is read with %s', (_, typed) => {
    fc.assert(
      fc.property(anyKey, (key) => {
        expect(parseRecoveryKey(typed(words(key)))).toEqual(key);
      }),
      { numRuns: 20 },
    );
  });

  it('says where the first word is that is none', () => {
    const list = words(new Uint8Array(32));
    expect(() => parseRecoveryKey(list.with(6, 'abandonment').join(' '))).toThrow(malformed({ position: 7 }));
    expect(() => parseRecoveryKey(list.with(0, 'xyzzy').join(' '))).toThrow(malformed({ position: 1 }));
    expect(() => parseRecoveryKey(list.with(3, 'aba').join(' '))).toThrow(malformed({ position: 4 }));
  });

  it('is malformed with a word less, a word more, or a wrong checksum', () => {
    const list = words(new Uint8Array(32));
    expect(() => parseRecoveryKey(list.slice(1).join(' '))).toThrow(malformed({ words: 23 }));
    expect(() => parseRecoveryKey([...list, 'zoo'].join(' '))).toThrow(malformed({ words: 25 }));
    expect(() => parseRecoveryKey(list.with(23, 'zoo').join(' '))).toThrow(malformed({ words: 24 }));
    expect(() => parseRecoveryKey('')).toThrow(malformed({ words: 0 }));
  });

  it('mistyped by one word is nearly always noticed', () => {
    const list = words(Buffer.from('f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f', 'hex'));
    let noticed = 0;
    for (const word of recoveryWords) {
      try {
        parseRecoveryKey(list.with(5, word).join(' '));
      } catch {
        noticed += 1;
      }
    }
    expect(noticed).toBeGreaterThan(2048 * 0.99);
  });

  it('has four check characters that follow from it alone', () => {
    const key = new Uint8Array(32).fill(3);
    expect(checkCharacters(sodium, key)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(checkCharacters(sodium, key)).toBe(checkCharacters(sodium, key));
    expect(checkCharacters(sodium, key)).not.toBe(checkCharacters(sodium, new Uint8Array(32).fill(4)));
  });
});

describe('the list of words', () => {
  it('is the one of the specification', () => {
    const text = `${recoveryWords.join('\n')}\n`;
    expect(sha256Hex(Buffer.from(text))).toBe('2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda');
    expect(readFileSync(new URL('../../../docs/format/recovery-words.txt', import.meta.url), 'utf8')).toBe(text);
  });

  it('tells its words apart by four letters', () => {
    expect(new Set(recoveryWords.map((word) => word.slice(0, 4))).size).toBe(2048);
  });
});

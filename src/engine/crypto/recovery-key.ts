import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Random } from '../kernel/random.ts';
import { derive } from './derive.ts';
import { recoveryWords } from './recovery-words.ts';
import { sha256 } from './sha256.ts';
import { keyBytes, type Sodium } from './sodium.ts';

const wordCount = 24;
const bitsPerWord = 11;
/** Enough to tell all words apart, so enough to type. */
const distinctLetters = 4;

const numberOfWord = new Map(recoveryWords.map((word, number) => [word.slice(0, distinctLetters), number]));

/** 256 random bits. The caller wipes them. */
export const newRecoveryKey = (random: Random): Uint8Array => random.bytes(keyBytes);

/** 24 words: 256 bits and a checksum of 8, 11 bits a word, as BIP-39 does. docs/format/recovery-key.md */
export function recoveryKeyWords(key: Uint8Array): string {
  const bytes = [...key, sha256(key)[0] as number];
  const words: string[] = [];
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    held += 8;
    if (held < bitsPerWord) continue;
    held -= bitsPerWord;
    words.push(recoveryWords[bits >>> held] as string);
    bits &= (1 << held) - 1;
  }
  return words.join(' ');
}

/**
 * Forgives capitals, numbers before words, any spaces, dashes and line ends, and words cut to four letters.
 * What is not 24 words of the list with a right checksum is malformed: somebody mistyped. A key that is well formed but of
 * another storage fails only when a slot is opened with it.
 */
export function parseRecoveryKey(text: string): Uint8Array {
  const typed = text
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  const numbers = typed.map((word, index) => numberOf(word, index + 1));
  if (numbers.length !== wordCount) throw malformed({ words: numbers.length });
  const bytes = new Uint8Array(keyBytes + 1);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const number of numbers) {
    bits = (bits << bitsPerWord) | number;
    held += bitsPerWord;
    for (; held >= 8; at += 1) {
      held -= 8;
      bytes[at] = bits >>> held;
      bits &= (1 << held) - 1;
    }
  }
  const key = bytes.subarray(0, keyBytes);
  if (sha256(key)[0] !== bytes[keyBytes]) throw malformed({ words: wordCount });
  return key;
}

/** A longer word must be the list's word whole: `abandonment` is a mistake, `aban` an abbreviation. */
function numberOf(word: string, position: number): number {
  const number = numberOfWord.get(word.slice(0, distinctLetters));
  if (number === undefined || !(recoveryWords[number] as string).startsWith(word)) throw malformed({ position });
  return number;
}

const malformed = (facts: { position: number } | { words: number }): StrataError =>
  new StrataError('storage.recovery-key-malformed', 'after-user-action', facts);

const checkAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Four characters that are printed on the sheet and shown nowhere else: typing them proves that the sheet exists.
 * They follow from the key, yet give away 20 of its 256 bits at most.
 */
export function checkCharacters(sodium: Sodium, key: Uint8Array): string {
  const derived = derive(sodium, key, 'check-characters');
  const text = Array.from(derived.subarray(0, 4), (byte) => checkAlphabet[byte & 31]).join('');
  sodium.wipe(derived);
  return text;
}

import type { SearchTerm } from './search-query.ts';

/** A place in a text where what was looked for stands, in one line. */
export interface Extract {
  readonly before: string;
  readonly hit: string;
  readonly after: string;
}

/** Letters around the hit that a line has room for. */
const around = 60;

/** Of a text: where the first of the terms that stands in it at all stands first. Null: none does. */
export function extractor(terms: readonly SearchTerm[]): (text: string) => Extract | null {
  const ofTexts = terms.filter(({ column }) => column === null || column === 'text');
  const patterns = ofTexts.flatMap((term) => patternOf(term) ?? []);
  return (text) => extractOf(text, patterns);
}

function extractOf(text: string, patterns: readonly RegExp[]): Extract | null {
  const folded = foldedText(text);
  for (const pattern of patterns) {
    const found = pattern.exec(folded);
    if (found) return cutOut(text, placeIn(text, folded, found.index), placeIn(text, folded, found.index + found[0].length));
  }
  return null;
}

/** As the index compares: without marks on letters, and small ones for large ones. */
const foldedText = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Words are letters and digits, and what lies between them does not count. */
function patternOf({ text, exact }: SearchTerm): RegExp | undefined {
  const words = foldedText(text).match(/[\p{L}\p{N}\p{Co}]+/gu);
  if (words === null) return undefined;
  const end = exact || !isBeginning(text) ? '(?![\\p{L}\\p{N}\\p{Co}])' : '[\\p{L}\\p{N}\\p{Co}]*';
  return new RegExp(`(?<![\\p{L}\\p{N}\\p{Co}])${words.join('[^\\p{L}\\p{N}\\p{Co}]+')}${end}`, 'u');
}

/** In texts a beginning has three letters: of less, nearly every text has one. */
export const isBeginning = (text: string): boolean => [...text].length >= 3;

/** Folding changes how long some letters are: then it is counted where the same letter stands. */
function placeIn(text: string, folded: string, at: number): number {
  if (folded.length === text.length) return at;
  let place = 0;
  let length = 0;
  for (const letter of text) {
    if (length >= at) break;
    length += foldedText(letter).length;
    place += letter.length;
  }
  return place;
}

function cutOut(text: string, from: number, to: number): Extract {
  const begin = Math.max(0, from - around);
  const end = Math.min(text.length, to + around);
  return {
    before: `${begin > 0 ? '…' : ''}${inOneLine(withoutHalf(text.slice(begin, from)).trimStart())}`,
    hit: inOneLine(text.slice(from, to)),
    after: `${inOneLine(withoutHalf(text.slice(to, end)).trimEnd())}${end < text.length ? '…' : ''}`,
  };
}

const inOneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ');
/** A cut may fall inside a sign of two halves. */
const withoutHalf = (text: string): string => text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');

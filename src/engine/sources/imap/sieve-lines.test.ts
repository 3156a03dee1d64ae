import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../test/kit/seeded-random.ts';
import { answerBytes, SieveLines, SieveSyntaxError } from './sieve-lines.ts';

type Lines = (readonly [isData: boolean, text: string])[][];

function read(bytes: Buffer, cuts: readonly number[] = []): Lines {
  const lines = new SieveLines();
  const found: Lines = [];
  let from = 0;
  for (const to of [...cuts, bytes.length]) {
    lines.push(bytes.subarray(from, to));
    from = to;
    for (let line = lines.next(); line !== undefined; line = lines.next())
      found.push(line.map((word) => [word.isData, word.bytes.toString('latin1')]));
  }
  return found;
}

describe('answers of ManageSieve', () => {
  it('are words in lines, and data that is counted is data whatever stands in it', () => {
    const counted = Buffer.from('{6}\r\nOK\r\n\r\n ACTIVE\r\nOK {4+}\r\ndone\r\n');
    expect(read(counted)).toEqual([
      [
        [true, 'OK\r\n\r\n'],
        [false, 'ACTIVE'],
      ],
      [
        [false, 'OK'],
        [true, 'done'],
      ],
    ]);
    expect(read(Buffer.from('NO (QUOTA/MAXSCRIPTS) "say \\"no\\" \\\\"\n'))).toEqual([
      [
        [false, 'NO'],
        [false, '('],
        [false, 'QUOTA/MAXSCRIPTS'],
        [false, ')'],
        [true, 'say "no" \\'],
      ],
    ]);
  });

  it('are the same however the network cuts them', () => {
    const bytes = Buffer.from('"work" ACTIVE\r\n"a {3}"\r\n{12}\r\nOK\r\n"x" {9}\r\r\nOK "\xc3\xa4"\r\n', 'latin1');
    const whole = read(bytes);
    expect(whole.at(-1)?.[0]).toEqual([false, 'OK']);
    const { below } = seededRandom(1);
    for (let round = 0; round < 300; round += 1) {
      const cuts = Array.from({ length: below(12) }, () => below(bytes.length + 1)).sort((one, other) => one - other);
      expect(read(bytes, cuts)).toEqual(whole);
    }
    expect(read(bytes, [...bytes.keys()])).toEqual(whole);
  });

  it.for([
    ['a quote that does not end', '"abc\r\n'],
    ['a brace', 'OK {x}\r\n'],
    ['data longer than any', `{${answerBytes + 1}}\r\n`],
    ['data of an endless length', '{9999999999}\r\n'],
    ['a line without an end', 'x'.repeat(answerBytes + 1)],
  ] as const)('are refused with %s', ([, text]) => {
    expect(() => read(Buffer.from(text))).toThrow(SieveSyntaxError);
  });

  it('never hang and are never taken for more than came, whatever the bytes are (seed 7)', () => {
    const { below } = seededRandom(7);
    const pieces = ['"', '\\', '{', '}', '+', '\r\n', '\n', 'OK', 'NO', '(', ')', ' ', '3', '\0', '\xff', 'a'];
    for (let round = 0; round < 3000; round += 1) {
      const text = Array.from({ length: below(40) }, () => pieces[below(pieces.length)]).join('');
      const bytes = Buffer.from(text, 'latin1');
      try {
        const length = read(bytes)
          .flat()
          .reduce((sum, [, word]) => sum + word.length, 0);
        expect(length).toBeLessThanOrEqual(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(SieveSyntaxError);
      }
    }
  });
});

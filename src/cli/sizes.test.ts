import { describe, expect, it } from 'vitest';
import { parseSize } from './sizes.ts';

describe('a size', () => {
  it.each([
    ['500', 500],
    ['10k', 10_240],
    ['5M', 5_242_880],
    ['1.5 GiB', 1_610_612_736],
    ['2TB', 2_199_023_255_552],
  ])('reads %s', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each(['', 'k', '-1', '5 X', '1e9', '99999999999999999', '9999999999999t'])('refuses %j', (text) => {
    expect(() => parseSize(text)).toThrow();
  });
});

import { describe, expect, it } from 'vitest';
import { makePassword, shortestPassword, strengthOf, wordCount } from './passwords.ts';

describe('a password that is made', () => {
  it('has five of 256 words and a number, and another one each time', () => {
    expect(wordCount).toBe(256);
    const made = new Set(Array.from({ length: 200 }, makePassword));
    expect(made.size).toBe(200);
    for (const password of made) expect(password).toMatch(/^[a-z]+(-[a-z]+){4}-\d\d$/);
  });

  it('is strong by our own measure', () => {
    for (let index = 0; index < 100; index += 1) expect(strengthOf(makePassword())).toMatch(/strong/i);
  });
});

describe('strength', () => {
  it.each([
    ['', 'weak'],
    ['password', 'weak'],
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['12345678901234', 'weak'],
    ['correct horse battery staple', 'veryStrong'],
  ])('of %j is %s', (password, strength) => {
    expect(strengthOf(password)).toBe(strength);
  });

  it('asks for at least what the engine asks for', () => {
    expect(shortestPassword).toBe(8);
  });
});

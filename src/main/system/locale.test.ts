import { expect, it } from 'vitest';
import { usableLocale } from './locale.ts';

it('finds a language that dates can be written in, whatever the system calls its own', () => {
  expect(usableLocale(['de-AT', 'en-US'])).toBe('de-AT');
  expect(usableLocale(['C', 'de'])).toBe('de');
  expect(usableLocale(['', undefined, 'en_US.UTF-8'])).toBe('en');
});

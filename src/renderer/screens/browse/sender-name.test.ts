import { expect, test } from 'vitest';
import { senderName } from './sender-name.ts';

test('a sender is told by name where there is one, else by address', () => {
  expect(senderName('Bob Halloran <bob@x.example>')).toBe('Bob Halloran');
  expect(senderName('"Halloran, Bob" <bob@x.example>')).toBe('Halloran, Bob');
  expect(senderName('<bob@x.example>')).toBe('bob@x.example');
  expect(senderName('bob@x.example')).toBe('bob@x.example');
  expect(senderName(null)).toBe('');
});

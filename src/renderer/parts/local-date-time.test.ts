import { expect, test } from 'vitest';
import { localDateTime, parseLocalDateTime } from './local-date-time.ts';

test('a moment survives the field, and everything within its minute is included', () => {
  const ms = new Date(2026, 2, 1, 10, 5, 30).getTime();
  expect(localDateTime(ms)).toBe('2026-03-01T10:05');
  const parsed = parseLocalDateTime(localDateTime(ms));
  expect(parsed).toBeGreaterThanOrEqual(ms);
  expect(localDateTime(parsed ?? 0)).toBe('2026-03-01T10:05');
});

test('half a date is no date', () => {
  expect(parseLocalDateTime('2026-03')).not.toBeNaN();
  expect(parseLocalDateTime('')).toBeNull();
});

import { expect, it } from 'vitest';
import { pauseEnd } from './pause-end.ts';

it('a pause ends after an hour, on the next morning, or at once', () => {
  const now = new Date(2026, 11, 31, 23, 30);
  expect(pauseEnd('hour', now)).toBe(new Date(2027, 0, 1, 0, 30).getTime());
  expect(pauseEnd('tomorrow', now)).toBe(new Date(2027, 0, 1, 8).getTime());
  expect(pauseEnd(null, now)).toBeNull();
});

import { expect, it } from 'vitest';
import type { ItemKind } from '../../shared/domain/item.ts';
import { madeItem } from '../sources/testing/capture.ts';
import { isRecent, recentSince } from './recent-first.ts';

const dayMs = 24 * 60 * 60 * 1000;
const momentMs = 1000 * dayMs;

it.each<[string, boolean, ItemKind, number?]>([
  ['a letter of three days', true, 'message', 3],
  ['a letter of 30 days', true, 'message', 30],
  ['a letter of 31 days', false, 'message', 31],
  ['an undated letter', true, 'message'],
  ['a friend of old', true, 'contact', 900],
  ['the next meeting', true, 'event', -10],
  ['an old meeting', false, 'event', 100],
  ['an old file', false, 'file', 60],
])('%s comes first: %s', (name, isFirst, kind, daysBefore) => {
  const { manifest } = madeItem({ name, kind });
  const timeMs = daysBefore === undefined ? {} : { timeMs: momentMs - daysBefore * dayMs };
  expect(isRecent({ ...manifest, summary: { title: name, ...timeMs } }, recentSince(momentMs))).toBe(isFirst);
});

import { expect, it } from 'vitest';
import type { ItemId } from '../../../shared/domain/ids.ts';
import { LeftBehind } from './left-behind.ts';

const [before, now] = ['before' as ItemId, 'now' as ItemId];
const begin = (isAlone = true): LeftBehind => new LeftBehind(new Map([[before, 1]]), isAlone);

it('What was left already keeps the time since when, and is marked as taken only then', () => {
  const left = begin();
  for (const item of [before, now]) left.leave(item);
  expect(left.acts()).toEqual({ unchooses: [now], chooses: [] });
  for (const item of [before, now]) left.take(item);
  expect(left.acts()).toEqual({ unchooses: [now], chooses: [before] });
});

it('Where another job may take it, nothing new is marked, and what this one takes is taken back', () => {
  const left = begin(false);
  left.leave(now);
  left.take(before);
  expect(left.acts()).toEqual({ unchooses: [], chooses: [before] });
  expect([left.wasLeft(before), left.wasLeft(now)]).toEqual([true, false]);
});

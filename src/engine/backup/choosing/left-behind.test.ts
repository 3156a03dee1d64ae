import { describe, expect, it } from 'vitest';
import type { ItemId } from '../../../shared/domain/ids.ts';
import { LeftBehind } from './left-behind.ts';

const [before, now] = ['before' as ItemId, 'now' as ItemId];
const begin = (isAlone = true): LeftBehind => new LeftBehind(new Map([[before, 1]]), isAlone);

it('What was left already keeps the time since when, and is marked as taken only then', () => {
  const left = begin();
  for (const item of [before, now]) left.leave(item);
  expect(left.acts()).toMatchObject({ unchooses: [now], chooses: [] });
  for (const item of [before, now]) left.take(item);
  expect(left.acts()).toMatchObject({ unchooses: [now], chooses: [before] });
});

it('Where another job may take it, nothing new is marked, and what this one takes is taken back', () => {
  const left = begin(false);
  left.leave(now);
  left.take(before);
  expect(left.acts()).toMatchObject({ unchooses: [], chooses: [before] });
  expect([left.wasLeft(before), left.wasLeft(now)]).toEqual([true, false]);
});

describe('What is left out', () => {
  const letGo = new Map([[before, 2]]);

  it('is let go once, and never what is taken again', () => {
    const left = new LeftBehind(new Map([[before, 1]]), true, { letsGo: true, letGo: new Map() });
    left.leave(now);
    expect(left.acts()).toMatchObject({ letsGo: [before, now], keeps: [] });
    left.take(before);
    expect(left.acts().letsGo).toEqual([now]);
    const again = new LeftBehind(new Map([[before, 1]]), true, { letsGo: true, letGo });
    again.leave(before);
    expect(again.acts()).toMatchObject({ letsGo: [], keeps: [] });
  });

  it('stays where another job may take it', () => {
    const left = new LeftBehind(new Map([[before, 1]]), false, { letsGo: true, letGo: new Map() });
    left.leave(now);
    expect(left.acts()).toMatchObject({ letsGo: [], keeps: [] });
  });

  it('is kept again as soon as one job keeps it', () => {
    expect(new LeftBehind(new Map([[before, 1]]), false, { letsGo: false, letGo }).acts()).toMatchObject({ keeps: [before] });
    const taken = new LeftBehind(new Map([[before, 1]]), true, { letsGo: false, letGo });
    taken.take(before);
    expect(taken.acts()).toMatchObject({ chooses: [before], keeps: [] });
  });
});

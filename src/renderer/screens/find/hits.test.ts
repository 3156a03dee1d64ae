import { expect, it } from 'vitest';
import { inbox, rowOf } from '../../../../test/kit/renderer/sample-mail.ts';
import type { ItemId, SourceId } from '../../../shared/domain/ids.ts';
import type { StorageSummary } from '../../state/index.ts';
import { countedBy, fits, type FoundRow, hitsOf, newestFirst } from './hits.ts';

const storage = (id: string) => ({ id, name: id }) as StorageSummary;
const row = (item: string, more: Partial<FoundRow> = {}): FoundRow => ({
  ...rowOf(inbox, 0),
  firstSeenMs: 0,
  extract: null,
  item: item as ItemId,
  ...more,
});
const a = 'a' as SourceId;
const b = 'b' as SourceId;
const hits = [
  ...hitsOf(storage('one'), [
    row('1', { timeMs: 5, source: a, kind: 'message', deleted: false }),
    row('2', { timeMs: null, source: a, kind: 'event', deleted: true }),
  ]),
  ...hitsOf(storage('two'), [row('1', { timeMs: 9, source: b, kind: 'message', deleted: true })]),
];

it('an item that lies in two storages is two hits', () => {
  expect(new Set(hits.map(({ key }) => key)).size).toBe(3);
});

it('the newest comes first, whatever storage it lies in', () => {
  expect(newestFirst(hits).map(({ key }) => key)).toEqual(['two 1', 'one 1', 'one 2']);
});

it('a year is that of the date, the newest first, and what has no date is of none', () => {
  const dated = [Date.UTC(2024, 5, 1), Date.UTC(2026, 5, 1), Date.UTC(2024, 8, 1), null].map((timeMs, at) =>
    row(`y${at}`, { timeMs }),
  );
  const all = hitsOf(storage('one'), dated);
  expect(countedBy(all, {}, 'year')).toEqual([
    { value: '2026', count: 1 },
    { value: '2024', count: 2 },
  ]);
  expect(all.filter((hit) => fits(hit, { year: 2024 })).map((hit) => hit.row.item)).toEqual(['y0', 'y2']);
});

it('facets narrow together, and each counts what the others leave', () => {
  expect(hits.filter((hit) => fits(hit, { kind: 'message', gone: true })).map(({ key }) => key)).toEqual(['two 1']);
  expect(countedBy(hits, { kind: 'message', source: b }, 'source')).toEqual([
    { value: a, count: 1 },
    { value: b, count: 1 },
  ]);
  expect(countedBy(hits, { source: a }, 'kind')).toHaveLength(2);
  expect(countedBy(hits, { gone: true }, 'kind').map(({ value }) => value)).toEqual(['event', 'message']);
});

import { expect, test } from 'vitest';
import type { ItemId } from '../../shared/domain/ids.ts';
import { momentOf, type Restorable } from './restore-moment.ts';

const row = (over: Partial<Restorable>): Restorable => ({
  item: 'i' as ItemId,
  version: 2,
  deleted: false,
  validFromMs: 100,
  vanishedAtMs: null,
  ...over,
});

test('what is there is restored as of the moment that is looked at', () => {
  expect(momentOf([row({}), row({})], null)).toEqual({ kind: 'now' });
  expect(momentOf([row({ vanishedAtMs: 900 })], 500)).toEqual({ kind: 'time', atMs: 500 });
});

test('a single item that is gone is restored in its last version', () => {
  expect(momentOf([row({ deleted: true, vanishedAtMs: 300 })], null)).toEqual({ kind: 'version', version: 2 });
});

test('several that are gone are restored from just before the first of them went', () => {
  expect(momentOf([row({ deleted: true, vanishedAtMs: 300 }), row({ deleted: true, vanishedAtMs: 400 })], null)).toEqual({
    kind: 'time',
    atMs: 299,
  });
});

test('items that were never there together are refused instead of being restored in part', () => {
  expect(momentOf([row({ deleted: true, vanishedAtMs: 300 }), row({ validFromMs: 350 })], null)).toBeNull();
});

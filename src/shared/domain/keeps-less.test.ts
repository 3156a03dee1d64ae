import { expect, it } from 'vitest';
import { keepsLess } from './keeps-less.ts';
import { keepNothing, type Retention } from './retention.ts';

const rules = (part: Partial<Retention['rules']> = {}, byKind: Retention['byKind'] = {}): Retention => ({
  rules: { keep: keepNothing, deletedDays: 30, goneSourceDays: 30, maxAgeDays: 100, maxVersions: 10, ...part },
  byKind,
});
const keep = (part: Partial<typeof keepNothing>) => ({ keep: { ...keepNothing, ...part } });
const contacts = (deletedDays: number) => ({ contact: { deletedDays, maxAgeDays: null, maxVersions: null } });

it.each<[string, Retention | null, Retention | null]>([
  ['rules where there were none', null, rules()],
  ['fewer days after deletion', rules(), rules({ deletedDays: 29 })],
  ['days instead of for ever', rules({ deletedDays: 0 }), rules()],
  ['a source that left goes sooner', rules(), rules({ goneSourceDays: 1 })],
  ['an age where there was none', rules({ maxAgeDays: null }), rules()],
  ['fewer versions', rules(), rules({ maxVersions: 9 })],
  ['moments are forgotten at all', rules(), rules(keep({ daily: 7 }))],
  ['fewer moments', rules(keep({ daily: 7, weekly: 4 })), rules(keep({ daily: 90, weekly: 3 }))],
  ['less of one kind', rules({}, contacts(10)), rules({}, contacts(9))],
  ['a kind that loses its longer rule', rules({}, contacts(0)), rules()],
])('rules keep less: %s', (_, before, after) => {
  expect(keepsLess(before, after)).toBe(true);
});

it.each<[string, Retention | null, Retention | null]>([
  ['none any more', rules(), null],
  ['the same', rules(keep({ daily: 7 })), rules(keep({ daily: 7 }))],
  ['more of everything', rules(), rules({ deletedDays: 0, goneSourceDays: 31, maxAgeDays: null, maxVersions: 11 })],
  ['moments are forgotten no more', rules(keep({ daily: 7 })), rules()],
  ['a kind gets a longer rule', rules(), rules({}, contacts(0))],
])('rules keep no less: %s', (_, before, after) => {
  expect(keepsLess(before, after)).toBe(false);
});

import { describe, expect, it } from 'vitest';
import { keepNothing } from '../shared/domain/retention.ts';
import { defaultRetentionText, parseDefaultRetention, parseRetention, retentionText } from './retention-rules.ts';

const always = { keep: keepNothing, deletedDays: 0, goneSourceDays: 0, maxAgeDays: null, maxVersions: null };

describe('rules as people type them', () => {
  it('are read word by word, in any order', () => {
    expect(parseRetention('daily=7 last=10  within=2w,deleted=30d gone=1y max-age=2y max-versions=50')).toEqual({
      rules: {
        keep: { ...keepNothing, daily: 7, last: 10, withinDays: 14 },
        deletedDays: 30,
        goneSourceDays: 365,
        maxAgeDays: 730,
        maxVersions: 50,
      },
      byKind: {},
    });
  });

  it('may differ for a kind of item, and only in what is said of it', () => {
    expect(parseRetention('contact:deleted=0 deleted=30d max-versions=5')?.byKind).toEqual({
      contact: { deletedDays: 0, maxAgeDays: null, maxVersions: 5 },
    });
  });

  it('of a storage keep everything where they are none, whatever the settings say; `usual` is what those say', () => {
    expect(parseDefaultRetention('none')).toEqual({ rules: always, byKind: {} });
    expect(parseDefaultRetention('usual')).toBeNull();
    for (const text of ['none', 'usual']) expect(defaultRetentionText(parseDefaultRetention(text))).toBe(text);
    const some = 'daily=7 deleted=30d';
    expect(parseDefaultRetention(some)).toEqual(parseRetention(some));
    expect(defaultRetentionText(parseDefaultRetention(some))).toBe(retentionText(parseRetention(some)));
  });

  it('can be none, which keeps everything, as no words do', () => {
    expect(parseRetention('none')).toBeNull();
    expect(parseRetention('')).toEqual({ rules: always, byKind: {} });
    expect(parseRetention('deleted=never max-age=never')).toEqual({ rules: always, byKind: {} });
  });

  it.each([
    'daily',
    'daily=x',
    'daily=7d',
    'daily=-1',
    'fortnightly=2',
    'within=30q',
    'planet:deleted=3d',
    'contact:daily=3',
    'deleted==3',
  ])('refuses %s', (text) => expect(() => parseRetention(text)).toThrow('usage.invalid'));

  it.each([
    'none',
    'last=10 daily=7 within=30d deleted=30d max-age=365d max-versions=50 gone=never contact:deleted=never contact:max-age=365d contact:max-versions=50',
  ])('come back as %s', (text) => expect(retentionText(parseRetention(text))).toBe(text));
});

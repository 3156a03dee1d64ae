import { describe, expect, it } from 'vitest';
import type { StrataErrorCode } from '../../shared/domain/error-codes.ts';
import type { Retry } from '../../shared/domain/strata-error.ts';
import { isNews } from './failure-news.ts';

const failed = (code: StrataErrorCode, retry: Retry) => ({ status: 'failed' as const, failure: { code, retry, facts: {} } });
const refused = failed('source.sign-in-refused', 'after-user-action');
const unreachable = failed('source.unreachable', 'later');
const success = { status: 'success' as const, failure: null };
const hour = 3_600_000;

describe('a failed backup', () => {
  it('is news at once when a person must do something', () => {
    expect(isNews([refused, success], undefined, 0)).toBe(true);
    expect(isNews([refused, unreachable], undefined, 0)).toBe(true);
  });

  it('is told of once a day while its cause stays', () => {
    const newest = [refused, refused, refused, refused];
    expect(isNews(newest, 0, hour)).toBe(false);
    expect(isNews(newest, 0, 24 * hour)).toBe(true);
  });

  it('is told of after a restart, when nobody knows whether it was', () => {
    expect(isNews([refused, refused, success], undefined, hour)).toBe(true);
  });

  it('that may pass by itself is news at the third time in a row', () => {
    expect(isNews([unreachable, success], undefined, 0)).toBe(false);
    expect(isNews([unreachable, unreachable, success], undefined, 0)).toBe(false);
    expect(isNews([unreachable, unreachable, unreachable, success], undefined, 0)).toBe(true);
    expect(isNews([unreachable, unreachable, unreachable, unreachable], 0, hour)).toBe(false);
  });

  it('is none when it succeeded or was stopped', () => {
    expect(isNews([success], undefined, 0)).toBe(false);
    expect(isNews([{ status: 'stopped', failure: null }], undefined, 0)).toBe(false);
    expect(isNews([], undefined, 0)).toBe(false);
  });
});

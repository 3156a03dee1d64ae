import { describe, expect, it } from 'vitest';
import { isDue, nextDueMs } from './due.ts';

const hourMs = 3_600_000;

describe('a job by hand', () => {
  it('is never due by itself', () => {
    expect(nextDueMs({ mode: 'manual' }, null, 5)).toBeNull();
    expect(isDue({ mode: 'manual' }, 0, Number.MAX_SAFE_INTEGER)).toBe(false);
  });
});

describe('a continuous job', () => {
  const hourly = { mode: 'continuous', idleMs: hourMs } as const;

  it('is due at once when it never ran', () => {
    expect(isDue(hourly, null, 0)).toBe(true);
  });

  it('waits its idle time after the last end, to the millisecond', () => {
    expect(isDue(hourly, 1000, 1000 + hourMs - 1)).toBe(false);
    expect(isDue(hourly, 1000, 1000 + hourMs)).toBe(true);
  });

  it('is not stopped for years by an end that lies in the future', () => {
    const nowMs = 10 * hourMs;
    expect(nextDueMs(hourly, 1000 * hourMs, nowMs)).toBe(nowMs + hourMs);
  });
});

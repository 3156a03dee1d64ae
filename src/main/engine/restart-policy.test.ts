import { describe, expect, it } from 'vitest';
import { createRestartPolicy } from './restart-policy.ts';

describe('an engine that crashes', () => {
  it('is started again at once, then ever later, and then no more', () => {
    const policy = createRestartPolicy();
    const waits = Array.from({ length: 6 }, () => policy.afterCrash(100));
    expect(waits).toEqual([0, 500, 2_000, 8_000, 30_000, undefined]);
  });

  it('is forgiven after it lived for a minute', () => {
    const policy = createRestartPolicy();
    for (let n = 0; n < 4; n++) policy.afterCrash(100);
    expect(policy.afterCrash(60_000)).toBe(0);
  });

  it('gets another chance when a person asks', () => {
    const policy = createRestartPolicy();
    for (let n = 0; n < 6; n++) policy.afterCrash(100);
    policy.reset();
    expect(policy.afterCrash(100)).toBe(0);
  });
});

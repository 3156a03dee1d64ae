import { describe, expect, it } from 'vitest';
import type { JobId, RunId, StorageId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { placesNow, storeInEach, type StoredPart } from './capture-places.ts';
import { missedByCapture } from './missed-storages.ts';

const [near, far] = ['near', 'far'] as [StorageId, StorageId];
const job = { id: 'job' as JobId, storage: near, alsoTo: [far] };
const minuteMs = 60_000;

describe('what was noticed', () => {
  it('waits while somebody works on one of the storages, and after five minutes goes to those that are free', () => {
    const check = [{ job: null, storage: far }];
    expect(placesNow(job, [], 0)).toEqual([near, far]);
    expect(placesNow(job, check, 4 * minuteMs)).toBeUndefined();
    expect(placesNow(job, check, 5 * minuteMs)).toEqual([near]);
    expect(placesNow(job, [...check, { job: null, storage: near }], 60 * minuteMs)).toBeUndefined();
  });

  it('waits for a run of its own job, however long that goes on and wherever it is', () => {
    expect(placesNow(job, [{ job: job.id, storage: near }], 60 * minuteMs)).toBeUndefined();
  });

  it('goes into each storage that takes it; a bug is thrown, and a stop ends it', async () => {
    const part = (kind: string) => ({ outcome: { kind } }) as unknown as StoredPart;
    const away = new StrataError('storage.not-found', 'later', { path: '/x' });
    const one = await storeInEach([near, far], async (storage) => {
      if (storage === near) throw away;
      return part('complete');
    });
    expect(one).toMatchObject({
      parts: [part('complete')],
      leftOut: [{ storage: near, failure: { code: 'storage.not-found' } }],
    });
    await expect(storeInEach([near], () => Promise.reject(new TypeError('x')))).rejects.toThrow(TypeError);
    expect((await storeInEach([near, far], () => Promise.resolve(part('stopped')))).parts).toHaveLength(1);
  });
});

describe('a storage that lacks what was noticed', () => {
  const miss = { storage: far, sinceMs: 100, atMs: 200, failure: { code: 'path.missing', retry: 'later', facts: {} } } as const;
  const tried = (startedAtMs: number): Run =>
    ({
      ...{ id: 'run' as RunId, startedAtMs, endedAtMs: startedAtMs + 10, status: 'failed', failure: null },
      ...{ steps: [{ kind: 'storage', storage: far, state: 'failed', failure: null }], cause: null },
    }) as unknown as Run;

  it('is tried from when that was so last, and further apart with each run that missed it since', () => {
    expect(missedByCapture([], miss)).toEqual({ startMs: 200, endMs: 200, tries: 1, mayPass: true });
    expect(missedByCapture([tried(400), tried(300), tried(150)], miss)).toMatchObject({ startMs: 400, endMs: 410, tries: 3 });
  });

  it('waits for a person where only a person can help', () => {
    const locked = { ...miss, failure: { ...miss.failure, retry: 'after-user-action' } } as const;
    expect(missedByCapture([], locked).mayPass).toBe(false);
  });
});

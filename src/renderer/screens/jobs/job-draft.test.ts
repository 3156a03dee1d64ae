import { describe, expect, test } from 'vitest';
import { everything } from '../../../shared/domain/choice.ts';
import type { JobId, SourceId, StorageId } from '../../../shared/domain/ids.ts';
import { keepNothing } from '../../../shared/domain/retention.ts';
import type { JobSummary } from '../../state/index.ts';
import { idleMsOf, idleOf, isIdle } from './idle-time.ts';
import { changesOf, definitionOf, draftOf, isValid } from './job-draft.ts';

const job = {
  id: 'j' as JobId,
  name: 'Mail',
  sources: ['a', 'b'] as unknown as SourceId[],
  storage: 's' as StorageId,
  scan: 'on',
  capture: 'on',
  choices: [],
  retention: null,
  schedule: { mode: 'continuous', idleMs: 4 * 3_600_000 },
} as unknown as JobSummary;

describe('a job that is being edited', () => {
  test('has no changes until something is different, whatever the order of its sources', () => {
    const draft = draftOf(job);
    expect(changesOf(job, draft)).toEqual([]);
    expect(changesOf(job, { ...draft, sources: [...draft.sources].reverse() })).toEqual([]);
  });

  test('has changed where something else is taken of a source that stays, and not of one that goes', () => {
    const choice = { ...everything, maxBytes: 5 };
    const draft = { ...draftOf(job), choices: [{ source: 'a' as SourceId, choice }] };
    expect(changesOf(job, draft)).toEqual(['choices']);
    expect(changesOf(job, { ...draft, sources: ['b' as SourceId] })).toEqual(['sources']);
    expect(definitionOf(job, draft).choices).toEqual(draft.choices);
  });

  test('names each thing that changed once', () => {
    const draft = draftOf(job);
    const changed = {
      ...draft,
      name: 'Post',
      mode: 'manual' as const,
      idle: { count: 1, unit: 'days' as const },
      scan: 'paused' as const,
      capture: 'off' as const,
      sources: [],
      retention: {
        rules: { keep: keepNothing, deletedDays: 30, goneSourceDays: 30, maxAgeDays: null, maxVersions: null },
        byKind: {},
      },
    };
    expect(changesOf(job, changed)).toEqual(['name', 'schedule', 'scan', 'capture', 'sources', 'retention']);
    expect(changesOf(job, { ...draft, idle: { count: 240, unit: 'minutes' } })).toEqual([]);
  });

  test('keeps its storage, and its idle time only where there is one', () => {
    expect(definitionOf(job, draftOf(job))).toMatchObject({
      storage: 's',
      schedule: { mode: 'continuous', idleMs: 4 * 3_600_000 },
    });
    expect(definitionOf(job, { ...draftOf(job), mode: 'manual' }).schedule).toEqual({ mode: 'manual' });
  });

  test('cannot be saved without a name or a source', () => {
    const draft = draftOf(job);
    expect(isValid(draft)).toBe(true);
    for (const broken of [
      { name: '' },
      { name: ' Mail' },
      { sources: [] },
      { idle: { count: 0, unit: 'hours' as const } },
      { idle: { count: 1.5, unit: 'hours' as const } },
    ])
      expect(isValid({ ...draft, ...broken })).toBe(false);
  });
});

describe('an idle time', () => {
  test('is said in the largest unit that fits', () => {
    expect([60_000, 90 * 60_000, 7_200_000, 2 * 86_400_000, 1000].map(idleOf)).toEqual([
      { count: 1, unit: 'minutes' },
      { count: 90, unit: 'minutes' },
      { count: 2, unit: 'hours' },
      { count: 2, unit: 'days' },
      { count: 1, unit: 'minutes' },
    ]);
    expect(idleMsOf(idleOf(90 * 60_000))).toBe(90 * 60_000);
  });

  test('lies between a minute and 366 days', () => {
    expect(isIdle({ count: 366, unit: 'days' })).toBe(true);
    expect(isIdle({ count: 367, unit: 'days' })).toBe(false);
    expect(isIdle({ count: Number.NaN, unit: 'hours' })).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import { everything } from '../../../shared/domain/choice.ts';
import type { JobId, SourceId, StorageId } from '../../../shared/domain/ids.ts';
import { keepNothing } from '../../../shared/domain/retention.ts';
import type { JobSummary } from '../../state/index.ts';
import { usualTiming } from '../../../shared/domain/schedule.ts';
import { changesOf, definitionOf, draftOf, isValid } from './job-draft.ts';

const job = {
  id: 'j' as JobId,
  name: 'Mail',
  sources: ['a', 'b'] as unknown as SourceId[],
  storage: 's' as StorageId,
  alsoTo: ['t'] as unknown as StorageId[],
  scan: 'on',
  capture: 'on',
  choices: [],
  retention: null,
  group: null,
  color: null,
  priority: 'normal',
  schedule: { mode: 'continuous', idleMs: 4 * 3_600_000 },
  timing: usualTiming,
  zone: 'Europe/Vienna',
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
    const before = { ...job, choices: draft.choices };
    expect(changesOf(before, draft)).toEqual([]);
    const choices = [{ source: 'a' as SourceId, choice: { ...choice, leftOut: 'let-go' as const } }];
    expect(changesOf(before, { ...draft, choices })).toEqual(['choices']);
    const later = [{ source: 'a' as SourceId, choice: { ...choice, priority: 2 } }];
    expect(changesOf(before, { ...draft, choices: later }), 'so it is where it comes later').toEqual(['choices']);
  });

  test('saves to another storage where one was chosen, and says that this changes', () => {
    const moved = { ...draftOf(job), storage: 'other' as StorageId };
    expect(changesOf(job, moved)).toEqual(['storage']);
    expect(definitionOf(job, moved).storage).toBe('other');
    expect(definitionOf(job, draftOf(job)).storage).toBe('s');
  });

  test('saves to further storages as well, and never twice to the one that became the first', () => {
    const more = { ...draftOf(job), alsoTo: ['t', 'u'] as unknown as StorageId[] };
    expect(changesOf(job, more)).toEqual(['alsoTo']);
    expect(definitionOf(job, more).alsoTo).toEqual(['t', 'u']);
    const moved = { ...draftOf(job), storage: 't' as StorageId };
    expect(changesOf(job, moved)).toEqual(['storage', 'alsoTo']);
    expect(definitionOf(job, moved)).toMatchObject({ storage: 't', alsoTo: [] });
  });

  test('names each thing that changed once', () => {
    const draft = draftOf(job);
    const changed = {
      ...draft,
      name: 'Post',
      when: {
        ...draft.when,
        mode: 'manual' as const,
        timing: { ...usualTiming, windows: [{ from: 0, to: 60, paint: 'slow' as const }], batteryAbove: 30 },
        zone: 'Europe/Lisbon',
      },
      scan: 'paused' as const,
      capture: 'off' as const,
      sources: [],
      retention: {
        rules: { keep: keepNothing, deletedDays: 30, goneSourceDays: 30, maxAgeDays: null, maxVersions: null },
        byKind: {},
      },
    };
    expect(changesOf(job, changed)).toEqual([
      'name',
      'schedule',
      'windows',
      'conditions',
      'zone',
      'scan',
      'capture',
      'sources',
      'retention',
    ]);
    const other = { ...draft.when, typedRules: { text: 'nonsense', bad: 'nonsense' } };
    expect(changesOf(job, { ...draft, when: other })).toEqual([]);
  });

  test('keeps its storage, and its idle time only where there is one', () => {
    expect(definitionOf(job, draftOf(job))).toMatchObject({
      storage: 's',
      schedule: { mode: 'continuous', idleMs: 4 * 3_600_000 },
      timing: usualTiming,
      zone: 'Europe/Vienna',
    });
    const draft = draftOf(job);
    expect(definitionOf(job, { ...draft, when: { ...draft.when, mode: 'manual' } }).schedule).toEqual({ mode: 'manual' });
  });

  test('cannot be saved without a name, a source, or a schedule that can be understood', () => {
    const draft = draftOf(job);
    expect(isValid(draft)).toBe(true);
    const unclear = { ...draft, when: { ...draft.when, idleMs: Number.NaN } };
    expect(changesOf(job, unclear)).toEqual(['schedule']);
    for (const broken of [{ name: '' }, { name: ' Mail' }, { sources: [] }, unclear])
      expect(isValid({ ...draft, ...broken })).toBe(false);
  });
});

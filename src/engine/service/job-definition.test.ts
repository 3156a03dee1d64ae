import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { JobId, SourceId } from '../../shared/domain/ids.ts';
import { usualNewJobs } from '../../shared/domain/new-jobs.ts';
import { keepEverything, keepNothing, type Retention } from '../../shared/domain/retention.ts';
import { usualTiming } from '../../shared/domain/schedule.ts';
import { defaultStorageSettings } from '../../shared/domain/storage-settings.ts';
import { openProfileStore, type StoredStorage } from '../catalog/index.ts';
import { NodeFileSystem } from '../kernel/node-file-system.ts';
import { editedJob, type JobDefinition, newJob } from './job-definition.ts';
import type { Parts } from './parts.ts';
import { changePreferences, readPreferences } from './preferences.ts';

const days = (deletedDays: number): Retention => ({
  rules: { keep: keepNothing, deletedDays, goneSourceDays: 30, maxAgeDays: null, maxVersions: null },
  byKind: {},
});
const storageWith = (defaultRetention: Retention | null) =>
  ({ id: 's', settings: { ...defaultStorageSettings, defaultRetention } }) as StoredStorage;
const timing = { ...usualTiming, batteryAbove: 50, retries: 5 };

let parts: Parts;
beforeEach(() => {
  const store = openProfileStore({ path: path.join(temporaryFolder(), 'state.sqlite'), files: new NodeFileSystem() });
  onTestFinished(() => store.close());
  parts = { store, changed: () => undefined, clock: { nowMs: () => 5 } } as unknown as Parts;
});
const made = (more: Partial<JobDefinition> = {}, ofStorage: Retention | null = null) => {
  const storage = storageWith(ofStorage);
  const definition = {
    name: 'J',
    sources: ['a' as SourceId],
    storage: storage.id,
    schedule: { mode: 'manual' },
    ...more,
  } as const;
  return newJob(parts, 'j' as JobId, definition, storage);
};

describe('a new job', () => {
  it('begins as Strata comes where nobody chose anything', () => {
    expect(made()).toMatchObject({ timing: usualTiming, retention: null });
  });

  it('begins with what a person chose for all new ones, and with what is said of it itself instead', () => {
    changePreferences(parts, { newJobs: { timing, retention: days(60) } });
    expect(made()).toMatchObject({ timing, retention: days(60) });
    expect(made({ timing: usualTiming, retention: null })).toMatchObject({ timing: usualTiming, retention: null });
    expect(made({}, days(7)).retention).toEqual(days(7));
    expect(made({}, keepEverything).retention, 'a storage that keeps everything is heard as well').toEqual(keepEverything);
  });

  it('stays as it is when they are changed later, and when it is edited', () => {
    const before = made();
    changePreferences(parts, { newJobs: { timing, retention: days(60) } });
    const { name, sources, storage, schedule } = before;
    expect(editedJob(parts, before, { name, sources, storage, schedule })).toMatchObject({
      timing: usualTiming,
      retention: null,
    });
  });

  it('begins with no windows that allow nothing: every one of them would be refused', () => {
    expect(() => changePreferences(parts, { newJobs: { timing: { ...timing, windows: [] }, retention: null } })).toThrow(
      'schedule.never',
    );
    expect(readPreferences(parts).newJobs).toEqual(usualNewJobs);
  });

  it('has as usual what an earlier Strata did not know of', () => {
    const { enoughMs: _, ...earlier } = timing;
    parts.store.setPreference('preferences', JSON.stringify({ newJobs: { timing: earlier, retention: null } }));
    expect(made().timing).toEqual({ ...timing, enoughMs: usualTiming.enoughMs });
    parts.store.setPreference('preferences', JSON.stringify({ theme: 'dark' }));
    expect(made().timing).toEqual(usualTiming);
  });
});

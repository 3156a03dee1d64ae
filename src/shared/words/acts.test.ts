import { describe, expect, it } from 'vitest';
import { calls } from '../contract/calls.ts';
import { upkeepKinds } from '../domain/upkeep.ts';
import type { RecordedAct } from '../domain/act.ts';
import { actSettingsEn } from './act-settings.en.ts';
import { sayAbout, sayOutcome } from './acts.ts';

const act = (settings: readonly string[]): RecordedAct =>
  ({ items: 0, itemNames: null, sourceNames: [], jobName: null, name: null, to: null, settings }) as unknown as RecordedAct;

/** Of how the window looks, which nobody records. */
const ofTheWindow = ['theme', 'language', 'closeToTray', 'foldedGroups', 'savedSearches'];
const subject = ['storage', 'mirror'];

describe('what the record says of settings', () => {
  it('has a word for each that can be changed', () => {
    const changes = ['storage.changeSettings', 'mirror.change', 'app.setPreferences', 'alert.setSettings'] as const;
    const names = changes.flatMap((name) => Object.keys(calls[name].input.shape));
    const recorded = [...names, ...upkeepKinds].filter((name) => ![...ofTheWindow, ...subject].includes(name));
    expect([...recorded, 'mirror'].filter((name) => !(name in actSettingsEn))).toEqual([]);
  });

  it('is words, with to what it was changed where that is told, and the bare name of what only a later version knows', () => {
    expect(sayAbout(act(['graceDays', 'recordDays=30', 'moonPhase', 'constructor']), 'en')).toBe(
      'how long the trash keeps · days that the record goes back: 30 · moonPhase · constructor',
    );
    expect(sayAbout(act(['recordDays=null', 'pause']), 'de')).toBe(
      'Tage, die das Protokoll zurückreicht · alle Aufträge angehalten',
    );
  });
});

describe('how an act of the record ended', () => {
  it('is a sentence, with the name of the storage and no other fact; a code that only a later version knows stands as it is', () => {
    const failed = (code: string) => sayOutcome({ outcome: 'failed', code, storageName: 'NAS' }, 'en');
    expect(failed('storage.needs-password')).toBe('failed: The storage “NAS” is locked. Give its password or recovery key.');
    expect(failed('disk.full')).toContain('The disk of … is full.');
    expect(failed('moon.full')).toBe('failed: moon.full');
    expect(sayOutcome({ outcome: null, code: null, storageName: null }, 'de')).toBe('läuft noch');
  });
});

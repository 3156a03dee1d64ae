import { describe, expect, it } from 'vitest';
import { calls } from '../contract/calls.ts';
import { upkeepKinds } from '../domain/upkeep.ts';
import type { RecordedAct } from '../domain/act.ts';
import { actSettingsEn } from './act-settings.en.ts';
import { sayAbout } from './acts.ts';

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
      'how long the trash keeps · how far back the record goes: 30 · moonPhase · constructor',
    );
    expect(sayAbout(act(['recordDays=null', 'pause']), 'de')).toBe(
      'wie weit das Protokoll zurückreicht · alle Aufträge angehalten',
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { SourceId } from '../../../shared/domain/ids.ts';
import {
  type Answers,
  captures,
  firstAnswers,
  freeName,
  settingsOf,
  sourceNameOf,
  stepAfter,
  type StepKey,
  withAddress,
} from './answers.ts';

const walk = (answers: Answers, sourceOnly: boolean): StepKey[] => {
  const way: StepKey[] = ['what'];
  while (way.at(-1) !== 'review') way.push(stepAfter(way.at(-1) as StepKey, answers, sourceOnly));
  return way;
};

describe('the way through the wizard', () => {
  it('asks three things where the defaults are safe', () => {
    expect(walk(firstAnswers, false)).toEqual(['what', 'signIn', 'where', 'review']);
    expect(walk({ ...firstAnswers, what: 'calendars' }, false)).toEqual(['what', 'signIn', 'where', 'review']);
    expect(walk({ ...firstAnswers, what: 'files' }, false)).toEqual(['what', 'where', 'review']);
    expect(walk({ ...firstAnswers, what: 'known' }, false)).toEqual(['what', 'where', 'review']);
  });

  it('shows what is left out where only a source is made', () => {
    expect(walk(firstAnswers, true)).toEqual(['what', 'signIn', 'choose', 'review']);
  });
});

describe('settings', () => {
  it('of an address are TLS from the first byte at its provider', () => {
    expect(settingsOf(withAddress(firstAnswers, 'anna@gmx.de'), null)).toEqual({
      kind: 'imap',
      host: 'imap.gmx.net',
      port: 993,
      tls: 'implicit',
      user: 'anna@gmx.de',
      certificateSha256: null,
      exclude: [],
    });
  });

  it('of folders leave out caches, what is built from sources, and trash', () => {
    const settings = settingsOf({ ...firstAnswers, what: 'files', paths: ['/home/anna'], patterns: ' *.iso \n\n' }, null);
    expect(settings).toMatchObject({ kind: 'files', excludeIfPresent: ['CACHEDIR.TAG', '.nobackup'], oneFileSystem: false });
    expect(settings?.exclude).toEqual(expect.arrayContaining(['node_modules/', '.cache/', '*.iso']));
  });

  it('of calendars and contacts are an address, a user, and collections by their names', () => {
    const answers: Answers = { ...firstAnswers, what: 'contacts', url: ' https://dav.nord.example/ ', user: 'anna' };
    const folders = [{ key: '/anna/2*/', parentKey: null, name: 'Old*', specialUse: null, items: 3, excluded: false }];
    expect(settingsOf({ ...answers, leftOut: new Set(['/anna/2*/']) }, folders)).toEqual({
      kind: 'carddav',
      url: 'https://dav.nord.example/',
      user: 'anna',
      certificateSha256: null,
      exclude: ['Old?'],
    });
    expect(settingsOf({ ...answers, what: 'calendars' }, null)).toMatchObject({ kind: 'caldav', exclude: [] });
  });

  it('of mail over JMAP are an address, a user, folders by their paths, and what the secret is', () => {
    const answers: Answers = { ...firstAnswers, what: 'jmap', url: ' mail.nord.example ', user: 'anna', isToken: true };
    const folder = (key: string, name: string, parentKey: string | null) =>
      ({ ...{ key, name, parentKey, specialUse: null, items: 1, excluded: false } }) as const;
    const folders = [folder('m1', 'Work', null), folder('m2', 'Old', 'm1')];
    expect(settingsOf({ ...answers, leftOut: new Set(['m2']) }, folders)).toEqual({
      ...{ kind: 'jmap', url: 'mail.nord.example', user: 'anna', certificateSha256: null },
      ...{ exclude: ['Work/Old'], secretIs: 'token' },
    });
    expect(settingsOf({ ...answers, isToken: false }, null)).not.toHaveProperty('secretIs');
  });

  it('of what a program keeps are its place and its kind', () => {
    const answers: Answers = { ...firstAnswers, what: 'local', localKind: 'mbox', localPath: ' /home/anna/Mail ' };
    expect(settingsOf(answers, null)).toEqual({ kind: 'mbox', path: '/home/anna/Mail', exclude: [] });
  });

  it('of known sources are none', () => {
    expect(settingsOf({ ...firstAnswers, what: 'known', known: ['s' as SourceId] }, null)).toBeNull();
  });
});

describe('names', () => {
  it('are free, whatever the case', () => {
    expect(freeName('Mail', ['mail', 'Mail 2'])).toBe('Mail 3');
    const named = (answers: Partial<Answers>, taken: readonly string[] = []): string =>
      sourceNameOf({ ...firstAnswers, ...answers }, taken, (user) => `Calendars of ${user}`);
    expect(named({ what: 'files', paths: ['/home/anna/Documents/'] })).toBe('Documents');
    expect(named({ what: 'local', localPath: 'C:\\Mail\\anna' })).toBe('anna');
    expect(named({ what: 'calendars', user: 'anna' }, ['calendars of anna'])).toBe('Calendars of anna 2');
  });
});

describe('capture', () => {
  it('is on where cycles follow each other or changes, until a person says otherwise', () => {
    const by = (mode: Answers['when']['mode']): Answers => ({ ...firstAnswers, when: { ...firstAnswers.when, mode } });
    expect((['continuous', 'on-change', 'times', 'manual'] as const).map((mode) => captures(by(mode)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(captures({ ...by('manual'), capture: true })).toBe(true);
  });
});

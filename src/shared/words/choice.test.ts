import { describe, expect, it } from 'vitest';
import { type Choice, everything } from '../domain/choice.ts';
import { sayChoice, sayRule } from './choice.ts';

const formats = { time: (timeMs: number) => new Date(timeMs).toISOString().slice(0, 10), bytes: (bytes: number) => `${bytes} B` };
const said = (choice: Partial<Choice>, language: 'en' | 'de' = 'en'): string =>
  sayChoice({ ...everything, ...choice }, language, formats).join(' ');

describe('a choice in words', () => {
  it('is everything where nothing was chosen, whatever comes first', () => {
    expect(said({ priority: 3 })).toBe('Everything. New folders are taken, too.');
    expect(said({}, 'de')).toBe('Alles. Auch neue Ordner werden genommen.');
  });

  it('says each rule that there is, and whether new folders are taken', () => {
    expect(
      said({
        skip: [
          { path: 'Old', subfolders: true },
          { path: '!Old/New', subfolders: false },
        ],
        skipUses: ['junk', 'trash'],
        kinds: ['message', 'event'],
        fromMs: 0,
        newerThanDays: 30,
        maxBytes: 5,
        exclude: ['*.tmp'],
        presets: ['caches'],
        markers: ['.nobackup'],
        oneFileSystem: true,
      }),
    ).toBe(
      'Not these folders: Old and Old/New (without subfolders) taken back. Not junk mail and the trash. Only messages and events. Not before 1970-01-01. Not older than 30 days. Not larger than 5 B. No files that fit: *.tmp. Not caches. Nothing in folders that hold .nobackup. Nothing that is mounted there from another disk. New folders are taken.',
    );
    expect(said({ only: [{ path: 'Work', subfolders: true }], kinds: [] })).toBe(
      'Only these folders: Work. New folders are taken below them, and nowhere else. Only folders with their properties, and no items.',
    );
  });

  it('does not promise new folders where subfolders are not taken', () => {
    expect(said({ only: [{ path: 'Work', subfolders: false }] })).toContain('New folders are not taken.');
  });

  it('names the pattern that leaves something out', () => {
    expect(sayRule({ rule: 'pattern', text: '*.tmp' }, 'de')).toBe('Muster: *.tmp');
    expect(sayRule({ rule: 'junk', text: null }, 'en')).toBe('junk mail');
  });
});

import { describe, expect, it } from 'vitest';
import { everything, type FolderRule } from './choice.ts';
import { FolderJudge, FolderRules, pathOf } from './folder-rules.ts';

const rule = (path: string, subfolders = true): FolderRule => ({ path, subfolders });
const fits = (path: string, folder: string, subfolders = false): boolean =>
  new FolderRules([rule(path, subfolders)]).deciding(pathOf(folder.split('/'))) !== undefined;
const verdicts = (choice: Partial<typeof everything>, ...folders: string[]): string[] => {
  const judge = new FolderJudge({ ...everything, ...choice });
  return folders.map((folder) => judge.verdict(folder === '' ? [] : folder.split('/'), []).verdict);
};

describe('a rule about folders', () => {
  it.each([
    ['Work', 'Work', true],
    ['Work', 'work', false],
    ['Work', 'Work/Old', false],
    ['W*k', 'Work', true],
    ['W*', 'Work/Old', false],
    ['W?rk', 'Work', true],
    ['*', 'Work', true],
    ['**', 'Work/Old', true],
    ['**/Old', 'Old', true],
    ['**/Old', 'Work/2019/Old', true],
    ['Work/**', 'Work', false],
    ['Work/**', 'Work/a/b', true],
    ['Work/**/x', 'Work/x', true],
    ['Work/', 'Work', true],
    ['/home/anna', '/home/anna', true],
    ['W\\*k', 'Work', false],
    ['W\\*k', 'W*k', true],
    ['a+b(c)', 'a+b(c)', true],
    ['Grüße 😀', 'Grüße 😀', true],
  ])('%s: %s is %s', (path, folder, expected) => expect(fits(path, folder)).toBe(expected));

  it('holds for what is below only where it says so', () => {
    expect(fits('Work', 'Work/a/b', true)).toBe(true);
    expect(fits('Work', 'Workshop', true)).toBe(false);
  });

  it('is quick whatever it says', () => {
    const name = 'a'.repeat(2000);
    expect(fits('*a'.repeat(12), `${name}b`)).toBe(false);
    expect(fits(`${'**/'.repeat(6)}x`, 'a/'.repeat(14) + 'b')).toBe(false);
  });
});

describe('a choice of folders', () => {
  it('takes everything where nothing is said', () =>
    expect(verdicts({}, '', 'Work', 'Work/Old')).toEqual(['taken', 'taken', 'taken']));

  it('takes nothing but what is named, and passes through what that lies in', () =>
    expect(verdicts({ only: [rule('Work/2026')] }, '', 'Work', 'Work/2026', 'Work/2026/May', 'Work/2019', 'Inbox')).toEqual([
      'passed',
      'passed',
      'taken',
      'taken',
      'skipped',
      'skipped',
    ]));

  it('leaves out what is named, with or without what is below', () => {
    expect(verdicts({ skip: [rule('Work')] }, 'Work', 'Work/Old', 'Inbox')).toEqual(['skipped', 'skipped', 'taken']);
    expect(verdicts({ skip: [rule('Work', false)] }, 'Work', 'Work/Old')).toEqual(['passed', 'taken']);
  });

  it('takes back what a later rule names with a !', () => {
    const skip = [rule('Work'), rule('!Work/Taxes')];
    expect(verdicts({ skip }, 'Work', 'Work/Old', 'Work/Taxes', 'Work/Taxes/2025')).toEqual([
      'passed',
      'skipped',
      'taken',
      'taken',
    ]);
    expect(verdicts({ only: [rule('**'), rule('!Old')] }, 'Work', 'Old')).toEqual(['taken', 'passed']);
  });
});

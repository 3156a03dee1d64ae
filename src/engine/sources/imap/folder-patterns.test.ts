import { expect, it } from 'vitest';
import { folderFilter } from './folder-patterns.ts';

it.for<[readonly string[], string, boolean]>([
  [[], 'INBOX', false],
  [[''], 'INBOX', false],
  [['Archive'], 'Archive', true],
  [['Archive'], 'Archive/2019/May', true],
  [['Archive'], 'Archive-2', false],
  [['Archive'], 'Work/Archive', false],
  [['archive'], 'Archive', false],
  [['*/Archive'], 'Work/Archive/2019', true],
  [['Work/*'], 'Work', false],
  [['Work/*'], 'Work/a/b', true],
  [['200?'], '2009', true],
  [['200?'], '20091', false],
  [['a.b[c](d)+^$|\\'], 'a.b[c](d)+^$|\\', true],
  [['a.b'], 'axb', false],
  [['?'], '🙂', true],
  [['Junk', 'Trash'], 'Trash/old', true],
])('%j leaves out %s: %s', ([patterns, path, excluded]) => {
  expect(folderFilter(patterns)(path, '/')).toBe(excluded);
});

it('knows no levels where the server has none', () => {
  expect(folderFilter(['Archive'])('Archive/2019', null)).toBe(false);
});

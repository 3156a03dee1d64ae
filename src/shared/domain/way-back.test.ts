import { expect, it } from 'vitest';
import type { SourceSettings } from './source-settings.ts';
import { noWayBack } from './way-back.ts';

const files = (...paths: string[]): SourceSettings => ({
  ...{ kind: 'files', paths, exclude: [], excludeIfPresent: [], oneFileSystem: false },
});
const code = (settings: SourceSettings, platform = 'linux'): string | undefined =>
  noWayBack({ name: 'S', settings }, platform)?.code;

it('files go back to paths of this system only', () => {
  expect(code(files('/home/anna'))).toBeUndefined();
  expect(code(files('/home/anna', 'C:\\Users\\Anna'))).toBe('restore.other-system');
  expect(code(files('\\\\nas\\home'))).toBe('restore.other-system');
  expect([code(files('C:\\Users\\Anna', 'd:/x', '\\\\nas\\home'), 'win32'), code(files('/home/anna'), 'win32')]).toEqual([
    undefined,
    'restore.other-system',
  ]);
});

it('nothing goes back into what is only read, or what another program keeps', () => {
  expect(code({ kind: 'thunderbird', path: '/p', exclude: [] })).toBe('restore.not-back');
  expect(code({ kind: 'mbox', path: '/p', exclude: [] })).toBe('restore.not-back');
  expect(code({ kind: 'maildir', path: '/p', exclude: [] })).toBeUndefined();
});

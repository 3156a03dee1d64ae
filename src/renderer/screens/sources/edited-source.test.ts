import { describe, expect, test } from 'vitest';
import type { SourceId } from '../../../shared/domain/ids.ts';
import type { SourceSummary } from '../../state/index.ts';
import { begin, settingsOf } from './edited-source.ts';

const pinned = 'a1'.repeat(32);
const imap: SourceSummary = {
  id: 's' as SourceId,
  name: 'anna',
  secret: 'keychain',
  jobs: [],
  protectedUntilMs: null,
  rehearsed: [],
  endings: [],
  settings: {
    kind: 'imap',
    host: 'imap.nord.example',
    port: 993,
    tls: 'implicit',
    user: 'anna',
    certificateSha256: pinned,
    exclude: ['Junk'],
  },
};
const files: SourceSummary = {
  ...imap,
  settings: { kind: 'files', paths: ['/a', '/b'], exclude: [], excludeIfPresent: ['.nobackup'], oneFileSystem: true },
};

describe('a source that is being edited', () => {
  test('is the same as before until something was typed, and never shows its password', () => {
    expect(settingsOf(imap.settings, begin(imap))).toEqual(imap.settings);
    expect(settingsOf(files.settings, begin(files))).toEqual(files.settings);
    expect(begin(imap).secret).toBe('');
  });

  test('forgets an approved certificate with the server that it was approved for', () => {
    const moved = settingsOf(imap.settings, { ...begin(imap), host: 'other.example' });
    expect(moved).toMatchObject({ host: 'other.example', certificateSha256: null });
  });

  test('takes patterns and folders line by line, without empty ones', () => {
    expect(settingsOf(files.settings, { ...begin(files), paths: '/a\n\n  /c ', exclude: '*.tmp\n' })).toMatchObject({
      paths: ['/a', '/c'],
      exclude: ['*.tmp'],
    });
  });

  test('is not saved without what it needs', () => {
    for (const broken of [{ host: ' ' }, { user: '' }, { port: '0' }, { port: '65536' }, { port: 'imap' }])
      expect(settingsOf(imap.settings, { ...begin(imap), ...broken })).toBeUndefined();
    expect(settingsOf(files.settings, { ...begin(files), paths: '\n' })).toBeUndefined();
  });
});

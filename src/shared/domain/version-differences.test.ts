import { expect, test } from 'vitest';
import { type ComparedVersion, differences } from './version-differences.ts';

const version = (over: Partial<ComparedVersion>): ComparedVersion => ({
  folderPath: 'INBOX',
  name: 'n',
  sizeBytes: 10,
  metadata: { flags: ['\\Seen'], mode: 420 },
  digest: 'a',
  ...over,
});

test('equal versions have no differences, whatever the order of their keys', () => {
  expect(
    differences(version({ metadata: { a: 1, b: { c: 1, d: 2 } } }), version({ metadata: { b: { d: 2, c: 1 }, a: 1 } })),
  ).toEqual([]);
});

test('folder, flags, content and other metadata are told apart', () => {
  const after = version({
    folderPath: 'Clients',
    metadata: { flags: ['\\Seen', '\\Flagged'], mode: 384 },
    digest: 'b',
    sizeBytes: 12,
  });
  expect(differences(version({}), after)).toEqual([
    { field: 'folder', before: 'INBOX', after: 'Clients' },
    { field: 'flags', removed: [], added: ['\\Flagged'], kept: ['\\Seen'] },
    { field: 'content', before: 10, after: 12 },
    { field: 'metadata', key: 'mode', before: 420, after: 384 },
  ]);
});

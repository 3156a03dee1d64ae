import { describe, expect, it } from 'vitest';
import type { ItemId, SourceId, StorageId } from '../../../shared/domain/ids.ts';
import type { SourceKind } from '../../../shared/domain/source-settings.ts';
import { type Answers, hasOwnFolder, requestOf, targetsFor } from './restore-answers.ts';

const storage = 's' as StorageId;
const answers: Answers = {
  storage,
  scope: 'everything',
  sources: [],
  asOf: { kind: 'now' },
  momentMs: null,
  target: 'original',
  path: '',
  source: null,
  folder: '',
  ownFolder: null,
  rootName: 'Restored 2026-11-21',
  conflict: 'skip',
  verify: false,
};
const kinds = (...names: SourceKind[]): ReadonlySet<SourceKind> => new Set(names);

describe('where a restore may go', () => {
  it('offers mailboxes to mail only', () => {
    expect(targetsFor(kinds('files'))).toEqual(['original', 'directory']);
    expect(targetsFor(kinds('imap', 'files'))).toContain('eml');
    expect(targetsFor(null)).toContain('source');
    expect(targetsFor(kinds('imap', 'thunderbird'))).toEqual(['source', 'eml', 'mbox', 'directory']);
  });

  it('puts mail below a folder of its own, unless a person says otherwise', () => {
    expect(hasOwnFolder(answers, kinds('imap'))).toBe(true);
    expect(hasOwnFolder({ ...answers, ownFolder: false }, kinds('imap'))).toBe(false);
    expect(hasOwnFolder({ ...answers, target: 'directory' }, kinds('imap'))).toBe(false);
  });

  it('never puts files that go back to their paths below another folder', () => {
    expect(hasOwnFolder({ ...answers, ownFolder: true }, kinds('imap', 'files'))).toBe(false);
    expect(requestOf({ ...answers, ownFolder: true }, null, kinds('files'), false)?.restoreRoot).toBeNull();
  });
});

describe('the request', () => {
  it('is complete, or not there', () => {
    expect(requestOf({ ...answers, storage: null }, null, null, true)).toBeNull();
    expect(requestOf({ ...answers, target: 'eml' }, null, null, true)).toBeNull();
    expect(requestOf({ ...answers, target: 'source' }, null, null, true)).toBeNull();
    expect(requestOf({ ...answers, rootName: 'a/b' }, null, kinds('imap'), true)).toBeNull();
  });

  it('never becomes one for everything because nothing was chosen', () => {
    expect(requestOf({ ...answers, scope: 'sources' }, null, kinds('imap'), true)).toBeNull();
  });

  it('says exactly what was answered', () => {
    const selection = { storage, items: ['i' as ItemId], sources: [], asOf: { kind: 'now' }, label: 'x' } as const;
    const source = 'o' as SourceId;
    expect(
      requestOf({ ...answers, scope: 'selection', target: 'source', source, folder: ' Old ' }, selection, kinds('imap'), true),
    ).toEqual({
      storage,
      selection: { items: ['i'], sources: [], recursive: true },
      asOf: { kind: 'now' },
      target: { kind: 'source', source, folder: 'Old' },
      restoreRoot: 'Restored 2026-11-21',
      conflict: 'skip',
      verify: false,
      tag: null,
      dryRun: true,
    });
  });
});

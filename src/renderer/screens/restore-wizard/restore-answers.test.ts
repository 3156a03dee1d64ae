import { describe, expect, it } from 'vitest';
import type { ItemId, SourceId, StorageId } from '../../../shared/domain/ids.ts';
import type { SourceKind } from '../../../shared/domain/source-settings.ts';
import { type Answers, canEmptyFirst, hasOwnFolder, requestOf, takes, targetsFor } from './restore-answers.ts';

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
  matches: {},
  folder: '',
  ownFolder: null,
  rootName: 'Restored 2026-11-21',
  conflict: 'skip',
  without: [],
  verify: false,
};
const kinds = (...names: SourceKind[]): ReadonlySet<SourceKind> => new Set(names);

describe('where a restore may go', () => {
  it('offers mailboxes to mail only', () => {
    expect(targetsFor(kinds('files'))).toEqual(['original', 'directory', 'pocket']);
    expect(targetsFor(kinds('imap', 'files'))).toContain('eml');
    expect(targetsFor(null)).toContain('source');
    expect(targetsFor(kinds('imap', 'thunderbird'), false, false)).toEqual(['source', 'eml', 'mbox', 'directory', 'pocket']);
  });

  it('offers an account for each where several are concerned, and none of them is a folder of files', () => {
    expect(targetsFor(kinds('imap', 'caldav'), true)).toContain('matched');
    expect(targetsFor(kinds('imap', 'caldav'))).not.toContain('matched');
    expect(targetsFor(kinds('imap', 'files'), true)).not.toContain('matched');
    expect(targetsFor(kinds('caldav'))).toEqual(['original', 'source', 'directory', 'pocket']);
  });

  it('lets mail go into mail, calendars into calendars, and nothing into what is only read', () => {
    expect([takes('imap', 'jmap'), takes('maildir', 'imap'), takes('caldav', 'caldav')]).toEqual([true, true, true]);
    expect([takes('imap', 'caldav'), takes('carddav', 'caldav'), takes('imap', 'files')]).toEqual([false, false, false]);
    expect([takes('jmap', 'jmap'), takes('thunderbird', 'imap'), takes('files', 'files')]).toEqual([false, false, false]);
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

describe('emptying first', () => {
  const back: Answers = { ...answers, ownFolder: false };

  it('is for whole folders of one source that go to where a source has them', () => {
    expect(canEmptyFirst(back, kinds('imap'), 1)).toBe(true);
    expect(canEmptyFirst({ ...back, target: 'source' }, kinds('imap'), 1)).toBe(true);
    expect(canEmptyFirst(back, kinds('imap'), 2)).toBe(false);
    expect(canEmptyFirst(answers, kinds('imap'), 1)).toBe(false);
    for (const target of ['directory', 'eml', 'mbox'] as const)
      expect(canEmptyFirst({ ...back, target }, kinds('imap'), 1)).toBe(false);
    expect(canEmptyFirst({ ...back, asOf: { kind: 'vanished', fromMs: 0, toMs: 1 } }, kinds('imap'), 1)).toBe(false);
    expect(canEmptyFirst({ ...back, asOf: { kind: 'version', version: 2 } }, kinds('imap'), 1)).toBe(false);
  });

  it('is asked for with the name that was typed, and with none in a dry run', () => {
    const chosen: Answers = { ...back, conflict: 'empty-first' };
    expect(requestOf(chosen, null, kinds('imap'), false, 'INBOX')).toMatchObject({ conflict: 'empty-first', confirm: 'INBOX' });
    expect(requestOf(chosen, null, kinds('imap'), true)).not.toHaveProperty('confirm');
  });
});

describe('the request', () => {
  it('is complete, or not there', () => {
    expect(requestOf({ ...answers, storage: null }, null, null, true)).toBeNull();
    expect(requestOf({ ...answers, target: 'eml' }, null, null, true)).toBeNull();
    expect(requestOf({ ...answers, target: 'source' }, null, null, true)).toBeNull();
    expect(requestOf({ ...answers, rootName: 'a/b' }, null, kinds('imap'), true)).toBeNull();
  });

  it('names the account of each source', () => {
    const matches = { a: 'b' as SourceId };
    const request = requestOf({ ...answers, target: 'matched', matches, ownFolder: false }, null, kinds('imap'), true);
    expect(request?.target).toEqual({ kind: 'matched', matches: [{ from: 'a', to: 'b', folder: null }] });
    expect(requestOf({ ...answers, target: 'matched' }, null, kinds('imap'), true)).toBeNull();
  });

  it('never becomes one for everything because nothing was chosen', () => {
    expect(requestOf({ ...answers, scope: 'sources' }, null, kinds('imap'), true)).toBeNull();
  });

  it('reads nothing back of what is written as a whole', () => {
    const wanted = { ...answers, verify: true, path: '/tmp/x' };
    const verified = (target: Answers['target']) => requestOf({ ...wanted, target }, null, kinds('imap'), true)?.verify;
    expect(['eml', 'directory', 'mbox', 'pocket'].map((target) => verified(target as Answers['target']))).toEqual([
      ...[true, true],
      ...[false, false],
    ]);
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

import type { ListResponse } from 'imapflow';
import { describe, expect, it } from 'vitest';
import { arrangeFolders, folderMetadata, type RemoteFolder } from './folders.ts';

const listed = (path: string, flags: readonly string[] = [], more: Partial<ListResponse> = {}): ListResponse => ({
  path,
  pathAsListed: path,
  name: path.split('/').at(-1) ?? '',
  delimiter: '/',
  parent: [],
  parentPath: '',
  flags: new Set(flags),
  listed: true,
  subscribed: true,
  ...more,
});
const arrange = (...entries: ListResponse[]): RemoteFolder[] => arrangeFolders(entries, () => false);
const keys = (folders: readonly RemoteFolder[]): string[] => folders.map(({ key }) => key);

describe('the folders of an account', () => {
  it('come with parents before children, INBOX first, in the same order every time', () => {
    const entries = ['Work/b', 'Archive', 'INBOX/x', 'Work', 'Work/a', 'INBOX'].map((path) => listed(path));
    const expected = ['INBOX', 'INBOX/x', 'Archive', 'Work', 'Work/a', 'Work/b'];
    expect(keys(arrange(...entries))).toEqual(expected);
    expect(keys(arrange(...entries.reverse()))).toEqual(expected);
  });

  it('get the parents that the server does not list', () => {
    const folders = arrange(listed('a/b/c'), listed('a/b/d'));
    expect(keys(folders)).toEqual(['a', 'a/b', 'a/b/c', 'a/b/d']);
    expect(folders[1]).toMatchObject({ name: 'b', parentKey: 'a', holdsMessages: false, flags: ['\\NonExistent'] });
  });

  it('lie below INBOX however the server spells it there', () => {
    expect(arrange(listed('INBOX'), listed('Inbox/sub'))[1]).toMatchObject({ parentKey: 'INBOX', name: 'sub' });
  });

  it('are listed once, and never without a name', () => {
    expect(keys(arrange(listed('a'), listed('a'), listed(''), listed('b/')))).toEqual(['a', 'b/']);
    expect(arrange(listed('b/'))[0]).toMatchObject({ name: 'b/', parentKey: '' });
  });

  it('need no delimiter', () => {
    expect(arrange(listed('a/b', [], { delimiter: '' }))[0]).toMatchObject({ name: 'a/b', parentKey: '', delimiter: null });
  });

  it('hold no messages where the server says so', () => {
    for (const flag of ['\\Noselect', '\\NOSELECT', '\\NonExistent'])
      expect(arrange(listed('a', [flag]))[0]?.holdsMessages).toBe(false);
  });

  it('have the special use that the server names, and never one that is guessed from the name', () => {
    expect(arrange(listed('Gesendet', ['\\Sent']))[0]).toMatchObject({ specialUse: '\\Sent', flags: [] });
    expect(arrange(listed('Sent', [], { specialUse: '\\Sent', specialUseSource: 'name' }))[0]?.specialUse).toBeNull();
  });

  it('keep what a restore needs, and nothing that comes and goes', () => {
    const entry = listed('a', ['\\HasChildren', '\\Marked', '\\Noinferiors'], { subscribed: false });
    const [folder] = arrange(entry) as [RemoteFolder];
    const state = { uidValidity: '7', uidNext: 1, highestModseq: '9', messages: 0 };
    expect(folderMetadata(folder, state)).toEqual({
      path: 'a',
      delimiter: '/',
      specialUse: null,
      subscribed: false,
      flags: ['\\Noinferiors'],
      uidValidity: '7',
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { SourceDescription } from '../../../shared/domain/commit.ts';
import type { ItemId, SourceId } from '../../../shared/domain/ids.ts';
import type { SourceSettings } from '../../../shared/domain/source-settings.ts';
import type { FolderState } from '../work.ts';
import { isAnother } from './another-source.ts';

const of = (settings: SourceSettings): SourceDescription => ({ id: 'source' as SourceId, name: 'Source', settings });
const maildir = (path: string) => of({ kind: 'maildir', path, exclude: [] });
const imap = (host: string, user: string) =>
  of({ kind: 'imap', host, port: 993, tls: 'implicit', user, certificateSha256: null, exclude: [] });
const local = (kind: 'mbox' | 'item-files' | 'thunderbird', path: string) => of({ kind, path, exclude: [] });
const dav = (url: string, user: string) => of({ kind: 'caldav', url, user, certificateSha256: null, exclude: [] });
const files = of({ kind: 'files', paths: ['/a'], exclude: [], excludeIfPresent: [], oneFileSystem: false });

const folder = (item: string, parent: string | null, before: string | undefined, now: string | undefined): FolderState =>
  ({
    item: item as ItemId,
    parent: parent as ItemId | null,
    known: before === undefined ? undefined : { identity: before },
    sighting: now === undefined ? {} : { identity: now },
  }) as unknown as FolderState;
const root = folder('root', null, undefined, undefined);

describe('another source', () => {
  it('is at another path, on another server, or another user’s', () => {
    expect(isAnother(maildir('/b'), maildir('/a'), [])).toBe(true);
    for (const kind of ['mbox', 'item-files', 'thunderbird'] as const)
      expect([isAnother(local(kind, '/b'), local(kind, '/a'), []), isAnother(local(kind, '/a'), local(kind, '/a'), [])]).toEqual([
        true,
        false,
      ]);
    expect(isAnother(imap('one.example', 'anna'), imap('two.example', 'anna'), [])).toBe(true);
    expect(isAnother(imap('one.example', 'anna'), imap('one.example', 'ines'), [])).toBe(true);
    expect(isAnother(imap('ONE.example', 'anna'), imap('one.example', 'anna'), [])).toBe(false);
    expect(isAnother(dav('one.example', 'anna'), dav('two.example', 'anna'), [])).toBe(true);
    expect(isAnother(dav('one.example', 'anna'), dav('one.example', 'ines'), [])).toBe(true);
    expect(isAnother(dav('https://ONE.example:8443/dav/', 'anna'), dav('one.example', 'anna'), [])).toBe(false);
  });

  it('has another folder at the top, where disks are concerned', () => {
    expect(isAnother(files, files, [root, folder('a', 'root', 'disk 1', 'disk 2')])).toBe(true);
    expect(isAnother(files, files, [root, folder('a', 'root', 'disk 1', 'disk 1')])).toBe(false);
    expect(isAnother(imap('a', 'b'), imap('a', 'b'), [root, folder('a', 'root', '1', '2')])).toBe(false);
    expect(isAnother(local('item-files', '/a'), local('item-files', '/a'), [root, folder('a', 'root', '1', '2')])).toBe(true);
    expect(isAnother(local('mbox', '/a'), local('mbox', '/a'), [root, folder('a', 'root', '1', '2')])).toBe(false);
    expect(isAnother(dav('a', 'b'), dav('a', 'b'), [root, folder('a', 'root', '1', '2')])).toBe(false);
  });

  it('is not one whose deeper folders are others, or of which nothing is known', () => {
    expect(isAnother(files, files, [root, folder('a', 'root', 'x', 'x'), folder('b', 'a', 'y', 'z')])).toBe(false);
    expect(isAnother(files, undefined, [root, folder('a', 'root', undefined, 'x')])).toBe(false);
    expect(isAnother(files, files, [root, folder('a', 'root', 'x', undefined)])).toBe(false);
  });
});

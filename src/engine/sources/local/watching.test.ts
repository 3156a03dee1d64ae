import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fakeClock } from '../../../../test/kit/fake-clock.ts';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { silentLog } from '../../kernel/log.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import type { ChangeNotice, WatchListener } from '../source.ts';
import { itemFilesLayout, mboxLayout, thunderbirdLayout, watchLocal } from './watching.ts';

describe('what changes beside mail', () => {
  it.each(['Inbox.lock', 'Inbox.msf', 'Inbox.TMP', 'a/Inbox.cmeta', 'Inbox.ibex', 'x.ev-summary', '.Inbox.swp', 'Inbox~'])(
    'is no reason to look: %s beside an mbox',
    (changed) => {
      expect(mboxLayout.matters(changed)).toBe(false);
      expect(thunderbirdLayout.matters(`Mail/Local Folders/${changed}`)).toBe(false);
    },
  );

  it.each(['Inbox', 'a/b/Inbox.mbox', 'locked', 'Inbox.lock.old', 'a~b'])('is not taken for it: %s is an mbox', (changed) => {
    expect(mboxLayout.matters(changed)).toBe(true);
  });

  it('is in a profile of Thunderbird all but mail and the list of accounts', () => {
    const mail = ['Mail/Local Folders/Inbox', 'ImapMail/nord/INBOX', 'x.default/Mail/a/Inbox', 'prefs.js', 'x.default/prefs.js'];
    expect([...mail, 'profiles.ini'].filter((changed) => !thunderbirdLayout.matters(changed))).toEqual([]);
    const other = [
      'places.sqlite',
      'Mailing/x',
      'cache2/entries/1',
      'user-prefs.js',
      'prefs.js.bak',
      'global-messages-db.sqlite',
    ];
    expect(other.filter(thunderbirdLayout.matters)).toEqual([]);
    // A message of a Maildir is written there before it is one.
    expect(thunderbirdLayout.matters('Mail/nord/Inbox/tmp/1700000000.eml')).toBe(false);
  });

  it('is everything that is no item where each file is one', () => {
    expect(itemFilesLayout.matters('2026/notes.tmp')).toBe(true);
  });
});

describe('the folder of what changed', () => {
  it('is the mbox itself, or the one that Apple Mail keeps beside a directory of parts', () => {
    expect(['Inbox', 'a/Inbox.mbox', 'a/Inbox.imap', 'a/Inbox.IMAP'].map(mboxLayout.folderOf)).toEqual([
      ...['Inbox', 'a/Inbox.mbox', 'a/Inbox.mbox', 'a/Inbox.mbox'],
    ]);
  });

  it('is the directory of a file that is an item', () => {
    expect(['a/b/1.eml', '1.eml'].map(itemFilesLayout.folderOf)).toEqual(['a/b', '.']);
  });

  it('is of Thunderbird its mbox, or the Maildir that a message lies in', () => {
    const changed = ['Mail/a/Inbox', 'Mail/a/Inbox/cur/1.eml', 'Mail/a/Inbox/new/1.eml', 'Mail/a/Inbox/cur', 'Mail/a/current'];
    expect(changed.map(thunderbirdLayout.folderOf)).toEqual([
      ...['Mail/a/Inbox', 'Mail/a/Inbox', 'Mail/a/Inbox', 'Mail/a/Inbox', 'Mail/a/current'],
    ]);
  });
});

describe('watching', () => {
  const begin = async (root: string) => {
    const notices: ChangeNotice[] = [];
    const stop = new AbortController();
    const clock = fakeClock();
    const listener: WatchListener = {
      signal: stop.signal,
      clock,
      log: silentLog,
      memory: path.join(temporaryFolder(), 'memory'),
      ownPaths: [],
      tell: (notice) => void notices.push(notice),
      lost: () => undefined,
    };
    const watcher = await watchLocal(root, new NodeFileSystem(), mboxLayout)(listener);
    onTestFinished(async () => {
      stop.abort();
      await watcher.close();
    });
    return { notices, watcher, clock };
  };

  it('a directory tells the mbox that changed by its path from there, and nothing of what lies beside it', async () => {
    const root = fs.realpathSync(temporaryFolder());
    fs.mkdirSync(path.join(root, 'a'));
    const { notices, watcher } = await begin(root);
    expect(watcher.by).toBe('events');
    fs.writeFileSync(path.join(root, 'a', 'Inbox.msf'), 'index');
    fs.writeFileSync(path.join(root, 'a', 'Inbox.lock'), '');
    fs.writeFileSync(path.join(root, 'a', 'Inbox.imap'), 'From nobody');
    await vi.waitFor(() => expect(notices).toContainEqual({ kind: 'folders', folders: ['a/Inbox.mbox'] }), 10_000);
    expect(notices.filter(({ kind }) => kind === 'folders')).toEqual([{ kind: 'folders', folders: ['a/Inbox.mbox'] }]);
  });

  it('a single file is asked now and then, by its name: what lies beside it is nobody’s business', async () => {
    const file = path.join(temporaryFolder(), 'old mail');
    fs.writeFileSync(file, 'From nobody');
    const { notices, watcher, clock } = await begin(file);
    expect([watcher.by, notices]).toEqual(['polling', [{ kind: 'folders', folders: ['old mail'] }]]);
    fs.writeFileSync(`${file}.beside`, 'x');
    await clock.advance(watcher.everyMs ?? 0);
    expect(notices).toEqual([...notices.slice(0, 1), { kind: 'folders', folders: ['old mail'] }]);
  });
});

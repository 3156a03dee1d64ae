import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../temporary-folder.ts';

/**
 * A profile as Thunderbird's formats are documented and as its files are known to look: nothing here was written by a Thunderbird.
 * Local Folders as mbox files, one account of POP3 with a directory per folder.
 */
export class MadeProfile {
  /** Where `profiles.ini` is. */
  readonly root = temporaryFolder();
  readonly path = path.join(this.root, 'Profiles', 'x1.default');
  readonly local = path.join(this.path, 'Mail', 'Local Folders');
  readonly pop = path.join(this.path, 'Mail', 'pop.nord.example');

  constructor() {
    for (const directory of [this.local, this.pop]) fs.mkdirSync(directory, { recursive: true });
    fs.writeFileSync(path.join(this.root, 'profiles.ini'), profiles);
    fs.writeFileSync(path.join(this.path, 'prefs.js'), prefs);
    fs.writeFileSync(path.join(this.local, 'msgFilterRules.dat'), 'version="9"\n');
  }

  /** Of Local Folders; those above are made, too. */
  mbox(folder: readonly string[]): string {
    const file = path.join(this.local, ...folder.slice(0, -1).map((name) => `${name}.sbd`), folder.at(-1) ?? '');
    fs.mkdirSync(path.dirname(file), { recursive: true });
    for (let depth = 1; depth <= folder.length; depth++) {
      const above = path.join(this.local, ...folder.slice(0, depth - 1).map((name) => `${name}.sbd`), folder[depth - 1] ?? '');
      if (!fs.existsSync(above)) fs.writeFileSync(above, '');
      // The index, in a format of its own that nobody else reads.
      fs.writeFileSync(`${above}.msf`, '// <!-- <mdb:mork:z v="1.4"/> -->\n');
    }
    return file;
  }

  /** Of the POP3 account. */
  maildir(folder: string): string {
    const directory = path.join(this.pop, folder, 'cur');
    fs.mkdirSync(directory, { recursive: true });
    fs.mkdirSync(path.join(this.pop, folder, 'tmp'), { recursive: true });
    fs.writeFileSync(path.join(this.pop, `${folder}.msf`), '');
    return directory;
  }
}

const profiles = [
  '[Install4F96D1932A9F858E]',
  'Default=Profiles/x1.default',
  '',
  '[Profile0]',
  'Name=default',
  'IsRelative=1',
  'Path=Profiles/x1.default',
  '',
  '[General]',
  'StartWithLastProfile=1',
  '',
].join('\n');

const prefs = [
  '// Mozilla User Preferences',
  'user_pref("app.update.lastUpdateTime", 1700000000);',
  'user_pref("mail.accountmanager.accounts", "account1,account2,account3");',
  'user_pref("mail.accountmanager.localfoldersserver", "server2");',
  'user_pref("mail.account.account1.server", "server1");',
  'user_pref("mail.account.account2.server", "server2");',
  'user_pref("mail.account.account3.server", "server3");',
  'user_pref("mail.server.server1.directory-rel", "[ProfD]Mail/pop.nord.example");',
  'user_pref("mail.server.server1.hostname", "pop.nord.example");',
  'user_pref("mail.server.server1.name", "anna \\"A\\" <anna@nord.example>");',
  'user_pref("mail.server.server1.storeContractID", "@mozilla.org/msgstore/maildirstore;1");',
  'user_pref("mail.server.server1.type", "pop3");',
  'user_pref("mail.server.server2.directory-rel", "[ProfD]Mail/Local Folders");',
  'user_pref("mail.server.server2.name", "Local Folders");',
  'user_pref("mail.server.server2.type", "none");',
  'user_pref("mail.server.server3.directory-rel", "[ProfD]News/news.nord.example");',
  'user_pref("mail.server.server3.type", "nntp");',
  '',
].join('\n');

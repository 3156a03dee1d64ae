import fs from 'node:fs';
import path from 'node:path';
import { NodeFileSystem } from '../../../src/engine/kernel/node-file-system.ts';
import { emlDestination } from '../../../src/engine/sources/disk/destination-eml.ts';
import { imapDestination } from '../../../src/engine/sources/imap/destination-imap.ts';
import { imapSource } from '../../../src/engine/sources/imap/index.ts';
import type { TestMailbox } from '../dovecot/mailbox.ts';
import type { MailServer } from '../mail-server.ts';
import { RandomMailbox } from '../random-mailbox.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { type Account, type Moment, type Place, spot, type Thing } from './place.ts';

export async function mailPlace(server: MailServer, below: (limit: number) => number): Promise<Place> {
  const open: TestMailbox[] = [];
  const account = async () => {
    const user = await server.newUser();
    const mailbox = await server.mailbox(user);
    open.push(mailbox);
    const settings = server.settings(user, 'none');
    const to = imapDestination(settings, server.credential, { folder: null, restoreRoot: null });
    return { settings, mailbox, to, state: () => stateOf(mailbox) };
  };
  const own = await account();
  const random = new RandomMailbox(own.mailbox, below);
  return {
    ...own,
    source: imapSource(own.settings, server.credential),
    holdsBoth: true,
    isSame: (one, other) => one.content === other.content,
    plain: (thing) => thing,
    change: () => random.change(),
    lookAgain: () => random.lookAgain(),
    spotOf: ({ manifest, folders }) =>
      spot({ folder: folders.map(({ name }) => name).join('/'), key: manifest.key.slice(manifest.key.indexOf(':') + 1) }),
    another: account,
    directory: emlDirectory,
    async close() {
      for (const mailbox of open) await mailbox.close();
    },
  };
}

async function stateOf(mailbox: TestMailbox): Promise<Moment> {
  const folders = (await mailbox.folders()).map((line) => line.slice(0, line.indexOf('|')));
  const things: Thing[] = [];
  for (const folder of folders)
    for (const { uid, flags, date, bytes } of await mailbox.messages(folder)) {
      const content = Buffer.from(bytes).toString('latin1');
      const [, name = ''] = /^Message-ID: (\S+)/m.exec(content) ?? [];
      things.push({ folder, key: String(uid), name, content, rest: `${date} ${flags.join(' ')}`, timeMs: Date.parse(date) });
    }
  return { folders: new Map(folders.map((folder) => [folder, folder])), things };
}

/** Flags have no place in such files; the date of arrival is the file's. */
function emlDirectory(): Account {
  const root = path.join(temporaryFolder(), 'eml');
  return {
    to: emlDestination({ files: new NodeFileSystem(), path: root }),
    state: () => {
      const all = fs.existsSync(root) ? fs.readdirSync(root, { recursive: true, withFileTypes: true }) : [];
      const folderOf = (entry: fs.Dirent): string => path.relative(root, path.join(entry.parentPath, entry.name));
      const things = all
        .filter((entry) => entry.isFile())
        .map((entry) => {
          const file = path.join(entry.parentPath, entry.name);
          const date = new Date(Math.round(fs.statSync(file).mtimeMs)).toISOString();
          const content = fs.readFileSync(file, 'latin1');
          return { folder: path.relative(root, entry.parentPath), key: entry.name, name: entry.name, content, rest: date };
        });
      return Promise.resolve({
        folders: new Map(all.filter((entry) => entry.isDirectory()).map((entry) => [folderOf(entry), folderOf(entry)])),
        things,
      });
    },
  };
}

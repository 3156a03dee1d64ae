import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { type Command, run } from '../cycle/measured.ts';

/** A mailbox on a server here: one connection, no TLS, the same for all. */
export interface Account {
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** A program that brings a mailbox to this machine: the same command the first time and every later time. */
export interface MailProgram {
  readonly name: string;
  readonly version: string;
  make(account: Account, scratch: string): { begin(): void; cycle(): Command };
}

const program = path.resolve(import.meta.dirname, '../../../strata');

export const strata = (): MailProgram => ({
  name: 'Strata',
  version: run({ words: [program, '--version'] }).trim(),
  make({ port, user, password }, scratch) {
    const environment = {
      LANG: 'en',
      STRATA_PROFILE: path.join(scratch, 'profile'),
      STRATA_PASSWORD: 'granite otter ferry cobalt',
      STRATA_SECRET: password,
    };
    // With the keys in the keychain, as on a desk: a cycle derives none.
    const command = (...words: readonly string[]) => ({ words: [program, ...words], environment });
    const quiet = { LANG: environment.LANG, STRATA_PROFILE: environment.STRATA_PROFILE };
    return {
      begin() {
        const storage = ['storage', 'create', path.join(scratch, 'storage'), '--name', 'Bench'];
        run(command(...storage, '--recovery-key', path.join(scratch, 'key')));
        const server = ['--host', '127.0.0.1', '--port', String(port), '--tls', 'none', '--user', user];
        run(command('source', 'add', 'imap', 'Mail', ...server));
        run(command('storage', 'settings', 'Bench', '--automatic', 'off'));
        run(command('job', 'create', 'All', '--source', 'Mail', '--storage', 'Bench'));
      },
      cycle: () => ({ words: [program, 'job', 'run', 'All'], environment: quiet }),
    };
  },
});

/** As it is set up by itself, each file safely on the disk. */
export function mbsync(): MailProgram | undefined {
  const version = versionOf('mbsync');
  return version === undefined
    ? undefined
    : {
        name: 'mbsync',
        version,
        make({ port, user, password }, scratch) {
          const configuration = path.join(scratch, 'mbsyncrc');
          const maildir = path.join(scratch, 'mail');
          return {
            begin() {
              fs.mkdirSync(maildir);
              fs.writeFileSync(
                configuration,
                `IMAPStore far\nHost 127.0.0.1\nPort ${port}\nUser ${user}\nPass ${password}\nSSLType None\nAuthMechs LOGIN\n\n` +
                  `MaildirStore near\nPath ${maildir}/\nInbox ${maildir}/INBOX\nSubFolders Verbatim\n\n` +
                  `Channel all\nFar :far:\nNear :near:\nPatterns *\nCreate Near\nSync Pull\nSyncState *\n`,
              );
            },
            cycle: () => ({ words: ['mbsync', '-q', '-c', configuration, 'all'] }),
          };
        },
      };
}

export function offlineimap(): MailProgram | undefined {
  const version = versionOf('offlineimap');
  return version === undefined
    ? undefined
    : {
        name: 'offlineimap',
        version,
        make({ port, user, password }, scratch) {
          const configuration = path.join(scratch, 'offlineimaprc');
          return {
            begin: () =>
              fs.writeFileSync(
                configuration,
                `[general]\naccounts = all\nui = quiet\nmetadata = ${scratch}/state\n\n[Account all]\nlocalrepository = near\nremoterepository = far\n\n` +
                  `[Repository near]\ntype = Maildir\nlocalfolders = ${scratch}/mail\n\n` +
                  `[Repository far]\ntype = IMAP\nremotehost = 127.0.0.1\nremoteport = ${port}\nremoteuser = ${user}\nremotepass = ${password}\n` +
                  'ssl = no\nstarttls = no\nmaxconnections = 1\nreadonly = true\n',
              ),
            cycle: () => ({ words: ['offlineimap', '-o', '-c', configuration] }),
          };
        },
      };
}

function versionOf(name: string): string | undefined {
  const { status, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
  return status === 0 ? (/\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? 'unknown') : undefined;
}

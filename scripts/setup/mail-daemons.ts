import { existsSync } from 'node:fs';
import { hasApt, installPackages, isRoot, unpackPackage } from './apt.ts';
import type { Step } from './step.ts';

/**
 * Debian lets one IMAP server be installed at a time. Their daemons share no file, so whichever is not there is
 * unpacked beside the other; neither is removed. `home` is the package that it needs, in the same version.
 */
const daemons = [
  { package: 'dovecot-imapd', file: '/usr/lib/dovecot/imap', home: 'dovecot-core' },
  { package: 'cyrus-imapd', file: '/usr/lib/cyrus/bin/imapd', home: 'cyrus-common' },
] as const;

const missing = (): readonly (typeof daemons)[number][] => daemons.filter(({ file }) => !existsSync(file));

export const mailDaemons: Step = {
  name: 'Mail daemons',
  isDone: () => !hasApt() || !isRoot() || missing().length === 0,
  async run() {
    const wanted = missing();
    await installPackages(() => wanted.map(({ home }) => home)); // the newest, as the daemon will be
    for (const { package: name } of wanted) await unpackPackage(name);
    return wanted.map(({ package: name }) => name).join(' ');
  },
};

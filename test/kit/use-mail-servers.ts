import { withCyrus } from './cyrus/use-cyrus.ts';
import { withDovecot } from './dovecot/use-dovecot.ts';
import type { MailServer } from './mail-server.ts';

/** The same tests once for each real server, each with a server of their own. */
export function withMailServers(name: string, tests: (server: () => MailServer) => void): void {
  withDovecot(`${name} on Dovecot`, tests);
  withCyrus(`${name} on Cyrus`, tests);
}

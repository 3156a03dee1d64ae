import { afterAll, beforeAll, describe } from 'vitest';
import { Cyrus, cyrusIsMissing } from '../cyrus/cyrus.ts';
import { Radicale, radicaleIsMissing } from '../radicale/radicale.ts';
import { Xandikos, xandikosIsMissing } from '../xandikos/xandikos.ts';
import { TestAccount } from './account.ts';
import type { DavServer } from './server.ts';

type Kind = 'caldav' | 'carddav';

const known: ReadonlyArray<{
  readonly name: string;
  readonly missing: () => string | undefined;
  readonly start: () => Promise<DavServer>;
  readonly home: (kind: Kind, user: string) => string;
}> = [
  { name: 'Radicale', missing: radicaleIsMissing, start: () => Radicale.start(), home: (_, user) => `/${user}/` },
  {
    name: 'Cyrus',
    missing: cyrusIsMissing,
    start: () => Cyrus.start(),
    home: (kind, user) => `/dav/${kind === 'caldav' ? 'calendars' : 'addressbooks'}/user/${user}/`,
  },
  {
    name: 'Xandikos',
    missing: xandikosIsMissing,
    start: () => Xandikos.start(),
    home: (kind, user) => `/${user}/${kind === 'caldav' ? 'calendars' : 'contacts'}/`,
  },
];

export interface DavWorld {
  readonly server: DavServer;
  /** A new user's account. Where there is but one user, his account is emptied. */
  account(kind: Kind): Promise<{ readonly user: string; readonly account: TestAccount }>;
}

/** The same tests for each server but `without`; where one cannot be had, the reason stands in the group's name. */
export function withDavServers(
  name: string,
  tests: (world: () => DavWorld, server: string) => void,
  without: readonly string[] = [],
): void {
  const servers = known.filter((one) => !without.includes(one.name));
  describe.each(servers.map((one) => [one.name, one] as const))(`${name} on %s`, (server, { missing, start, home }) => {
    const reason = missing();
    describe.skipIf(reason !== undefined)(reason === undefined ? 'started' : `skipped: ${reason}`, () => {
      let started: DavServer | undefined;
      beforeAll(async () => {
        started = await start();
      });
      afterAll(() => started?.stop());
      const running = (): DavServer => {
        if (started === undefined) throw new Error('servers are started before the tests, not while they are listed');
        return started;
      };
      const account = async (kind: Kind) => {
        const user = await running().newUser();
        const made = new TestAccount(running(), kind, user, home(kind, user));
        if (server === 'Xandikos') for (const segment of await made.collections()) await made.removeCollection(segment);
        return { user, account: made };
      };
      tests(() => ({ server: running(), account }), server);
    });
  });
}

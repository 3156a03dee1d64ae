import { expect, it } from 'vitest';
import type { DavSettings } from '../../src/shared/domain/source-settings.ts';
import { davSource } from '../../src/engine/sources/dav/index.ts';
import { observe, readAll } from '../../src/engine/sources/testing/observation.ts';
import { sourceSuite } from '../../src/engine/sources/testing/source-suite.ts';
import { testRun } from '../../src/engine/sources/testing/test-run.ts';
import { TestAccount } from '../kit/dav/account.ts';
import { contact, event, note, task } from '../kit/dav/objects.ts';
import { davSettings } from '../kit/dav/server.ts';
import { withDavServers } from '../kit/dav/use-servers.ts';
import { withRadicale } from '../kit/radicale/use-radicale.ts';

/** Each kind on two servers: one that keeps bytes and one that rewrites them. */
const kinds: Readonly<Record<string, readonly DavSettings['kind'][]>> = {
  Radicale: ['caldav', 'carddav'],
  Cyrus: ['caldav'],
  Xandikos: ['carddav'],
};

withDavServers('calendars and address books', (world, server) => {
  for (const kind of kinds[server] ?? [])
    sourceSuite(`${kind} on ${server}`, async () => {
      const { user, account } = await world().account(kind);
      const make = (n: number, text?: string): Uint8Array =>
        kind === 'carddav' ? contact(n, text) : ([event, task, note][n % 3] ?? event)(n, text);
      const nameOf = (n: number): string => `object-${n}${kind === 'caldav' ? '.ics' : '.vcf'}`;
      return {
        source: davSource(davSettings(world().server, kind, user), world().server.credential),
        isFlat: true,
        addFolder: (folder) => account.make(folder.join('-').toLowerCase(), folder.join('/')),
        addItem: async (folder, n) => {
          const segment = folder.join('-').toLowerCase();
          await account.put(segment, nameOf(n), make(n));
          return {
            // As the server has it: some put lines into another order.
            bytes: await account.get(segment, nameOf(n)),
            remove: () => account.remove(segment, nameOf(n)),
            changeContent: async () => {
              await account.put(segment, nameOf(n), make(n, 'something else'));
              return account.get(segment, nameOf(n));
            },
          };
        },
        fingerprint: () => account.fingerprint(),
        close: async () => {},
      };
    });

  it('tells events, tasks and notes apart', async () => {
    const { user, account } = await world().account('caldav');
    await account.make('all');
    for (const [name, bytes] of Object.entries({ 'e.ics': event(1), 't.ics': task(2), 'n.ics': note(3) }))
      await account.put('all', name, bytes);
    const run = testRun();
    const session = await davSource(davSettings(world().server, 'caldav', user), world().server.credential).open(run);
    const all = (await observe(session, run)).flatMap(({ sightings }) => sightings);
    await session.close();
    expect(Object.fromEntries(all.map(({ key, kind }) => [key, kind]))).toEqual({
      'e.ics': 'event',
      't.ics': 'task',
      'n.ics': 'note',
    });
  });
});

withRadicale('an account that is only looked at', (radicale) => {
  it('hears nothing that could change anything', async () => {
    const user = radicale().newUser();
    const account = new TestAccount(radicale(), 'caldav', user, `/${user}/`);
    await account.make('work');
    for (let n = 1; n <= 3; n++) await account.put('work', `${n}.ics`, event(n));
    radicale().takeMethods();
    const run = testRun();
    const session = await davSource(davSettings(radicale(), 'caldav', user), radicale().credential).open(run);
    const found = await observe(session, run);
    const cursors = new Map(found.map(({ visit, cursor }) => [visit.folder.key, cursor]));
    await observe(session, run, { cursor: (key) => cursors.get(key) });
    const [, work] = found;
    const wanted = (work?.sightings ?? []).map((sighting) => ({ sighting, need: 'content' as const }));
    expect((await readAll(session, work?.visit.folder.key ?? '', wanted, run)).size).toBe(3);
    await session.folders(undefined, run);
    await session.close();
    expect([...new Set(radicale().takeMethods())].sort()).toEqual(['GET', 'OPTIONS', 'PROPFIND', 'REPORT']);
  });
});

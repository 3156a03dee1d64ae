import { describe, expect, it } from 'vitest';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { davDestination } from '../../src/engine/sources/dav/destination-dav.ts';
import type { DavPlace } from '../../src/engine/sources/dav/destination-collections.ts';
import { davSource } from '../../src/engine/sources/dav/index.ts';
import type { RestoreItem } from '../../src/engine/sources/destination.ts';
import { capture, madeItem } from '../../src/engine/sources/testing/capture.ts';
import { destinationSuite } from '../../src/engine/sources/testing/destination-suite.ts';
import { testRun } from '../../src/engine/sources/testing/test-run.ts';
import type { TestAccount } from '../kit/dav/account.ts';
import { contact, event, note, task } from '../kit/dav/objects.ts';
import { davSettings } from '../kit/dav/server.ts';
import { type DavWorld, withDavServers } from '../kit/dav/use-servers.ts';

/** Bytes that are no event travel in one, as its title. */
const wrapped = (n: number, bytes: Uint8Array): Uint8Array => event(n, `bytes ${Buffer.from(bytes).toString('hex')}`);
const unwrapped = (text: string): Uint8Array => {
  const hex = /^SUMMARY:bytes ([0-9a-f]*)/m.exec(text.replace(/\r\n[ \t]/g, ''))?.[1];
  return hex === undefined ? Buffer.from(text, 'latin1') : Buffer.from(hex, 'hex');
};

withDavServers('putting events and contacts back', (world, server) => {
  const destination = (user: string, kind: 'caldav' | 'carddav' = 'caldav', place: Partial<DavPlace> = {}) =>
    davDestination(davSettings(world().server, kind, user), world().server.credential, {
      folder: null,
      restoreRoot: null,
      ...place,
    });

  // Xandikos does not give back what it was given.
  if (server !== 'Xandikos')
    destinationSuite(`caldav on ${server}`, async () => {
      const { user, account } = await world().account('caldav');
      return {
        destination: destination(user),
        item: (n, folderPath, bytes) =>
          madeItem({
            n,
            name: `e-${n}.ics`,
            kind: 'event',
            folderPath,
            bytes: bytes === undefined ? event(n) : wrapped(n, bytes),
          }),
        contents: async () => [...(await account.everything()).values()].map(unwrapped),
        namesCollide: true,
        close: async () => {},
      };
    });

  it('puts a whole account back into an empty one, once, with what its collections were', async () => {
    const { items, state } = await filled(world());
    const { user, account } = await world().account('caldav');
    await restore(destination(user), items);
    // Xandikos takes no colours.
    if (server === 'Xandikos') expect((await stateOf(account)).objects).toEqual(state.objects);
    else expect(await stateOf(account)).toEqual(state);
    const put = await restore(destination(user), items);
    expect(put).toBe(0);
  });

  it('puts two calendars of one name back into two, once, whatever the account has', async () => {
    const first = await world().account('caldav');
    await first.account.make('a', 'Plans');
    await first.account.make('b', 'Plans');
    await first.account.put('a', 'one.ics', event(1));
    await first.account.put('b', 'two.ics', event(2));
    const source = davSource(davSettings(world().server, 'caldav', first.user), world().server.credential);
    const items = await capture(source, new NodeFileSystem(), testRun());
    const apart = async (account: TestAccount): Promise<string[]> =>
      [...(await account.everything()).keys()].filter((key) => /(one|two)\.ics$/.test(key)).sort();

    const empty = await world().account('caldav');
    await restore(destination(empty.user), items);
    expect(await apart(empty.account)).toEqual(['a/one.ics', 'b/two.ics']);
    expect(await restore(destination(empty.user), items)).toBe(0);

    // On Xandikos each account has the same paths: there it is the same place.
    if (server === 'Xandikos') return;
    // One of that name that somebody else made is neither of them, and one of their places is taken.
    const lived = await world().account('caldav');
    await lived.account.make('c', 'Plans');
    await lived.account.make('a', 'Others');
    await restore(destination(lived.user), items);
    expect(await apart(lived.account)).toEqual(['a-2/one.ics', 'b/two.ics']);
    expect(await restore(destination(lived.user), items)).toBe(0);
  });

  it('makes a new collection below a name of its own, and leaves the old one alone', async () => {
    const { items, state, user, account } = await filled(world());
    const restored = restore(destination(user, 'caldav', { restoreRoot: 'Restored' }), items);
    // Cyrus lets one UID be in one calendar of an account only, as RFC 6638 has it for servers that send invitations.
    if (server === 'Cyrus') return expect(restored).rejects.toMatchObject({ facts: { reason: expect.stringContaining('403') } });
    await restored;
    const after = await stateOf(account);
    const places = { work: 'restored-work-more', tasks: 'restored-tasks' } as const;
    for (const [key, text] of state.objects) {
      const [segment = '', name = ''] = key.split('/');
      expect(after.objects.get(key)).toBe(text);
      expect(after.objects.get(`${places[segment as keyof typeof places]}/${name}`)).toBe(text);
    }
    expect(after.objects.size).toBe(state.objects.size * 2);
  });

  it('finds an object by its UID wherever it lies, and replaces it there', async () => {
    const { user, account } = await world().account('caldav');
    await account.make('work', 'Work');
    for (let n = 1; n <= 5; n++) await account.put('work', `other-${n}.ics`, event(n));
    const session = await destination(user).open(testRun());
    const item = (text?: string): RestoreItem =>
      madeItem({ n: 3, name: 'mine.ics', kind: 'event', folderPath: ['Work'], bytes: event(3, text) });
    expect(await session.probe(item(), testRun())).toBe('identical');
    const changed = { ...item('another title'), manifest: { ...item().manifest, version: 2 } };
    expect(await session.probe(changed, testRun())).toBe('same-name');
    await session.write(changed, 'replace', testRun());
    await session.close();
    expect(await account.names('work')).toHaveLength(5);
    expect(Buffer.from(await account.get('work', 'other-3.ics')).toString()).toContain('another title');
  });

  it('puts contacts back', async () => {
    const { user, account } = await world().account('carddav');
    const items = [1, 2].map((n) =>
      madeItem({ n, name: `c-${n}.vcf`, kind: 'contact', folderPath: ['Friends'], bytes: contact(n) }),
    );
    expect(await restore(destination(user, 'carddav'), items)).toBe(2);
    expect(await restore(destination(user, 'carddav'), items)).toBe(0);
    expect(await account.names('friends')).toEqual(['c-1.vcf', 'c-2.vcf']);
  });

  it('sends no invitations, where the server would send some', async () => {
    const { user, account } = await world().account('caldav');
    const invited = Buffer.from(
      Buffer.from(event(1))
        .toString()
        .replace('END:VEVENT', `ORGANIZER:mailto:${user}@localhost\r\nATTENDEE;CN=Bob:mailto:bob@example.org\r\nEND:VEVENT`),
    );
    const item = madeItem({ n: 1, name: 'e.ics', kind: 'event', folderPath: ['Work'], bytes: invited });
    await restore(destination(user), [item]);
    const text = Buffer.from(await account.get('work', 'e.ics')).toString();
    const isSilenced = text.replace(/\r\n /g, '').includes('ATTENDEE;SCHEDULE-AGENT=CLIENT;CN=Bob');
    expect(isSilenced).toBe(server === 'Cyrus');
    expect(text).not.toContain('SCHEDULE-STATUS');
    expect(await restore(destination(user), [item])).toBe(0);
  });

  describe('what it refuses', () => {
    it('is a message in a calendar', async () => {
      const { user } = await world().account('caldav');
      const session = await destination(user).open(testRun());
      const item = madeItem({ name: '1', kind: 'message', bytes: Buffer.from('Subject: x\r\n\r\n') });
      await expect(session.probe(item, testRun())).rejects.toMatchObject({ code: 'not.supported' });
      await session.close();
    });
  });
});

/** Returns how many were put. */
async function restore(to: ReturnType<typeof davDestination>, items: readonly RestoreItem[]): Promise<number> {
  const run = testRun();
  const session = await to.open(run);
  let put = 0;
  try {
    for (const item of items) {
      const there = await session.probe(item, run);
      if (there === 'identical') continue;
      await session.write(item, there === 'absent' ? 'create' : 'replace', run);
      put += 1;
    }
    await session.finish(run);
  } finally {
    await session.close();
  }
  return put;
}

interface State {
  readonly objects: ReadonlyMap<string, string>;
  readonly collections: readonly string[];
}

/** Bytes, and the names and colours of collections. */
async function stateOf(account: TestAccount, only?: readonly string[]): Promise<State> {
  const segments = (await account.collections()).filter((one) => (only ?? ['work', 'tasks']).includes(one));
  const shown = await Promise.all(
    segments.map(async (segment) => {
      const text = await account.properties(segment);
      return `${segment} ${text.includes('Wörk') ? 'named' : ''} ${text.includes('#FF8000FF') ? 'coloured' : ''}`;
    }),
  );
  return { objects: await account.everything(only), collections: shown.sort() };
}

async function filled(world: DavWorld) {
  const { user, account } = await world.account('caldav');
  await account.make('work', 'Wörk & more');
  await account.make('tasks', 'Tasks', ['VTODO']);
  await account.setProperties('work', '<I:calendar-color>#FF8000FF</I:calendar-color>');
  for (let n = 1; n <= 6; n++) await account.put('work', `o ${n}@x.ics`, ([event, note][n % 2] ?? event)(n));
  await account.put('tasks', 't.ics', task(9));
  const source = davSource(davSettings(world.server, 'caldav', user), world.server.credential);
  const items = await capture(source, new NodeFileSystem(), testRun());
  return { user, account, items, state: await stateOf(account) };
}

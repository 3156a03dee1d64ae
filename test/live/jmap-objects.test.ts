import { describe, expect, it } from 'vitest';
import { jmapSource } from '../../src/engine/sources/jmap/index.ts';
import { testRun } from '../../src/engine/sources/testing/test-run.ts';
import { inTier, seed } from '../crash/tier.ts';
import { collectingDestination } from '../kit/collecting-destination.ts';
import type { Cyrus } from '../kit/cyrus/cyrus.ts';
import { withCyrus } from '../kit/cyrus/use-cyrus.ts';
import { type CycleWorld, openCycleWorld } from '../kit/cycle-world.ts';
import { TestAccount } from '../kit/dav/account.ts';
import { ChangingAccount } from '../kit/dav/changing-account.ts';
import { contact, event, group, note, task } from '../kit/dav/objects.ts';
import { jmapCalls } from '../kit/jmap/said.ts';
import { jmapSettings } from '../kit/jmap/settings.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const changes = inTier({ quick: 200, full: 1000 });
const perCycle = 50;
const alone = 8;

/** Changed over CalDAV and CardDAV, as most people's programs do, and compared with what a client of the test's own sees there. */
withCyrus('calendars and contacts on Cyrus, read over JMAP', (cyrus) => {
  it(
    'are in the storage after every cycle, byte for byte, and the server hears no method that writes',
    async () => {
      const { calendars, contacts, world } = await newWorld(cyrus());
      const events = new ChangingAccount(calendars, seed, event);
      const cards = new ChangingAccount(contacts, seed + 1, (n, text) => (n % 5 === 0 ? group(n, text) : contact(n, text)), {
        extension: '.vcf',
      });
      const methods: string[] = [];
      let compared = 0;
      // Alone, too: a change that is lost among others is not lost among none.
      const rounds = [...Array<number>(changes / perCycle).fill(perCycle), ...Array<number>(alone).fill(1)];
      for (const round of rounds) {
        for (let n = 0; n < round; n += 1) await [events, cards][n % 2]?.change();
        const atServer = [
          ...(await linesOf(calendars, (segment) => `Calendars/${events.nameOf(segment)}`)),
          ...(await linesOf(contacts, (segment) => `Contacts/${segment}`)),
        ].sort();
        cyrus().takeSaid();
        const { outcome, counts } = await world.cycle();
        const said = jmapCalls(cyrus().takeSaid());
        methods.push(...said.methods);
        expect(said.requests.filter((request) => !/^(GET \/(jmap|dav\/addressbooks)\b|POST \/jmap\/$)/.test(request))).toEqual(
          [],
        );
        expect([outcome.kind, counts.failed]).toEqual(['complete', 0]);
        expect(await stored(world)).toEqual(atServer);
        compared += atServer.length;
      }
      cyrus().takeSaid();
      const { counts } = await world.cycle();
      const quiet = jmapCalls(cyrus().takeSaid());
      expect(counts).toMatchObject({ new: 0, changed: 0, metadataOnly: 0, moved: 0, vanished: 0, failed: 0 });
      expect(quiet.requests.length).toBeLessThanOrEqual(5);
      expect([...new Set(methods)].sort()).toEqual([
        ...['Calendar/get', 'CalendarEvent/changes', 'CalendarEvent/get'],
        ...[
          'Contact/changes',
          'Contact/get',
          'ContactGroup/changes',
          'ContactGroup/get',
          'Email/get',
          'Email/query',
          'Mailbox/get',
        ],
      ]);
      world.close();
      console.log(
        `Cyrus over JMAP, seed ${seed}: ${changes + alone} changes of events, contacts and groups, ${compared} compared byte for byte, ` +
          `${methods.length} methods called, none that writes; ${quiet.requests.length} requests where nothing changed`,
      );
    },
    inTier({ quick: 300_000, full: 1_800_000 }),
  );

  describe('where the server lets several have one id', () => {
    it('each is kept, in one address book or in two, and what goes is told from what stays', async () => {
      const { contacts, world } = await newWorld(cyrus());
      await contacts.make('friends');
      const both = async (): Promise<void> => {
        await world.cycle();
        expect(await stored(world)).toEqual((await linesOf(contacts, (segment) => `Contacts/${segment}`)).sort());
      };
      await contacts.put('friends', 'one.vcf', contact(1));
      await contacts.put('Default', 'one.vcf', contact(1, 'the same person'));
      await both();
      await contacts.put('Default', 'two.vcf', contact(1, 'and once more'));
      await both();
      await contacts.remove('Default', 'one.vcf');
      await both();
      await contacts.remove('friends', 'one.vcf');
      await both();
      world.close();
    });
  });

  it('have no tasks and no notes: that is said, with what has them', async () => {
    const { calendars, source, world } = await newWorld(cyrus());
    for (const [name, bytes] of Object.entries({ 'e.ics': event(1), 't.ics': task(2), 'n.ics': note(3) }))
      await calendars.put('Default', name, bytes);
    const { counts } = await world.cycle();
    expect(counts).toMatchObject({ new: 1, failed: 0 });
    const session = await source.open(testRun());
    expect(session.alsoNeeds).toEqual(['caldav']);
    await session.close();
    world.close();
  });
});

async function newWorld(cyrus: Cyrus) {
  const user = await cyrus.newUser();
  const home = (kind: string): string => `/dav/${kind}/user/${user}/`;
  const calendars = new TestAccount(cyrus, 'caldav', user, home('calendars'));
  const contacts = new TestAccount(cyrus, 'carddav', user, home('addressbooks'));
  // Cyrus makes the first calendar and address book when somebody asks for them.
  await calendars.collections();
  await contacts.collections();
  const settings = jmapSettings(cyrus, user);
  const source = jmapSource(settings, cyrus.credential);
  return { calendars, contacts, source, world: await openCycleWorld(temporaryFolder(), settings, source) };
}

/** Every object with the folder that it should be in. */
async function linesOf(account: TestAccount, folderOf: (segment: string) => string): Promise<string[]> {
  return [...(await account.everything())].map(([key, text]) => `${folderOf(key.slice(0, key.indexOf('/')))} ${text}`);
}

/** What the storage has of events and contacts, read as a restore reads it. */
async function stored(world: CycleWorld): Promise<string[]> {
  const found: string[] = [];
  const collect = collectingDestination(({ manifest, folderPath }, bytes) => {
    if (['event', 'contact'].includes(manifest.kind))
      found.push(`${folderPath.join('/')} ${(bytes ?? Buffer.alloc(0)).toString('latin1')}`);
  });
  const report = await world.restore(collect);
  expect(report.failed).toEqual([]);
  return found.sort();
}

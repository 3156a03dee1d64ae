import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { davSource } from '../../src/engine/sources/dav/index.ts';
import { inTier, seed } from '../crash/tier.ts';
import { collectingDestination } from '../kit/collecting-destination.ts';
import { openCycleWorld } from '../kit/cycle-world.ts';
import { TestAccount } from '../kit/dav/account.ts';
import { ChangingAccount } from '../kit/dav/changing-account.ts';
import { contact, event, task } from '../kit/dav/objects.ts';
import { davSettings } from '../kit/dav/server.ts';
import { Sogo, sogoIsMissing } from '../kit/sogo/sogo.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const changes = inTier({ quick: 200, full: 1000 });
const perCycle = 50;
const missing = sogoIsMissing();
/** It closes a connection now and then before it answers; here nobody turns the clock by which it would be spared. */
const breaksOff = { retryAfterMs: 0 };

describe.skipIf(missing !== undefined)(
  `calendars and address books on SOGo${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    let sogo: Sogo | undefined;
    beforeAll(async () => {
      sogo = await Sogo.start();
    });
    afterAll(() => sogo?.stop());

    it.for([
      ['caldav', 'Calendar', '.ics', (n: number, text?: string) => (n % 3 === 0 ? task(n, text) : event(n, text))],
      ['carddav', 'Contacts', '.vcf', contact],
    ] as const)(
      '(%s) are in the storage after every cycle, byte for byte as the server gives them',
      { timeout: inTier({ quick: 300_000, full: 1_800_000 }) },
      async ([kind, home, extension, make]) => {
        if (sogo === undefined) throw new Error('SOGo is started before the tests');
        const user = sogo.newUser();
        const account = new TestAccount(sogo, kind, user, `/SOGo/dav/${user}/${home}/`);
        // What is moved is called by its UID from then on, which nothing of the test's own would know.
        const changing = new ChangingAccount(account, seed, make, { extension, movesNothing: true });
        // Its own server of HTTP knows no /.well-known: the one before it does, where somebody set that up.
        const settings = davSettings(sogo, kind, user, { url: `${sogo.url}/SOGo/dav/` });
        const world = await openCycleWorld(temporaryFolder(), settings, davSource(settings, sogo.credential, breaksOff));
        for (let step = 1; step <= changes; step++) {
          await changing.change();
          if (step % perCycle !== 0) continue;
          const { outcome, counts } = await world.cycle();
          expect([outcome.kind, counts.failed]).toEqual(['complete', 0]);
          const stored: string[] = [];
          const collect = collectingDestination(({ manifest }, bytes) => {
            if (manifest.kind !== 'folder') stored.push(`${manifest.key} ${(bytes ?? Buffer.alloc(0)).toString('latin1')}`);
          });
          expect((await world.restore(collect)).failed).toEqual([]);
          const there = [...(await account.everything())].map(([key, text]) => `${key.slice(key.indexOf('/') + 1)} ${text}`);
          expect(stored.sort()).toEqual(there.sort());
        }
        expect((await world.cycle()).counts).toMatchObject({ new: 0, changed: 0, moved: 0, vanished: 0, failed: 0 });
        world.close();
      },
    );
  },
);

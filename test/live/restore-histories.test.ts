import { describe, expect, it } from 'vitest';
import { inTier, seed } from '../crash/tier.ts';
import { Cyrus, cyrusIsMissing } from '../kit/cyrus/cyrus.ts';
import { Dovecot, dovecotIsMissing } from '../kit/dovecot/dovecot.ts';
import { davPlace } from '../kit/histories/dav-place.ts';
import { filesPlace } from '../kit/histories/files-place.ts';
import { History, type Tally } from '../kit/histories/history.ts';
import { mailPlace } from '../kit/histories/mail-place.ts';
import type { Place } from '../kit/histories/place.ts';
import { Radicale, radicaleIsMissing } from '../kit/radicale/radicale.ts';
import { seededRandom } from '../kit/seeded-random.ts';

type Chance = (limit: number) => number;
interface Server {
  place(below: Chance, seed: number): Promise<Place> | Place;
  stop(): Promise<void>;
}

const mail = async (starting: Promise<Dovecot | Cyrus>): Promise<Server> => {
  const server = await starting;
  return { place: (below) => mailPlace(server, below), stop: () => server.stop() };
};
const collections = async (): Promise<Server> => {
  const server = await Radicale.start();
  const home = (user: string): string => `/${user}/`;
  return {
    place: (below, seed) => davPlace(server, seed % 2 === 0 ? 'caldav' : 'carddav', home, below),
    stop: () => server.stop(),
  };
};
const disk = (): Promise<Server> => Promise.resolve({ place: filesPlace, stop: () => Promise.resolve() });

/** How many of a thousand. */
const places: readonly (readonly [string, string | undefined, () => Promise<Server>, number])[] = [
  ['Dovecot', dovecotIsMissing(), () => mail(Dovecot.start()), inTier({ quick: 8, full: 250 })],
  ['Cyrus', cyrusIsMissing(), () => mail(Cyrus.start()), inTier({ quick: 3, full: 150 })],
  ['Radicale', radicaleIsMissing(), collections, inTier({ quick: 5, full: 200 })],
  ['a disk', undefined, disk, inTier({ quick: 24, full: 400 })],
];

describe.each(places)('a random history on %s', (name, missing, start, histories) => {
  it.skipIf(missing !== undefined)(
    'comes back as it was at any moment: to its place, to another account, to a disk, by each rule, and once only',
    async () => {
      const server = await start();
      const tally: Tally = { histories: 0, changes: 0, restores: 0, compared: 0, removed: 0 };
      try {
        for (let nth = 0; nth < histories; nth += 1) {
          const own = seed + nth;
          const { below } = seededRandom(own);
          try {
            await History.live(await server.place(below, own), below, tally);
          } catch (error) {
            // One history at a time: the first of this seed is the one that failed.
            throw new Error(`History ${nth + 1}: STRATA_SEED=${own} begins with it.`, { cause: error });
          }
        }
      } finally {
        await server.stop();
      }
      expect(tally.histories).toBe(histories);
      console.log(
        `${name}, seed ${seed}: ${tally.histories} histories of ${tally.changes} changes, ${tally.restores} restores, ${tally.compared} things compared, ${tally.removed} removed first`,
      );
    },
    inTier({ quick: 300_000, full: 7_200_000 }),
  );
});

import { setTimeout as realTime } from 'node:timers/promises';
import { seededRandom } from '../../kit/seeded-random.ts';
import * as causes from './causes.ts';
import type { Cause, Span } from './causes.ts';
import { inTier } from '../tier.ts';
import { home, Household } from './household.ts';
import { MadeUpMachine } from './machine.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
export const days = inTier({ quick: 16, full: 60 });
/** 2026-03-02 08:00 in Berlin, a Monday; clocks are put forth on the 29th. */
export const beganMs = Date.UTC(2026, 2, 2, 7, 0);

/** A trouble as it was made in one life. */
export interface Made extends Span {
  readonly cause: Cause;
}
export interface Lived {
  readonly house: Household;
  readonly made: readonly Made[];
  readonly zones: readonly { readonly fromMs: number; readonly zone: string }[];
}

interface Event {
  readonly atMs: number;
  readonly happen: () => Promise<void> | void;
}

/** Some weeks of one person's computer, all of them another way for each seed. A shorter life has the troubles that end half a day before it does. */
export async function live(folder: string, seed: number): Promise<Lived> {
  const random = seededRandom(seed);
  const machine = new MadeUpMachine(beganMs);
  const house = await Household.found(folder, machine);
  const made: Made[] = [];
  const zones = [{ fromMs: beganMs, zone: home }];
  const events: Event[] = [];
  const at = (day: number, hour: number): number => beganMs + day * dayMs + (hour - 8) * hourMs + random.below(60) * 60_000;
  const between = (least: number, most: number): number => least + random.below(most - least + 1);

  const endMs = beganMs + days * dayMs;
  const trouble = (cause: Cause, fromMs: number, hours: number): void => {
    if (fromMs + hours * hourMs > endMs - 12 * hourMs) return;
    const span = { fromMs: 0 };
    events.push({ atMs: fromMs, happen: async () => ((span.fromMs = house.trueMs), house.stir(), await cause.begin(house)) });
    events.push({
      atMs: fromMs + hours * hourMs,
      async happen() {
        made.push({ cause, fromMs: span.fromMs, untilMs: house.trueMs });
        await cause.end(house);
        house.stir();
      },
    });
  };
  const travel = (atMs: number, zone: string): void => {
    events.push({
      atMs,
      async happen() {
        zones.push({ fromMs: house.trueMs, zone });
        process.env['TZ'] = zone;
        for (const { id, name, sources, storage, schedule } of await house.engine.jobs.list()) {
          house.engine.jobs.edit({ id, name, sources, storage, schedule, zone });
        }
        house.stir();
      },
    });
  };

  /** Nobody goes to bed in the evenings of a holiday that is over. */
  const night = (atMs: number, hours: number, how: 'sleep' | 'off'): void => {
    const happen = (): Promise<void> | void =>
      house.trueMs - atMs > hourMs ? undefined : causes.night(house, hours * hourMs, how);
    events.push({ atMs, happen });
  };

  for (let day = 0; day < days; day += 1) {
    const how = (['sleep', 'off', 'awake'] as const)[random.below(3)];
    const hours = between(7, 9);
    if (how !== 'awake' && how !== undefined) night(at(day, 22), hours, how);
    if (random.below(2) === 0) events.push({ atMs: at(day, 15), happen: () => house.writeSomething('photos') });
    if (random.below(3) === 0) events.push({ atMs: at(day, 16), happen: () => house.writeSomething('letters') });
  }
  trouble(causes.expiredSignIn, at(3, 9), between(30, 50));
  trouble(causes.channelGone, at(3, 9) - hourMs, 60);
  events.push({ atMs: at(6, 10), happen: () => house.engine.surroundings.pause(machine.clock.nowMs() + hourMs) });
  trouble(causes.diskAway, at(8, 10), between(4, 6) * 24);
  trouble(causes.asleepAtNoon(between(3, 5)), at(14, 11), 8);
  trouble(causes.killed(between(3, 9)), at(15, 10), 2);
  trouble(causes.emptied, at(17, 10), between(26, 40));
  trouble(causes.fullDisk, at(20, 9), between(20, 40));
  trouble(causes.diskAway, at(23, 10), between(20, 30));
  trouble(causes.clockForth, at(30, 10), between(3, 6));
  trouble(causes.clockBack, at(32, 10), between(2, 4));
  travel(at(34, 13), 'America/New_York');
  trouble(causes.sourceAway, at(36, 9), between(20, 30));
  travel(at(41, 15), home);
  trouble(causes.copyFails, at(44, 9), between(12, 30));
  trouble(causes.copyAway, at(46, 9), 13 * 24);
  // On holiday: nothing is wrong but that photos of noon were not taken.
  trouble(causes.asleepAtNoon(4 * 24), at(47, 10), 4 * 24 + 0.4);
  trouble(causes.networkGone, at(52, 9), between(8, 12));
  trouble(causes.keyLost, at(54, 9), between(4, 5) * 24);
  trouble(causes.damaged, at(11, 9), 46 * 24);

  process.env['TZ'] = home;
  for (const { atMs, happen } of events.filter(({ atMs }) => atMs < endMs).sort((one, other) => one.atMs - other.atMs)) {
    await house.live(atMs);
    await happen();
  }
  await house.live(endMs);
  await realTime(0);
  return { house, made, zones };
}

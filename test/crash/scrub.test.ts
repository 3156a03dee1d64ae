import { describe, expect, it, onTestFinished } from 'vitest';
import { ScrubWorld } from '../kit/scrub-world.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const dayMs = 86_400_000;

async function make(given: Parameters<typeof ScrubWorld.make>[1]): Promise<ScrubWorld> {
  const world = await ScrubWorld.make(temporaryFolder(), given);
  onTestFinished(() => world.close());
  return world;
}

/** As if it had never been scrubbed. */
function forget(world: ScrubWorld): void {
  world.store.keepReadings(world.stored.id, []);
  world.store.putStorage({ ...world.stored, scrub: { roundSinceMs: null, lastRoundAtMs: null }, lastCheck: null });
  world.begun.clear();
  world.ended.length = 0;
}

describe('a scrub whose process is killed', () => {
  it('at any point reads no more than one pack again, and reads all of them', async () => {
    const world = await make({ msPerPack: 1000 });
    await world.cycle(96);
    let points = 0;
    for (let at = 1; ; at += 1) {
      forget(world);
      world.kill();
      world.begin();
      let events = 0;
      world.onEvent = () => {
        events += 1;
        // What is dead does nothing any more.
        if (events >= at) throw new Error('killed');
      };
      for (let minute = 0; minute < 60 && events < at && world.ended.length === 0; minute += 1) await world.minutes(1);
      world.onEvent = () => undefined;
      if (events < at) break;
      points += 1;
      world.kill();
      world.begin();
      for (let minute = 0; minute < 120 && world.ended.length === 0; minute += 1) await world.minutes(1);
      const twice = world.packs().filter(({ id }) => world.begun.get(id) !== 1);
      expect(twice.length, `killed at ${at}`).toBeLessThanOrEqual(1);
      for (const { id } of twice) expect(world.begun.get(id), `killed at ${at}`).toBe(2);
      expect(world.readings().size, `killed at ${at}`).toBe(world.packs().length);
      expect(world.ended.at(-1), `killed at ${at}`).toMatchObject({
        status: 'success',
        check: { packsRead: world.packs().length },
      });
    }
    console.log(`killed at ${points} points of a scrub of ${world.packs().length} packs`);
    expect(points).toBeGreaterThanOrEqual(100);
  });
});

describe('sixty days of scrubbing', () => {
  it('leave no pack unread for 30 of them, with cycles and prunes in between, on a computer that is on for an hour a day', async () => {
    const seed = 5;
    const world = await make({ msPerPack: 100, seed });
    const bornMs = new Map<string, number>();
    for (let day = 0; day < 60; day += 1) {
      if (day % 2 === 0) await world.cycle(day % 10 === 0 ? 30 : 5);
      if (day % 7 === 6) await world.prune(12);
      for (const { id } of world.packs()) if (!bornMs.has(id)) bornMs.set(id, world.clock.nowMs());
      await world.minutes(60);
      const readings = world.readings();
      for (const { id } of world.packs()) {
        const sinceMs = readings.get(id)?.atMs ?? bornMs.get(id) ?? 0;
        expect(world.clock.nowMs() - sinceMs, `seed ${seed}, day ${day}, pack ${id}`).toBeLessThanOrEqual(30 * dayMs);
      }
      await world.clock.advance(23 * 3_600_000);
    }
    const reads = [...world.begun.values()].reduce((sum, count) => sum + count, 0);
    console.log(
      `${reads} readings of ${bornMs.size} packs, of which ${world.packs().length} are left, in ${world.ended.length} rounds`,
    );
    expect(world.packs().every(({ id }) => world.readings().has(id))).toBe(true);
    // Each when it was new, and then as often as the days ask for; not every pack every day.
    expect(reads).toBeGreaterThan(world.packs().length * 2);
    expect(reads).toBeLessThan(bornMs.size * 4);
    expect(world.ended.map(({ status }) => status).filter((status) => status !== 'success')).toEqual([]);
  });
});

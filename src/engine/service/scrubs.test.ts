import { describe, expect, it, onTestFinished } from 'vitest';
import { ScrubWorld } from '../../../test/kit/scrub-world.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { packName } from '../format/index.ts';

const dayMs = 86_400_000;

async function make(given: Parameters<typeof ScrubWorld.make>[1] = {}): Promise<ScrubWorld> {
  const world = await ScrubWorld.make(temporaryFolder(), given);
  onTestFinished(() => world.close());
  return world;
}

const pathOf = (pack: string): string => `/storage/${packName(pack as never)}`;

/** Flips one bit in the middle of a pack. */
function damage(world: ScrubWorld, index: number): string {
  const pack = world.packs()[index]?.id ?? '';
  const bytes = world.disk.files().get(pathOf(pack)) ?? new Uint8Array();
  const at = bytes.length >> 1;
  world.disk.plant(
    pathOf(pack),
    bytes.map((byte, place) => (place === at ? byte ^ 1 : byte)),
  );
  return pack;
}

describe('a scrub', () => {
  it('reads each pack once, tells of the round once, and puts three items together', async () => {
    const world = await make();
    await world.cycle(40);
    await world.minutes(120);
    expect([...world.begun.values()]).toEqual(world.packs().map(() => 1));
    expect(world.ended).toHaveLength(1);
    const [run] = world.ended;
    expect(run).toMatchObject({ kind: 'check', trigger: 'schedule', status: 'success', check: { level: 'scrub', restored: 3 } });
    expect(run?.check?.packsRead).toBe(world.packs().length);
    expect(run?.check?.bytesRead).toBe(world.packs().reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    expect(world.stored.lastCheck?.report.level).toBe('scrub');
  });

  it('works no more than a twentieth of the time, on a fast disk and on one that takes a minute for a pack', async () => {
    for (const msPerPack of [50, 900, 60_000]) {
      const world = await make({ msPerPack });
      await world.cycle(60);
      const startMs = world.clock.monotonicMs();
      for (let minute = 0; minute < 3000 && world.ended.length === 0; minute += 1) {
        await world.minutes(1);
        const workedShare = world.workedMs / (world.clock.monotonicMs() - startMs);
        // The slice at hand has yet to be rested from.
        if (world.workedMs > 3000 + msPerPack) {
          const before = world.workedMs - 3000 - msPerPack;
          expect(before / (world.clock.monotonicMs() - startMs), `${msPerPack} ms a pack`).toBeLessThanOrEqual(0.05);
        } else expect(workedShare).toBeLessThanOrEqual(1);
      }
      expect(world.ended, `${msPerPack} ms a pack`).toHaveLength(1);
    }
  });

  it('goes on after the process ended where it was', async () => {
    const world = await make({ msPerPack: 1000 });
    await world.cycle(60);
    await world.minutes(1);
    const before = world.readings().size;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(world.packs().length);
    world.kill();
    world.begin();
    await world.minutes(60);
    expect([...world.begun.values()]).toEqual(world.packs().map(() => 1));
    expect(world.ended).toHaveLength(1);
    expect(world.ended[0]?.check?.packsRead).toBe(world.packs().length);
  });

  it('rests when it is turned off, and when everything was read lately', async () => {
    const off = await make({ settings: { scrubDays: null } });
    await off.cycle(20);
    await off.minutes(180);
    expect(off.begun.size).toBe(0);
    const world = await make();
    await world.cycle(20);
    await world.minutes(180);
    const reads = [...world.begun.values()].reduce((sum, count) => sum + count, 0);
    await world.minutes(600);
    expect([...world.begun.values()].reduce((sum, count) => sum + count, 0)).toBe(reads);
    expect(world.ended).toHaveLength(1);
  });

  it('does not begin while a run goes on at the storage, and begins after it', async () => {
    const world = await make();
    await world.cycle(20);
    let finish = (): void => undefined;
    const until = new Promise<void>((resolve) => (finish = resolve));
    const { id, name } = world.stored;
    const run = world.runs.start({
      kind: 'backup',
      job: null,
      storage: { id, name },
      trigger: 'person',
      body: async () => {
        await until;
        return { status: 'success' };
      },
    });
    for (let tick = 0; tick < 5; tick += 1) {
      await world.clock.advance(60_000);
      await world.scrubs.tick();
      await world.scrubs.settled();
    }
    expect(world.begun.size).toBe(0);
    finish();
    await world.runs.ended(run);
    await world.minutes(5);
    expect(world.begun.size).toBeGreaterThan(0);
  });

  it('gets out of the way at once of whoever wants to prune: his lock is not refused, and what was being read counts as not read', async () => {
    const world = await make();
    await world.cycle(30);
    const answers: unknown[] = [];
    world.onEvent = (event) => {
      if (event !== 'was read' || answers.length > 0) return;
      // Exclusive beside nothing: it would be refused while the scrub holds its own. What is thrown here, the scrub would take for its own.
      try {
        world.storage().lock('prune', 'exclusive').release();
        answers.push('given');
      } catch (error) {
        answers.push(error);
      }
    };
    await world.clock.advance(60_000);
    await world.scrubs.tick();
    await world.scrubs.settled();
    expect(answers).toEqual(['given']);
    expect(world.readings().size).toBe(0);
    await world.minutes(60);
    expect(world.readings().size).toBe(world.packs().length);
  });

  it('tells of damage at once, with the items, stays with it day after day, and forgets it when the pack is right again', async () => {
    const world = await make();
    await world.cycle(30);
    const whole = world.disk.files();
    const pack = damage(world, 2);
    await world.minutes(2);
    const [first] = world.ended;
    expect(first).toMatchObject({ status: 'failed', failure: { code: 'storage.record-damaged' } });
    expect(first?.check?.findings.map(({ file }) => file)).toEqual([packName(pack as never)]);
    const items = first?.check?.findings[0]?.items ?? [];
    expect(items.length).toBeGreaterThan(0);
    expect(items.every((item) => item.startsWith('Mail/Inbox/mail '))).toBe(true);
    await world.minutes(120);
    // The rest of the round, and its end.
    expect(world.ended).toHaveLength(2);
    expect(world.scrubs.view(world.open())).toMatchObject({ damaged: 1, failure: { code: 'storage.record-damaged' } });
    world.disk.plant(pathOf(pack), whole.get(pathOf(pack)) ?? new Uint8Array());
    for (let day = 0; day < 12; day += 1) {
      await world.clock.advance(dayMs);
      await world.minutes(30);
    }
    expect(world.ended.at(-1)?.status).toBe('success');
    expect(world.scrubs.view(world.open())).toMatchObject({ damaged: 0, failure: null });
  });

  it.each([
    ['at once', 16],
    ['when it was read once more to tell of it', 40],
  ])('that finds right what was wrong before, %s, warns, and tells of no damage', async (_, readings) => {
    const world = await make();
    await world.cycle(30);
    const path = pathOf(world.packs()[0]?.id ?? '');
    const whole = world.disk.files().get(path) ?? new Uint8Array();
    damage(world, 0);
    let seen = 0;
    world.disk.onReading((read) => {
      if (read !== path) return;
      seen += 1;
      if (seen === readings) world.disk.plant(path, whole);
    });
    await world.minutes(2);
    while (world.ended.length === 0) await world.minutes(1);
    const [run] = world.ended;
    expect(run).toMatchObject({ status: 'warning', failure: { code: 'storage.read-flickers' }, check: { findings: [] } });
    expect(run?.check?.flickers.map(({ file }) => `/storage/${file}`)).toEqual([path]);
    expect(world.scrubs.view(world.open())).toMatchObject({ damaged: 0, flickered: 1 });
  });

  it('leaves a storage alone for an hour after something did not work there', async () => {
    const world = await make();
    await world.cycle(30);
    const [missing] = world.packs();
    let tries = 0;
    world.onEvent = (event) => {
      if (event === 'reading') tries += 1;
      if (event === 'reading') throw new Error(`gone with ${missing?.id}`);
    };
    await world.minutes(59);
    expect(tries).toBe(1);
    await world.minutes(3);
    expect(tries).toBe(2);
  });
});

describe('a share that a person asks for', () => {
  it('is of what the scrub has not read, and counts for it', async () => {
    const world = await make();
    await world.cycle(40);
    for (let time = 0; time < 4; time += 1) {
      const run = await world.runs.ended(await world.checks.check(world.stored.id, { level: 'part', percent: 25 }));
      expect(run).toMatchObject({ status: 'success', check: { level: 'part', percent: 25 } });
      await world.clock.advance(1000);
    }
    expect(world.readings().size).toBe(world.packs().length);
    await world.minutes(60);
    expect(world.begun.size).toBe(0);
  });
});

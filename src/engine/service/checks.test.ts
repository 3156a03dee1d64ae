import { expect, it, onTestFinished } from 'vitest';
import { ScrubWorld } from '../../../test/kit/scrub-world.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { RunId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';
import { packName } from '../format/index.ts';

/** A storage of several packs, one of which has a wrong bit in the middle; found by who reads it whole. */
async function makeDamaged(): Promise<{ readonly world: ScrubWorld; readonly mend: () => void }> {
  const world = await ScrubWorld.make(temporaryFolder(), { settings: { scrubDays: null } });
  onTestFinished(() => world.close());
  await world.cycle(20);
  const path = `/storage/${packName(world.packs()[0]?.id as never)}`;
  const whole = world.disk.files().get(path) ?? new Uint8Array();
  const at = whole.length >> 1;
  world.disk.plant(
    path,
    whole.map((byte, place) => (place === at ? byte ^ 1 : byte)),
  );
  return { world, mend: () => world.disk.plant(path, whole) };
}

async function check(world: ScrubWorld, level: 'quick' | 'structure' | 'all'): Promise<Run | undefined> {
  await world.clock.advance(1000);
  return world.runs.ended(await world.checks.check(world.stored.id, { level }));
}

const known = ({ stored: { lastCheck } }: ScrubWorld) => ({
  level: lastCheck?.report.level,
  findings: lastCheck?.report.findings.length,
});

it('what a thorough check found stands until one as thorough finds nothing', async () => {
  const { world, mend } = await makeDamaged();
  expect((await check(world, 'quick'))?.status).toBe('success');
  expect(known(world)).toEqual({ level: 'quick', findings: 0 });
  expect((await check(world, 'all'))?.status).toBe('failed');
  expect(known(world)).toEqual({ level: 'all', findings: 1 });
  for (const level of ['quick', 'structure'] as const) {
    expect((await check(world, level))?.status, level).toBe('success');
    expect(known(world), level).toEqual({ level: 'all', findings: 1 });
  }
  mend();
  expect((await check(world, 'structure'))?.status).toBe('success');
  expect(known(world)).toEqual({ level: 'all', findings: 1 });
  expect((await check(world, 'all'))?.status).toBe('success');
  expect(known(world)).toEqual({ level: 'all', findings: 0 });
});

/** Looks like the run of a repair; for the check only its record is there. */
function repaired(world: ScrubWorld, startedAtMs: number, dryRun: boolean): void {
  const [run] = world.ended;
  const numbers = {
    copiesMended: 0,
    waysLost: 0,
    packsAside: 1,
    packsMissing: 0,
    packsFound: 0,
    chunksSaved: 0,
    chunksFromMirror: 0,
    chunksLost: 1,
    manifestsRemembered: 0,
    manifestsLost: 0,
  };
  const repair = { ...numbers, dryRun, aside: null, mirrors: [], itemsLost: 0, versionsLost: 0, lost: [] };
  const id = `repair${startedAtMs}${dryRun}`.padEnd(20, '0') as RunId;
  world.store.putRun({
    ...(run ?? expect.unreachable()),
    id,
    kind: 'repair',
    check: null,
    repair,
    startedAtMs,
    endedAtMs: startedAtMs,
  });
}

it('after a repair even a quick look says how it is, but not after a dry run, nor after one that was before the check', async () => {
  const { world } = await makeDamaged();
  const beforeMs = world.clock.nowMs();
  await check(world, 'all');
  repaired(world, beforeMs, false);
  await world.clock.advance(1000);
  // More dry runs than anybody looks through must not hide the repair.
  for (let count = 0; count < 12; count += 1) repaired(world, world.clock.nowMs() + count, true);
  await check(world, 'quick');
  expect(known(world)).toEqual({ level: 'all', findings: 1 });
  repaired(world, world.clock.nowMs(), false);
  for (let count = 0; count < 12; count += 1) repaired(world, world.clock.nowMs() + count + 1, true);
  await check(world, 'quick');
  expect(known(world)).toEqual({ level: 'quick', findings: 0 });
});

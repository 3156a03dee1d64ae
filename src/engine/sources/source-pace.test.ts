import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../test/kit/fake-clock.ts';
import type { SourceLimits } from '../../shared/domain/source-limits.ts';
import { SourcePace, type Waiting } from './source-pace.ts';

const windowMs = 10_000;
const who: Waiting = { signal: new AbortController().signal };
let clock: FakeClock;
beforeEach(() => {
  clock = fakeClock();
});

interface Passed {
  readonly atMs: number;
  readonly amount: number;
}

/** The most that passed within any ten seconds. */
const mostInWindow = (passed: readonly Passed[]): number =>
  Math.max(
    ...passed.map(({ atMs: from }) =>
      passed.filter(({ atMs }) => atMs >= from && atMs < from + windowMs).reduce((sum, { amount }) => sum + amount, 0),
    ),
  );

/** Several who ask at the same time, as often as they may, for so long. */
async function rush(ms: number, ask: (note: (amount: number) => void) => Promise<void>, askers = 4): Promise<Passed[]> {
  const passed: Passed[] = [];
  const over = clock.monotonicMs() + ms;
  const note = (amount: number): void => void passed.push({ atMs: clock.monotonicMs(), amount });
  const asking = Array.from({ length: askers }, async () => {
    while (clock.monotonicMs() < over) await ask(note);
  });
  await clock.advance(0);
  while (clock.monotonicMs() < over + 5000) await clock.advance(50);
  await Promise.all(asking);
  return passed;
}

const paceOf = (limits: Partial<SourceLimits>): SourcePace =>
  new SourcePace(clock, { requestsPerSecond: null, bytesPerSecond: null, ...limits });

describe('the pace of a server', () => {
  it.each([1, 3, 7, 50])('sends no more than %i requests a second in any ten seconds, also after a long rest', async (limit) => {
    const pace = paceOf({ requestsPerSecond: limit });
    await clock.advance(3_600_000);
    const passed = await rush(30_000, async (note) => {
      await pace.turn('host', who);
      note(1);
    });
    expect(mostInWindow(passed)).toBeLessThanOrEqual(limit * 10);
    expect(mostInWindow(passed)).toBeGreaterThanOrEqual(limit * 10 - 1);
  });

  it.each([4096, 100_000, 2_000_000])(
    'lets no more than %i bytes a second on in any ten seconds, whoever reads',
    async (limit) => {
      const pace = paceOf({ bytesPerSecond: limit });
      const passed = await rush(30_000, async (note) => {
        await pace.passed(pace.pieceBytes, who);
        note(pace.pieceBytes);
      });
      expect(mostInWindow(passed)).toBeLessThanOrEqual(limit * 10);
      expect(mostInWindow(passed)).toBeGreaterThan(limit * 9);
    },
  );

  it('asks for nothing more until what came is paid for', async () => {
    const pace = paceOf({ bytesPerSecond: 100_000 });
    const passed = await rush(
      30_000,
      async (note) => {
        await pace.turn('host', who);
        note(pace.pieceBytes);
        pace.received(pace.pieceBytes);
      },
      1,
    );
    expect(mostInWindow(passed)).toBeLessThanOrEqual(1_000_000);
    expect(mostInWindow(passed)).toBeGreaterThan(900_000);
  });

  it('waits for nothing without limits', async () => {
    const pace = paceOf({});
    pace.received(1e12);
    await pace.turn('host', who);
    await pace.passed(1e12, who);
    expect(pace.isFree).toBe(true);
    expect(pace.pieceBytes).toBe(Number.POSITIVE_INFINITY);
  });

  it('hears of limits that are chosen while it waits for nothing', async () => {
    const pace = paceOf({});
    pace.change({ requestsPerSecond: 1, bytesPerSecond: null });
    const passed = await rush(10_000, async (note) => {
      await pace.turn('host', who);
      note(1);
    });
    expect(passed.length).toBeLessThanOrEqual(15);
  });

  it.each([
    ['not at all where there is no limit any more', null, 0],
    ['at the new price', 200_000, 5000],
    ['at the new price, where it is dearer', 50_000, 20_000],
  ] as const)('pays for what came when limits change: %s', async (_, bytesPerSecond, leftMs) => {
    const pace = paceOf({ bytesPerSecond: 100_000 });
    let isPaid = false;
    const paying = pace.passed(0.95 * 2_000_000, who).then(() => (isPaid = true));
    await clock.advance(10_000);
    pace.change({ requestsPerSecond: null, bytesPerSecond });
    await clock.advance(Math.max(0, leftMs - 100));
    expect(isPaid).toBe(leftMs === 0);
    await clock.advance(200);
    await paying;
  });

  it('asks nothing while the server wants a pause, and says until when', async () => {
    const pace = paceOf({});
    const said: (number | null)[] = [];
    const shown: Waiting = { ...who, progress: { waiting: (host, untilMs) => void (host === 'host' && said.push(untilMs)) } };
    const untilMs = clock.nowMs() + 45_000;
    pace.hold(45_000);
    let isSent = false;
    const turn = pace.turn('host', shown).then(() => (isSent = true));
    await clock.advance(44_900);
    expect([isSent, said]).toEqual([false, [untilMs]]);
    await clock.advance(200);
    await turn;
    expect(said).toEqual([untilMs, null]);
  });

  it('lets go at once of whoever is cancelled', async () => {
    const pace = paceOf({});
    const cancel = new AbortController();
    pace.hold(600_000);
    const turn = pace.turn('host', { signal: cancel.signal });
    cancel.abort();
    await expect(turn).rejects.toThrow('stopped');
  });
});

import { expect, it, onTestFinished } from 'vitest';
import { fakeClock } from '../../../test/kit/fake-clock.ts';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { type Failure, StrataError } from '../../shared/domain/strata-error.ts';
import { silentLog } from '../kernel/log.ts';
import type { Source, WatchListener } from '../sources/source.ts';
import { WatchKeeper } from './watch-keeper.ts';

const lostFailure: Failure = { code: 'source.disconnected', retry: 'later', facts: { host: 'h' } };

/** A source whose watchers are made, refused and lost as a test says. */
function world(source: Partial<Source> = {}) {
  const clock = fakeClock();
  const begun: number[] = [];
  const closed: number[] = [];
  const lost: Failure[] = [];
  let listener: WatchListener | undefined;
  let refuses = false;
  const watched: Source = {
    open: () => Promise.reject(new Error('nobody reads')),
    watch: (given) => {
      begun.push(clock.monotonicMs());
      if (refuses) return Promise.reject(new StrataError('source.unreachable', 'later', { host: 'h', port: 1 }));
      listener = given;
      const close = async (): Promise<void> => void closed.push(clock.monotonicMs());
      return Promise.resolve({ by: 'events', everyMs: null, places: 1, close });
    },
    ...source,
  };
  const keeper = new WatchKeeper({
    clock,
    random: seededRandom(3),
    log: silentLog,
    source: watched,
    memory: '',
    ownPaths: [],
    tell: () => undefined,
    lost: (failure) => lost.push(failure),
    changed: () => undefined,
  });
  onTestFinished(() => keeper.close());
  return {
    clock,
    keeper,
    begun,
    closed,
    lost,
    lose: () => listener?.lost(lostFailure),
    refuse: (does: boolean) => void (refuses = does),
  };
}

it('a watcher that is lost is closed and begun again', async () => {
  const { clock, keeper, begun, closed, lost, lose } = world();
  await clock.advance(0);
  expect(keeper.state).toEqual({ kind: 'watching', by: 'events', everyMs: null, places: 1 });
  lose();
  await clock.advance(0);
  expect(keeper.state).toEqual({ kind: 'lost', failure: lostFailure });
  expect([closed.length, lost]).toEqual([1, [lostFailure]]);
  await clock.advance(2000);
  expect([keeper.state.kind, begun.length]).toEqual(['watching', 2]);
});

it('pauses grow to ten minutes, differ by chance, and begin small again after a long time in which all was well', async () => {
  const { clock, keeper, begun, refuse, lose } = world();
  await clock.advance(0);
  refuse(true);
  lose();
  await clock.advance(0);
  await clock.advance(3 * 3_600_000);
  const pauses = begun.slice(1).map((atMs, index) => atMs - (begun[index] ?? 0));
  for (const [index, pause] of pauses.entries()) {
    const whole = Math.min(600_000, 2000 * 2 ** index);
    expect(pause).toBeLessThanOrEqual(whole);
    expect(pause).toBeGreaterThanOrEqual(whole / 2);
  }
  expect(new Set(pauses.slice(10)).size).toBeGreaterThan(1);
  refuse(false);
  await clock.advance(3_600_000);
  expect(keeper.state.kind).toBe('watching');
  const before = begun.length;
  lose();
  await clock.advance(0);
  await clock.advance(2000);
  expect(begun.length).toBe(before + 1);
});

it('a source that tells of nothing has no watcher, and closing it waits for nothing', async () => {
  const { clock, keeper } = world({ watch: undefined } as never);
  await clock.advance(0);
  expect(keeper.state).toEqual({ kind: 'none' });
  await keeper.close();
});

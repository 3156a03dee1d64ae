import { beforeEach, describe, expect, it } from 'vitest';
import { fakeClock, type FakeClock } from '../../../test/kit/fake-clock.ts';
import type { SourceId } from '../../shared/domain/ids.ts';
import { ChangeCollector, type Pace } from './change-collector.ts';

const pace: Pace = { quietMs: 2000, longestMs: 30_000, mostFolders: 5, burst: 3, refillMs: 60_000 };
const [mail, files] = ['mail', 'files'] as [SourceId, SourceId];
let clock: FakeClock;
let collector: ChangeCollector;
beforeEach(() => {
  clock = fakeClock();
  collector = new ChangeCollector(clock, pace);
});
const taken = (): unknown => [...collector.take()].map(([source, folders]) => [source, [...folders].sort()]);

describe('what was told', () => {
  it('waits until nothing more was told for two seconds', async () => {
    expect(collector.waitMs()).toBeNull();
    collector.add(mail, ['INBOX']);
    expect(collector.waitMs()).toBe(2000);
    await clock.advance(1500);
    collector.add(mail, ['INBOX', 'Sent']);
    expect(collector.waitMs()).toBe(2000);
    await clock.advance(2000);
    expect(collector.waitMs()).toBe(0);
    expect(taken()).toEqual([[mail, ['INBOX', 'Sent']]]);
    expect(collector.waitMs()).toBeNull();
  });

  it('waits for half a minute at most, however much follows', async () => {
    for (let second = 0; second < 30; second += 1) {
      collector.add(files, ['/home']);
      expect(collector.waitMs()).toBeGreaterThan(0);
      await clock.advance(1000);
    }
    expect(collector.waitMs()).toBe(0);
  });

  it('is too much for a limited walk where it is too many folders, and that source alone is left to a scan', () => {
    collector.add(mail, ['INBOX']);
    expect(collector.add(files, ['1', '2', '3', '4', '5'])).toBe(true);
    expect(collector.add(files, ['6'])).toBe(false);
    expect(taken()).toEqual([[mail, ['INBOX']]]);
  });

  it('that was put back is there again with what came meanwhile, and not before its time', async () => {
    collector.add(mail, ['INBOX']);
    await clock.advance(2000);
    const first = collector.take();
    collector.add(mail, ['Sent']);
    collector.putBack(first, 15_000);
    expect(collector.waitMs()).toBe(15_000);
    await clock.advance(15_000);
    expect(taken()).toEqual([[mail, ['INBOX', 'Sent']]]);
  });
});

describe('how often', () => {
  const change = async (): Promise<number> => {
    collector.add(mail, ['INBOX']);
    const waited = collector.waitMs() ?? 0;
    await clock.advance(waited);
    expect(collector.waitMs()).toBe(0);
    collector.take();
    return waited;
  };

  it('a few at once, then one a minute; what nothing came of costs nothing', async () => {
    expect([await change(), await change(), await change()]).toEqual([2000, 2000, 2000]);
    const fourth = await change();
    expect(fourth).toBe(54_000);
    collector.giveBack();
    expect(await change()).toBe(2000);
    expect(await change()).toBe(58_000);
    await clock.advance(3 * 60_000);
    expect([await change(), await change(), await change()]).toEqual([2000, 2000, 2000]);
  });
});

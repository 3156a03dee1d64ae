import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { priorities, type Priority } from '../../shared/domain/job-marks.ts';
import { mostPassed, Turns } from './turns.ts';

const never = new AbortController().signal;
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function world(most = 10) {
  const turns = new Turns(most);
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    log,
    want: (name: string, needs: readonly string[], signal: AbortSignal = never, priority: Priority = 'normal'): void => {
      const onHeld = (by: string): void => void log.push(`${name} waits for ${by}`);
      void turns.take({ name, needs: new Set(needs), priority, signal, onHeld }).then((end) => {
        log.push(signal.aborted ? `${name} leaves` : `${name} begins`);
        ends.set(name, end);
      });
    },
    end: (name: string): void => ends.get(name)?.(),
  };
}

describe('runs', () => {
  it('go side by side when they share nothing', async () => {
    const { log, want } = world();
    want('a', ['disk 1', 'mail']);
    want('b', ['disk 2', 'files']);
    await settle();
    expect(log).toEqual(['a begins', 'b begins']);
  });

  it('wait for each other when they share anything, and say for whom', async () => {
    const { log, want, end } = world();
    want('a', ['disk 1', 'mail']);
    want('b', ['disk 1', 'files']);
    want('c', ['disk 2', 'files']);
    await settle();
    expect(log).toEqual(['b waits for a', 'c waits for b', 'a begins']);
    end('a');
    await settle();
    end('b');
    await settle();
    expect(log.slice(3)).toEqual(['b begins', 'c begins']);
  });

  it('are not passed by one that came later and wants the same', async () => {
    const { log, want, end } = world();
    want('a', ['1']);
    want('both', ['1', '2']);
    want('late', ['2']);
    await settle();
    end('a');
    await settle();
    expect(log.slice(2)).toEqual(['a begins', 'both begins']);
  });

  it('are no more than may be at a time', async () => {
    const { log, want, end } = world(2);
    for (const name of ['a', 'b', 'c']) want(name, [name]);
    await settle();
    expect(log).toEqual(['c waits for a', 'a begins', 'b begins']);
    end('b');
    await settle();
    expect(log.at(-1)).toBe('c begins');
  });

  it('that are stopped while they wait leave the others their place', async () => {
    const { log, want, end } = world();
    const stop = new AbortController();
    want('a', ['1']);
    want('b', ['1', '2'], stop.signal);
    want('c', ['2']);
    await settle();
    stop.abort();
    await settle();
    expect(log.slice(3)).toEqual(['b leaves', 'c begins']);
    end('b');
    end('a');
    want('d', ['1']);
    await settle();
    expect(log.at(-1)).toBe('d begins');
  });

  it('all have their turn once, and never two that share anything, in any order', async () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const { below } = seededRandom(seed);
      const turns = new Turns(1 + below(4));
      const working = new Map<number, ReadonlySet<string>>();
      let done = 0;
      const one = async (number: number): Promise<void> => {
        const needs = new Set(Array.from({ length: 1 + below(3) }, () => String(below(5))));
        const end = await turns.take({ name: String(number), needs, priority: 'normal', signal: never, onHeld: () => undefined });
        for (const other of working.values()) expect([...needs].some((need) => other.has(need))).toBe(false);
        working.set(number, needs);
        for (let wait = below(4); wait > 0; wait -= 1) await Promise.resolve();
        working.delete(number);
        end();
        done += 1;
      };
      await Promise.all(Array.from({ length: 30 }, (_, number) => one(number)));
      expect(done).toBe(30);
    }
  });

  it('of a higher priority go first among those that wait, then in the order in which they came', async () => {
    const { log, want, end } = world();
    want('a', ['disk']);
    want('low', ['disk'], never, 'low');
    want('first', ['disk']);
    want('second', ['disk']);
    want('high', ['disk'], never, 'high');
    for (const name of ['a', 'high', 'first', 'second']) {
      await settle();
      end(name);
    }
    await settle();
    expect(log.filter((line) => line.endsWith('begins'))).toEqual([
      'a begins',
      'high begins',
      'first begins',
      'second begins',
      'low begins',
    ]);
  });

  it('say anew for whom they wait when it is somebody else', async () => {
    const { log, want, end } = world();
    want('a', ['disk']);
    want('low', ['disk'], never, 'low');
    want('high', ['disk'], never, 'high');
    await settle();
    end('a');
    await settle();
    expect(log.filter((line) => line.startsWith('low'))).toEqual(['low waits for a', 'low waits for high']);
  });

  it('that came later and want the same go past nobody oftener than three times, whatever comes and in which order', async () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const { below } = seededRandom(seed);
      const turns = new Turns(1 + below(3));
      const waiting: { needs: ReadonlySet<string>; passed: number }[] = [];
      const ends: (() => void)[] = [];
      let begun = 0;
      let worst = 0;
      for (let number = 0; number < 40; number += 1) {
        const needs = new Set(Array.from({ length: 1 + below(2) }, () => String(below(3))));
        const priority = priorities[below(3)] ?? 'low';
        const one = { needs, passed: 0 };
        waiting.push(one);
        void turns.take({ name: String(number), needs, priority, signal: never, onHeld: () => undefined }).then((end) => {
          const place = waiting.indexOf(one);
          for (const earlier of waiting.slice(0, place)) {
            if ([...needs].some((need) => earlier.needs.has(need))) earlier.passed += 1;
            worst = Math.max(worst, earlier.passed);
          }
          waiting.splice(place, 1);
          begun += 1;
          ends.push(end);
        });
        await Promise.resolve();
        while (ends.length > 0 && below(3) === 0) ends.splice(below(ends.length), 1)[0]?.();
      }
      while (begun < 40 || ends.length > 0) {
        ends.splice(below(ends.length), 1)[0]?.();
        for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
      }
      expect(begun).toBe(40);
      expect(worst).toBeLessThanOrEqual(mostPassed);
    }
  });
});

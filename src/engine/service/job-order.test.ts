import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import { moved } from './job-order.ts';

/** `a`: of no group; `b:x`: b of group x. */
const jobs = (text: string) =>
  text.split(' ').map((one) => {
    const [id = '', group = null] = one.split(':');
    return { id: id as JobId, group };
  });
const at = (text: string, id: string, to: Parameters<typeof moved>[2]): string => moved(jobs(text), id as JobId, to).join(' ');

describe('a job that is moved', () => {
  it.each([
    ['a b c', 'c', { at: 'before', job: 'a' }, 'c a b'],
    ['a b c', 'a', { at: 'after', job: 'b' }, 'b a c'],
    ['a b c', 'b', { at: 'first' }, 'b a c'],
    ['a b c', 'b', { at: 'last' }, 'a c b'],
    ['a b c', 'b', { at: 'after', job: 'b' }, 'a b c'],
  ] as const)('of %s stands where it was asked to: %s %j', (before, id, to, after) => {
    expect(at(before, id, to)).toBe(after);
  });

  it.each([
    ['a b:x c:x d', 'c', { at: 'before', job: 'b' }, 'a c b d'],
    ['a b:x c:x d', 'c', { at: 'after', job: 'd' }, 'a d b c'],
    ['a b:x c:x d', 'd', { at: 'before', job: 'c' }, 'a d b c'],
    ['a b:x c:x d', 'c', { at: 'first' }, 'c b a d'],
    ['a b:x c:x d', 'b', { at: 'last' }, 'a d c b'],
  ] as const)('of %s never stands among another group, and takes its own with it: %s %j', (before, id, to, after) => {
    expect(at(before, id, to)).toBe(after);
  });

  it('loses no job and tears no group apart, whatever is moved where', () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      const { below } = seededRandom(seed);
      const group = (): string | null => ['x', 'y', null][below(3)] ?? null;
      let all = Array.from({ length: 2 + below(8) }, (_, number) => ({ id: String(number) as JobId, group: group() }));
      for (let step = 0; step < 5; step += 1) {
        const one = all[below(all.length)]?.id ?? expect.unreachable();
        const other = all[below(all.length)]?.id ?? expect.unreachable();
        const to = ([{ at: 'first' }, { at: 'last' }, { at: 'before', job: other }, { at: 'after', job: other }] as const)[
          below(4)
        ];
        const order = moved(all, one, to ?? { at: 'first' });
        expect(order.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
        if (to?.at === 'first') expect(order.at(0)).toBe(one);
        if (to?.at === 'last') expect(order.at(-1)).toBe(one);
        all = order.map((id) => all.find((job) => job.id === id) ?? expect.unreachable());
        const changes = all
          .filter((job, place) => job.group !== null && all[place - 1]?.group !== job.group)
          .map((job) => job.group);
        expect(new Set(changes).size).toBe(changes.length);
      }
    }
  });
});

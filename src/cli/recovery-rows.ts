import type { CallOutput } from '../shared/contract/calls.ts';
import type { Context } from './context.ts';

/** What would be lost, and how soon it would be back, as far as that was measured. */
export function recoveryRows(
  { say, formats }: Pick<Context, 'say' | 'formats'>,
  { storageName: name, point, time }: CallOutput<'source.recovery'>[number],
): string[][] {
  const gaps =
    point === null
      ? say('recoveryNoPoint', { name })
      : point.usualMs === null
        ? say('recoveryOnePoint', { name, longest: formats.duration(point.longestMs) })
        : say('recoveryPoint', { name, usual: formats.duration(point.usualMs), longest: formats.duration(point.longestMs) });
  const whole = time && say('recoveryTime', { name, whole: formats.duration(time.wholeMs), time: formats.time(time.atMs) });
  return [[say('column.recoveryPoint'), gaps], ...(whole === null ? [] : [[say('column.recoveryTime'), whole]])];
}

import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import type { Reading } from '../source.ts';

/** Several at a time, given out in order. */
export async function* inOrder<T>(
  wanted: readonly T[],
  most: number,
  run: RunContext,
  read: (item: T) => Promise<Reading>,
): AsyncGenerator<Reading> {
  const ahead: Promise<Reading>[] = [];
  for (const item of wanted) {
    stopIfCancelled(run);
    const reading = read(item);
    // Awaited in its turn, or by nobody when the taker has had enough.
    reading.catch(() => undefined);
    ahead.push(reading);
    const first = ahead.length < most ? undefined : ahead.shift();
    if (first !== undefined) yield await first;
  }
  for (const reading of ahead) yield await reading;
}

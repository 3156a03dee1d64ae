import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';

/**
 * Takes a step of each, begun in the given order, so many at the same time. Begins no more once it is cancelled or one of them
 * threw; what has begun comes to its end before this does, so that nothing is written any more behind it.
 */
export async function sideBySide<T>(
  all: readonly T[],
  most: number,
  run: RunContext,
  step: (one: T) => Promise<void>,
): Promise<void> {
  const waiting = all.values();
  let broken: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    for (const one of waiting) {
      if (broken !== undefined) return;
      try {
        stopIfCancelled(run);
        await step(one);
      } catch (error) {
        broken ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
  if (broken !== undefined) throw broken.error;
}

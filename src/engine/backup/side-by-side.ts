import type { SourceSettings } from '../../shared/domain/source-settings.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { CycleSource } from './cycle-input.ts';

/** Where a source's data lie: nobody is asked for two of them at once, be it that they share a server or this computer's disks. */
function placeOf(settings: SourceSettings): string {
  if ('host' in settings) return settings.host.toLowerCase();
  if ('url' in settings)
    return URL.parse(settings.url.includes('://') ? settings.url : `https://${settings.url}`)?.hostname ?? '';
  return '';
}

/**
 * Takes the steps of all sources, begun in the given order as far as their places are free. Begins no more once it is asked to finish soon,
 * or one of them threw; what has begun comes to its end before this does, so that nothing is left open that nobody closes.
 * @param most so many places are looked at at the same time: what a server takes to answer is time in which another one can.
 */
export async function sideBySide(
  sources: readonly CycleSource[],
  most: number,
  run: RunContext,
  step: (source: CycleSource) => Promise<void>,
): Promise<void> {
  const waiting = [...sources];
  const busy = new Set<string>();
  let broken: { readonly error: unknown } | undefined;
  const under = new Set<Promise<void>>();
  const next = (): CycleSource | undefined => {
    if (under.size >= most || broken !== undefined || run.finishSoon.aborted) return undefined;
    const at = waiting.findIndex(({ description }) => !busy.has(placeOf(description.settings)));
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  };
  const begin = (source: CycleSource): void => {
    const place = placeOf(source.description.settings);
    busy.add(place);
    const work = (async () => {
      stopIfCancelled(run);
      await step(source);
    })()
      .catch((error: unknown) => void (broken ??= { error }))
      .finally(() => {
        busy.delete(place);
        under.delete(work);
      });
    under.add(work);
  };
  for (;;) {
    for (let source = next(); source !== undefined; source = next()) begin(source);
    if (under.size === 0) break;
    await Promise.race(under);
  }
  if (broken !== undefined) throw broken.error;
}

import type { RunId } from '../../shared/domain/ids.ts';
import type { Parts } from './parts.ts';

const lines = 40;

/** What a command of a person's own wrote may hold anything, and goes nowhere. */
export const outputEvent = 'action.output';

/** The last lines of a run's log, for who counts runs: times, events, codes and counts. */
export function logTail({ store }: Pick<Parts, 'store'>, run: RunId | null): string {
  if (run === null) return '';
  return store
    .log(run, 0, 100_000)
    .filter(({ event }) => event !== outputEvent)
    .slice(-lines)
    .map(({ atMs, level, event, facts }) => {
      const told = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
      return [new Date(atMs).toISOString(), level, event, ...told].join(' ');
    })
    .join('\n');
}

import type { Watcher, WatchListener } from './source.ts';

/** A server is asked so often what is new, where it tells of nothing by itself and asking is cheap. */
export const pollMs = 5 * 60_000;

/** Tells again and again that something in these folders may have changed, the first time at once: the walk that follows asks what it was. */
export function pollAgainAndAgain({ clock, signal, tell }: WatchListener, folders: readonly string[] = ['']): Watcher {
  const closed = new AbortController();
  const ended = AbortSignal.any([signal, closed.signal]);
  const poll = async (): Promise<void> => {
    while (!ended.aborted) {
      tell({ kind: 'folders', folders });
      await clock.sleep(pollMs, ended);
    }
  };
  void poll();
  return { by: 'polling', everyMs: pollMs, places: null, close: async () => closed.abort() };
}

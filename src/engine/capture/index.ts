/**
 * Noticing changes while they happen: when what was told is worth a cycle, and what becomes of a watcher that is lost.
 *
 * Promises: a change that was told waits half a minute at most, and as long as its cycles are too many for a storage to keep, before it is asked for; a burst is asked for together; whatever was lost is
 * told as a reason for a scan.
 * Refuses: to know what a cycle is, and to take silence for "nothing changed".
 */
export { ChangeCollector, type Pace, usualPace } from './change-collector.ts';
export { WatchKeeper, type WatchState } from './watch-keeper.ts';

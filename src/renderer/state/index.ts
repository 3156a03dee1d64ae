/**
 * What the window knows of the engine, one small store per concern. A mirror: it decides nothing and keeps nothing.
 * Promises that every store follows the engine's notices and its restarts by itself.
 */
import { connect } from '../client/index.ts';
import { followConnection } from './connection.ts';
import { followEngine } from './feeds.ts';
import { followRuns } from './live-runs.ts';

export { useConnection } from './connection.ts';
export { useDensity } from './density.ts';
export type { Feed, FeedStore } from './feed.ts';
export {
  useAlertSettings,
  useChannels,
  useInbox,
  useJobs,
  usePreferences,
  useRuns,
  useSources,
  useStatus,
  useStorages,
} from './feeds.ts';
export { createItemPages, indexOfItem, type ItemPages, type ItemQuery, rowAt } from './item-pages.ts';
export { type LiveRun, useLiveRun, useLiveRuns } from './live-runs.ts';
export { type Pace, paceOf, type Sample, speedsOf } from './pace.ts';
export { type RestoreSelection, selectForRestore, useRestoreSelection } from './selection.ts';
export { type Toast, type ToastAction, tellFailure, useToasts } from './toasts.ts';
export type * from './types.ts';
export { type Answer, useAnswer } from './use-answer.ts';
export { useAttempt } from './use-attempt.ts';

/** Once, before the first screen. */
export function start(): void {
  followConnection();
  followEngine();
  followRuns();
  connect();
}

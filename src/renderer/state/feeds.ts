import { engine } from '../client/index.ts';
import { createFeed } from './feed.ts';

/** How many runs the window keeps: enough for a year of one a day and its filters. Older ones are asked for by job. */
const recentRuns = 400;

export const useJobs = createFeed(() => engine.call('job.list', {}));
export const useStorages = createFeed(() => engine.call('storage.list', {}));
export const useSources = createFeed(() => engine.call('source.list', {}));
export const useStatus = createFeed(() => engine.call('status.get', {}));
export const usePreferences = createFeed(() => engine.call('app.preferences', {}));
export const useRuns = createFeed(() => engine.call('run.list', { job: null, storage: null, kind: null, limit: recentRuns }));

export const useChannels = createFeed(() => engine.call('alert.channels', {}));
/** As many as anybody reads. */
const recentAlerts = 200;
export const useInbox = createFeed(() => engine.call('alert.inbox', { limit: recentAlerts }));
export const useAlertSettings = createFeed(() => engine.call('alert.settings', {}));
const alertFeeds = [useChannels, useInbox, useAlertSettings];

const feeds = { jobs: useJobs, storages: useStorages, sources: useSources, preferences: usePreferences };

const refresh = (...stores: readonly { getState(): { refresh(): Promise<void> } }[]): void => {
  for (const store of stores) void store.getState().refresh(); // a refresh never rejects: the feed keeps its failure
};

/** A run changes what is protected, what a storage holds and what needs a person. */
const touchedByRuns = [useRuns, useJobs, useStatus, useStorages, useSources];

/** Reads everything whenever an engine answers, and again whatever a notice says has changed. */
export function followEngine(): void {
  engine.onState((state) => {
    if (state === 'ready') refresh(usePreferences, ...touchedByRuns, ...alertFeeds);
  });
  engine.on('run.started', () => refresh(useRuns, useJobs, useStatus));
  engine.on('run.ended', () => refresh(...touchedByRuns));
  engine.on('changed', ({ what }) => {
    if (what === 'alerts') refresh(...alertFeeds);
    else refresh(feeds[what], useStatus);
  });
}

import type * as parcel from '@parcel/watcher';

/** What of the native module is used. It is loaded when the first directory is to be watched. */
export type NativeWatcher = Pick<typeof parcel, 'subscribe' | 'writeSnapshot' | 'getEventsSince'>;

export async function loadWatcher(): Promise<NativeWatcher> {
  const loaded = await import('@parcel/watcher');
  return loaded.default;
}

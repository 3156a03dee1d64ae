import type { Need } from './need.ts';
import type { Parts } from './parts.ts';

/** A server that is being started anew, or a computer that has just woken, is no trouble. */
const patienceMs = 3_600_000;

/** Ways to tell a person through which nothing arrives: whoever relies on them hears of nothing else. */
export function channelNeeds({ store, clock }: Pick<Parts, 'store' | 'clock'>): Need[] {
  return store.alerts.channels().flatMap(({ id, name, isOn, lastFailure }): Need[] => {
    if (!isOn || lastFailure === null) return [];
    // What was tried for a day is dropped, and a test leaves nothing to be sent: then nobody waits to see whether it arrives.
    const triedSinceMs = store.alerts.failingSinceMs(id);
    const sinceMs = lastFailure.sinceMs ?? triedSinceMs ?? lastFailure.atMs;
    if (triedSinceMs !== undefined && clock.nowMs() - sinceMs < patienceMs) return [];
    return [{ kind: 'channel-fails', name, failure: lastFailure.failure, sinceMs, job: null, storage: null, run: null }];
  });
}

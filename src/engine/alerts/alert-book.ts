import type { Channel, InboxEntry } from '../../shared/domain/alert.ts';
import type { AlertCause, Delivery, NewDelivery } from '../../shared/domain/alert-delivery.ts';
import type { ChannelId, RunId } from '../../shared/domain/ids.ts';

/** What was told, is to be told, and through what. Each call is one transaction: all of it is on the disk when it returns, or nothing is. */
export interface AlertBook {
  channels(): Channel[];
  cause(cause: string): AlertCause | undefined;
  /** Whatever begins so is over; what was told of it stays told. */
  endCauses(prefix: string, but?: string): void;
  /** @param raised `run`: whose end this was about; it is raised once. */
  raise(raised: {
    readonly entry: InboxEntry | undefined;
    readonly cause: AlertCause | undefined;
    readonly deliveries: readonly NewDelivery[];
    readonly run: RunId | undefined;
    readonly atMs: number;
  }): void;
  /** Oldest first; none while something waits for another try: nothing overtakes it. */
  due(channel: ChannelId, nowMs: number): Delivery[];
  /** Confirmed: never to be sent again. */
  delivered(channel: ChannelId, ids: readonly number[], atMs: number): void;
  /** `dropped` are tried no more, and `entry` says so. */
  failed(
    channel: Pick<Channel, 'id' | 'lastFailure'>,
    later: { readonly ids: readonly number[]; readonly nowMs: number; readonly dueAtMs: number },
    given: { readonly dropped: readonly number[]; readonly entry: InboxEntry | undefined },
  ): void;
}

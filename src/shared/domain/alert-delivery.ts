import type { Alert } from './alert.ts';
import type { AlertId, ChannelId } from './ids.ts';

/** What is remembered of one trouble. */
export interface AlertCause {
  readonly cause: string;
  /** Its entry in the inbox, since when it is there, and how often it came since. */
  readonly entry: AlertId;
  readonly sinceMs: number;
  readonly entryTimes: number;
  /** How often in a row; 0: it is over. */
  readonly times: number;
  /** When it was last told where, and how. */
  readonly said: Readonly<Record<ChannelId, { readonly atMs: number; readonly how: NewDelivery['how'] }>>;
}

/** Something that is to be sent through a channel. */
export interface NewDelivery {
  readonly channel: ChannelId;
  readonly alert: Alert;
  /** `digest`: with all others that are due by then, as one message. */
  readonly how: 'single' | 'digest';
  readonly dueAtMs: number;
}
/** Of the end of a run: through which channel it is told, and whether it was. */
export interface AlertTold {
  readonly channel: ChannelId;
  readonly state: 'waiting' | 'sent' | 'given-up';
  /** When it was sent or given up; of what waits, when it is due. */
  readonly atMs: number;
}
export interface Delivery extends NewDelivery {
  readonly id: number;
  readonly tries: number;
  /** When the first try failed. */
  readonly failingSinceMs: number | null;
}

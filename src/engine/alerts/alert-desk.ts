import { type Alert, type AlertSettings, type InboxEntry, isPinger } from '../../shared/domain/alert.ts';
import type { AlertId, JobId, RunId } from '../../shared/domain/ids.ts';
import { newId, type Random } from '../kernel/random.ts';
import type { Clock } from '../kernel/clock.ts';
import type { AlertCause, NewDelivery } from '../../shared/domain/alert-delivery.ts';
import type { AlertBook } from './alert-book.ts';
import { againAfterMs, isTrouble, wants, whenTold } from './rules.ts';

export type NewAlert = Omit<Alert, 'id' | 'atMs'>;

interface Raising {
  /** Whose it is: its job, or all jobs that use its storage. */
  readonly jobs: readonly JobId[];
  /** Of whose end it tells. */
  readonly run?: RunId | undefined;
  /** Looked at again and again, and no news while it stays. */
  readonly isState?: boolean;
}

interface DeskParts {
  readonly book: AlertBook;
  readonly clock: Clock;
  readonly random: Random;
  readonly settings: () => AlertSettings;
}

/** Takes what is worth telling, and writes down at once what becomes of it. */
export class AlertDesk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** True: something is new in the inbox, or is to be sent. */
  raise(given: NewAlert, { jobs, run, isState = false }: Raising): boolean {
    const { book, clock, random, settings } = this.#parts;
    const nowMs = clock.nowMs();
    const before = isTrouble(given) ? book.cause(given.cause) : undefined;
    const isSame = before !== undefined && Math.abs(nowMs - before.sinceMs) < againAfterMs;
    if (isSame && isState) return false;
    const alert: Alert = { ...given, id: isSame ? before.entry : newId<AlertId>(random), atMs: nowMs };
    const counted = isTrouble(alert) ? countedCause(alert, before, isSame) : undefined;
    const channels = book.channels();
    const deliveries = channels
      .filter((channel) => wants(channel, alert, jobs))
      .flatMap((channel) => whenTold(channel, alert, counted, { settings: settings(), nowMs }) ?? []);
    const pingers = new Set(channels.flatMap(({ id, settings: { kind } }) => (isPinger(kind) ? [id] : [])));
    const told = deliveries.filter(({ channel }) => !pingers.has(channel));
    const isSaid = told.length > 0;
    const entry = isTrouble(alert) || isSaid ? entryOf(alert, counted, isSame && !isSaid) : undefined;
    const cause = counted === undefined ? undefined : { ...counted, said: { ...counted.said, ...saidBy(told, nowMs) } };
    const isAnything = entry !== undefined || deliveries.length > 0;
    if (isAnything || run !== undefined) book.raise({ entry, cause, deliveries, run, atMs: nowMs });
    return isAnything;
  }
}

const countedCause = (alert: Alert, before: AlertCause | undefined, isSame: boolean): AlertCause => ({
  cause: alert.cause,
  entry: alert.id,
  sinceMs: before !== undefined && isSame ? before.sinceMs : alert.atMs,
  times: (before?.times ?? 0) + 1,
  entryTimes: before !== undefined && isSame ? before.entryTimes + 1 : 1,
  said: before?.said ?? {},
});

const saidBy = (told: readonly NewDelivery[], atMs: number): AlertCause['said'] =>
  Object.fromEntries(told.map(({ channel, how }) => [channel, { atMs, how }]));

/** @param isOld Nobody is told again: who has read it need not look once more. */
const entryOf = (alert: Alert, cause: AlertCause | undefined, isOld: boolean): InboxEntry => ({
  alert,
  times: cause?.entryTimes ?? 1,
  lastAtMs: alert.atMs,
  isRead: isOld,
});

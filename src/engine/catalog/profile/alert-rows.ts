import {
  type Alert,
  alertLevels,
  alertTopics,
  type Channel,
  everyEntry,
  type InboxEntry,
  type InboxFilter,
  topicNames,
} from '../../../shared/domain/alert.ts';
import type { AlertCause, AlertTold, Delivery, NewDelivery } from '../../../shared/domain/alert-delivery.ts';
import type { AlertId, ChannelId, RunId } from '../../../shared/domain/ids.ts';
import type { Change, Connection } from '../sql/connection.ts';
import { Documents } from './documents.ts';
import { parsed } from './parsed.ts';

type DueRow = readonly [
  id: number,
  how: Delivery['how'],
  dueAtMs: number,
  tries: number,
  failingSinceMs: number | null,
  alert: string,
];
type InboxRow = readonly [times: number, lastAtMs: number, isRead: number, alert: string];

interface Raised {
  readonly entry: InboxEntry | undefined;
  readonly cause: AlertCause | undefined;
  readonly deliveries: readonly NewDelivery[];
  readonly run: RunId | undefined;
  readonly atMs: number;
}

/** How much is kept: entries of the inbox, and days for which a cause that came no more is remembered. */
const mostEntries = 2000;
/** Nothing waits for longer than until the next digest: what is due later was written by a clock that was wrong, and is due now. */
const farthestMs = 26 * 3_600_000;
const causeDays = 30;
const mostRuns = 20_000;
const mostTold = 50_000;

/** Channels, the inbox, and what is still to be sent. What belongs together is written in one transaction. */
export class AlertRows {
  readonly #connection: Connection;
  readonly #channels: Documents<Channel>;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#channels = new Documents<Channel>(connection, 'alert_channels');
    this.#statements = prepare(connection);
  }

  channels(): Channel[] {
    return this.#channels.all();
  }

  putChannel(channel: Channel): void {
    this.#channels.put(channel);
  }

  /** With what was still to be sent there. */
  removeChannel(id: ChannelId): void {
    this.#connection.transaction(() => {
      this.#channels.remove(id);
      this.#statements.dropChannel.run(id);
      this.#statements.forgetTold.run(id);
    });
  }

  cause(cause: string): AlertCause | undefined {
    const body = this.#statements.cause.get(cause);
    return body === undefined ? undefined : parsed<AlertCause>(body, this.#connection);
  }

  /** Whatever begins so is over, but one; what was told of it stays told. */
  endCauses(prefix: string, but = ''): void {
    this.#statements.endCauses.run(prefix, prefix, but);
  }

  raise({ entry, cause, deliveries, run, atMs }: Raised): void {
    const { putEntry, trimInbox, putCause, trimCauses, putDelivery, putTold, trimTold, putRun, trimRuns } = this.#statements;
    this.#connection.transaction(() => {
      if (entry !== undefined) {
        putEntry.run(entry.alert.id, entry.lastAtMs, entry.times, entry.isRead ? 1 : 0, JSON.stringify(entry.alert));
        trimInbox.run(mostEntries);
      }
      if (cause !== undefined) {
        putCause.run(cause.cause, atMs, JSON.stringify(cause));
        trimCauses.run(atMs - causeDays * 86_400_000);
      }
      for (const { channel, how, dueAtMs, alert } of deliveries) {
        if (how === 'single') this.#dropWaiting(channel, alert.cause);
        putDelivery.run(channel, how, dueAtMs, JSON.stringify(alert));
        if (run !== undefined) putTold.run(run, channel, dueAtMs);
      }
      if (run !== undefined) {
        putRun.run(run);
        trimRuns.run(mostRuns);
        trimTold.run(mostTold);
      }
    });
  }

  /** What is told at once does not come again with the digest. */
  #dropWaiting(channel: ChannelId, cause: string): void {
    this.#statements.forgetWaiting.run(channel, cause);
    this.#statements.dropWaiting.run(channel, cause);
  }

  /** How the end of a run was told, in the order of the channels' deliveries. */
  told(run: RunId): AlertTold[] {
    return this.#statements.told.all(run);
  }

  /** Of these runs those whose end was not raised. */
  unraised(runs: readonly RunId[]): RunId[] {
    return this.#statements.unraised.all(JSON.stringify(runs));
  }

  /** Oldest first; none while something waits for another try: nothing overtakes it. */
  due(channel: ChannelId, nowMs: number): Delivery[] {
    return this.#statements.due.all({ channel, now: nowMs }).map(([id, how, dueAtMs, tries, failingSinceMs, alert]) => {
      return { id, channel, how, dueAtMs, tries, failingSinceMs, alert: parsed<Alert>(alert, this.#connection) };
    });
  }

  /** What waits for another try is due now: something was mended. */
  retryNow(channel: ChannelId, nowMs: number): void {
    this.#statements.retryNow.run(nowMs, channel);
  }

  delivered(channel: ChannelId, ids: readonly number[], atMs: number): void {
    this.#connection.transaction(() => {
      this.#statements.drop.run(JSON.stringify(ids));
      this.#statements.endTold.run('sent', atMs, JSON.stringify(ids));
      this.#change(channel, { lastDeliveredMs: atMs, lastFailure: null });
    });
  }

  failed(
    { id, lastFailure }: Pick<Channel, 'id' | 'lastFailure'>,
    later: { readonly ids: readonly number[]; readonly nowMs: number; readonly dueAtMs: number },
    { dropped, entry }: { readonly dropped: readonly number[]; readonly entry: InboxEntry | undefined },
  ): void {
    this.#connection.transaction(() => {
      this.#statements.postpone.run(later.dueAtMs, later.nowMs, JSON.stringify(later.ids));
      this.#statements.drop.run(JSON.stringify(dropped));
      this.#statements.endTold.run('given-up', later.nowMs, JSON.stringify(dropped));
      this.#change(id, { lastFailure: lastFailure && { ...lastFailure, sinceMs: this.#failedSinceMs(id) ?? lastFailure.atMs } });
      if (entry !== undefined) this.raise({ entry, cause: undefined, deliveries: [], run: undefined, atMs: later.nowMs });
    });
  }

  /** Since when what waits to be sent there was tried in vain; undefined: nothing was. */
  failingSinceMs(channel: ChannelId): number | undefined {
    return this.#statements.failingSince.get(channel) ?? undefined;
  }

  /** Newest first. */
  inbox(limit: number, { job, least, event }: InboxFilter = everyEntry): InboxEntry[] {
    const levels = least === null ? null : JSON.stringify(alertLevels.slice(alertLevels.indexOf(least)));
    const topics = event === null ? null : JSON.stringify(topicNames.filter((topic) => alertTopics[topic].event === event));
    return this.#statements.inbox.all({ limit, job, levels, topics }).map(([times, lastAtMs, isRead, alert]) => {
      return { alert: parsed<Alert>(alert, this.#connection), times, lastAtMs, isRead: isRead === 1 };
    });
  }

  unread(): number {
    return this.#statements.unread.get() ?? 0;
  }

  /** Null: all. */
  markRead(ids: readonly AlertId[] | null): void {
    this.#statements.markRead.run(ids === null ? 1 : 0, JSON.stringify(ids ?? []));
  }

  /** What was dropped is no message that waits: the channel itself remembers. */
  #failedSinceMs(id: ChannelId): number | undefined {
    return this.channels().find((one) => one.id === id)?.lastFailure?.sinceMs;
  }

  #change(id: ChannelId, change: Partial<Channel>): void {
    const channel = this.channels().find((one) => one.id === id);
    if (channel !== undefined) this.#channels.put({ ...channel, ...change });
  }
}

function prepare(connection: Connection) {
  const change = (sql: string): Change => connection.change(sql);
  return {
    dropChannel: change('DELETE FROM alert_outbox WHERE channel = ?'),
    cause: connection.column<string>('SELECT body FROM alert_causes WHERE cause = ?'),
    endCauses: change(`
      UPDATE alert_causes SET body = json_set(body, '$.times', 0)
      WHERE substr(cause, 1, length(?)) = ? AND cause <> ? AND body ->> '$.times' > 0`),
    putCause: change(`
      INSERT INTO alert_causes (cause, last_at_ms, body) VALUES (?, ?, ?)
      ON CONFLICT (cause) DO UPDATE SET last_at_ms = excluded.last_at_ms, body = excluded.body`),
    trimCauses: change('DELETE FROM alert_causes WHERE last_at_ms < ?'),
    putEntry: change(`
      INSERT INTO alert_inbox (id, last_at_ms, times, is_read, body) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET last_at_ms = excluded.last_at_ms, times = excluded.times, body = excluded.body,
        is_read = is_read AND excluded.is_read`),
    trimInbox: change(`
      DELETE FROM alert_inbox WHERE id IN (SELECT id FROM alert_inbox ORDER BY last_at_ms DESC, rowid DESC LIMIT -1 OFFSET ?)`),
    putDelivery: change('INSERT INTO alert_outbox (channel, how, due_at_ms, alert) VALUES (?, ?, ?, ?)'),
    forgetWaiting: change(`
      DELETE FROM alert_told WHERE delivery IN (
        SELECT id FROM alert_outbox WHERE channel = ? AND how = 'digest' AND tries = 0 AND alert ->> '$.cause' = ?)`),
    dropWaiting: change(`
      DELETE FROM alert_outbox WHERE channel = ? AND how = 'digest' AND tries = 0 AND alert ->> '$.cause' = ?`),
    putTold: change("INSERT INTO alert_told VALUES (last_insert_rowid(), ?, ?, 'waiting', ?)"),
    trimTold: change('DELETE FROM alert_told WHERE delivery <= (SELECT max(delivery) FROM alert_told) - ?'),
    endTold: change('UPDATE alert_told SET state = ?, at_ms = ? WHERE delivery IN (SELECT value FROM json_each(?))'),
    forgetTold: change('DELETE FROM alert_told WHERE channel = ?'),
    told: connection.rows<AlertTold>(`
      SELECT told.channel, state, coalesce(due_at_ms, at_ms) AS atMs
      FROM alert_told told LEFT JOIN alert_outbox ON id = delivery WHERE told.run = ? ORDER BY delivery`),
    putRun: change('INSERT OR IGNORE INTO alert_runs (run) VALUES (?)'),
    trimRuns: change('DELETE FROM alert_runs WHERE rowid <= (SELECT max(rowid) FROM alert_runs) - ?'),
    unraised: connection.column<RunId>('SELECT value FROM json_each(?) WHERE value NOT IN (SELECT run FROM alert_runs)'),
    due: connection.tuples<DueRow>(`
      SELECT id, how, due_at_ms, tries, failing_since_ms, alert FROM alert_outbox
      WHERE channel = @channel AND NOT (due_at_ms > @now AND due_at_ms <= @now + ${farthestMs}) AND NOT EXISTS (
        SELECT 1 FROM alert_outbox WHERE channel = @channel AND tries > 0 AND due_at_ms > @now AND due_at_ms <= @now + ${farthestMs})
      ORDER BY id LIMIT 500`),
    retryNow: change('UPDATE alert_outbox SET due_at_ms = ? WHERE channel = ? AND tries > 0'),
    drop: change('DELETE FROM alert_outbox WHERE id IN (SELECT value FROM json_each(?))'),
    postpone: change(`
      UPDATE alert_outbox SET tries = tries + 1, due_at_ms = ?, failing_since_ms = coalesce(failing_since_ms, ?)
      WHERE id IN (SELECT value FROM json_each(?))`),
    failingSince: connection.column<number | null>('SELECT min(failing_since_ms) FROM alert_outbox WHERE channel = ?'),
    inbox: connection.tuples<InboxRow>(`
      SELECT times, last_at_ms, is_read, body FROM alert_inbox
      WHERE (@job IS NULL OR body ->> '$.job.id' = @job)
        AND (@levels IS NULL OR body ->> '$.level' IN (SELECT value FROM json_each(@levels)))
        AND (@topics IS NULL OR body ->> '$.topic' IN (SELECT value FROM json_each(@topics)))
      ORDER BY last_at_ms DESC, rowid DESC LIMIT @limit`),
    unread: connection.column<number>('SELECT count(*) FROM alert_inbox WHERE is_read = 0'),
    markRead: change('UPDATE alert_inbox SET is_read = 1 WHERE ? OR id IN (SELECT value FROM json_each(?))'),
  };
}

import type { Alert, Channel, InboxEntry } from '../../shared/domain/alert.ts';
import type { AlertId, ChannelId } from '../../shared/domain/ids.ts';
import { type Failure, failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { newId, type Random } from '../kernel/random.ts';
import type { Delivery } from '../../shared/domain/alert-delivery.ts';
import type { AlertBook } from './alert-book.ts';
import type { AlertWords, Message } from './message.ts';

const minuteMs = 60_000;
/** After each try that failed; the last one counts for all that follow. */
const gapsMs = [minuteMs, 5 * minuteMs, 15 * minuteMs, 60 * minuteMs];
const patienceMs = 24 * 60 * minuteMs;

interface CourierParts {
  readonly book: AlertBook;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly words: AlertWords;
  readonly logOf: (alert: Alert) => string;
  /** Whether this process can: another one may, later. */
  readonly mayUse: (channel: Channel) => boolean;
  /** Resolves when it was taken; fails with why it was not. */
  readonly send: (channel: Channel, message: Message) => Promise<void>;
  /** Something was brought, or cannot be now. */
  readonly onTried: () => void;
}

/** Brings what is due to its channel, each channel in its order, one message after the other. */
export class Courier {
  readonly #parts: CourierParts;
  readonly #going = new Map<ChannelId, Promise<void>>();
  readonly #again = new Set<ChannelId>();
  #isClosed = false;

  constructor(parts: CourierParts) {
    this.#parts = parts;
  }

  /** Something may be due. What goes on is not waited for. */
  wake(): void {
    for (const channel of this.#parts.book.channels()) if (this.#parts.mayUse(channel)) this.#wakeFor(channel.id);
  }

  /** What is due is sent, or cannot be now. */
  async settled(): Promise<void> {
    while (this.#going.size > 0) await Promise.all(this.#going.values());
  }

  /** `finish`: after what is due. */
  async close(how: 'finish' | 'now'): Promise<void> {
    if (how === 'now') this.#isClosed = true;
    await this.settled();
    this.#isClosed = true;
  }

  #wakeFor(id: ChannelId): void {
    if (this.#isClosed) return;
    if (this.#going.has(id)) return void this.#again.add(id);
    const going = Promise.resolve()
      .then(() => this.#bringAll(id))
      .catch((error: unknown) => {
        const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.#parts.log.error('bug', { stack });
      })
      .finally(() => {
        this.#going.delete(id);
        if (this.#again.delete(id)) this.#wakeFor(id);
      });
    this.#going.set(id, going);
  }

  async #bringAll(id: ChannelId): Promise<void> {
    const { book, clock } = this.#parts;
    for (;;) {
      const channel = book.channels().find((one) => one.id === id);
      const due = channel === undefined ? [] : book.due(id, clock.nowMs());
      const [first] = due;
      if (this.#isClosed || channel === undefined || first === undefined) return;
      const together = first.how === 'single' ? [first] : due.filter(({ how }) => how === 'digest');
      if (!(await this.#bring(channel, together, due))) return;
    }
  }

  /** False: the channel does not work now, and the rest of what is due waits, too. */
  async #bring(channel: Channel, deliveries: readonly Delivery[], due: readonly Delivery[]): Promise<boolean> {
    const { book, clock, log } = this.#parts;
    try {
      await this.#parts.send(channel, this.#messageOf(deliveries));
    } catch (error) {
      if (!isStrataError(error)) throw error;
      log.warn('alert.not-delivered', { channel: channel.id, code: error.code });
      this.#postpone(channel, due, failureOf(error));
      this.#parts.onTried();
      return false;
    }
    book.delivered(
      channel.id,
      deliveries.map(({ id }) => id),
      clock.nowMs(),
    );
    this.#parts.onTried();
    return true;
  }

  #messageOf(deliveries: readonly Delivery[]): Message {
    const alerts = deliveries.map(({ alert }) => alert);
    const [first] = deliveries;
    const log = alerts.length === 1 && first !== undefined ? this.#parts.logOf(first.alert) : '';
    return { id: `${first?.alert.id ?? ''}-${first?.id ?? 0}`, alerts, ...this.#parts.words(alerts), log };
  }

  #postpone(channel: Channel, due: readonly Delivery[], failure: Failure): void {
    const { book, clock } = this.#parts;
    const nowMs = clock.nowMs();
    const isOver = ({ failingSinceMs }: Delivery): boolean => failingSinceMs !== null && nowMs - failingSinceMs >= patienceMs;
    const dropped = due.filter(isOver);
    const tries = Math.max(...due.map((delivery) => delivery.tries));
    const gapMs = gapsMs[Math.min(tries, gapsMs.length - 1)] ?? minuteMs;
    book.failed(
      { id: channel.id, lastFailure: { atMs: nowMs, failure } },
      { ids: due.filter((one) => !isOver(one)).map(({ id }) => id), nowMs, dueAtMs: nowMs + gapMs },
      { dropped: dropped.map(({ id }) => id), entry: dropped.length === 0 ? undefined : this.#undelivered(channel, dropped) },
    );
  }

  #undelivered({ name }: Channel, dropped: readonly Delivery[]): InboxEntry {
    const { clock, random } = this.#parts;
    const atMs = clock.nowMs();
    const facts = { channel: name, count: dropped.length };
    const { code, retry } = new StrataError('alert.given-up', 'after-user-action');
    const alert: Alert = {
      id: newId<AlertId>(random),
      topic: 'undelivered',
      level: 'error',
      cause: `undelivered:${name}`,
      atMs,
      job: null,
      storage: null,
      run: null,
      byPerson: false,
      failure: { code, retry, facts },
      facts,
    };
    return { alert, times: 1, lastAtMs: atMs, isRead: false };
  }
}

import { describe, expect, it, onTestFinished } from 'vitest';
import type { Alert, Channel } from '../../shared/domain/alert.ts';
import type { AlertId, ChannelId } from '../../shared/domain/ids.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { fakeClock } from '../../../test/kit/fake-clock.ts';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { openProfileStore } from '../catalog/index.ts';
import { silentLog } from '../kernel/log.ts';
import { NodeFileSystem } from '../kernel/node-file-system.ts';
import { Courier } from './courier.ts';
import type { Message } from './message.ts';

const minute = 60_000;
const hour = 60 * minute;
const channel: Channel = {
  ...{ id: 'post0000000000000000' as ChannelId, name: 'Post', settings: { kind: 'ntfy' }, place: '', isOn: true },
  ...{ secretInKeychain: false, events: [], jobs: {}, least: 'warning', daily: false, lastDeliveredMs: null, lastFailure: null },
};

const alertOf = (name: string, atMs: number): Alert => ({
  ...{ id: name.padEnd(20, '0') as AlertId, topic: 'backup-failed', level: 'error', cause: name, atMs, job: null, storage: null },
  ...{ run: null, byPerson: false, failure: null, facts: {} },
});

function world() {
  const clock = fakeClock();
  const store = openProfileStore({ path: `${temporaryFolder()}/state.sqlite`, files: new NodeFileSystem() });
  onTestFinished(() => store.close());
  const book = store.alerts;
  book.putChannel(channel);
  const sent: Message[] = [];
  let answer: () => Promise<void> = () => Promise.resolve();
  const open = (): Courier =>
    new Courier({
      onTried: () => undefined,
      ...{ book, clock, random: seededRandom(3), log: silentLog, logOf: () => '', mayUse: () => true },
      words: (alerts) => ({ title: alerts.map(({ cause }) => cause).join(' '), text: '' }),
      send: (_to, message) => answer().then(() => void sent.push(message)),
    });
  const courier = open();
  return {
    clock,
    book,
    courier,
    reopened: open,
    titles: () => sent.map(({ title }) => title),
    ids: () => sent.map(({ id }) => id),
    answers: (next: () => Promise<void>) => {
      answer = next;
    },
    put: (name: string, how: 'single' | 'digest' = 'single', inMs = 0) =>
      book.raise({
        ...{ entry: undefined, cause: undefined, run: undefined, atMs: clock.nowMs() },
        deliveries: [{ channel: channel.id, alert: alertOf(name, clock.nowMs()), how, dueAtMs: clock.nowMs() + inMs }],
      }),
    bring: async (by = courier) => {
      by.wake();
      await by.settled();
    },
  };
}
const away = (): Promise<void> => Promise.reject(new StrataError('source.unreachable', 'later', { host: 'h', port: 1 }));
const stateOf = ({ book }: ReturnType<typeof world>) => book.channels()[0];

describe('what is to be sent', () => {
  it('goes once each, in its order, and is remembered as delivered', async () => {
    const all = world();
    all.put('a');
    all.put('b');
    await all.bring();
    await all.bring();
    expect(all.titles()).toEqual(['a', 'b']);
    expect(stateOf(all)).toMatchObject({ lastDeliveredMs: all.clock.nowMs(), lastFailure: null });
  });

  it('goes as one message where it waited for the same moment', async () => {
    const all = world();
    for (const name of ['a', 'b', 'c']) all.put(name, 'digest', hour);
    await all.bring();
    expect(all.titles()).toEqual([]);
    await all.clock.advance(hour);
    await all.bring();
    expect(all.titles()).toEqual(['a b c']);
  });

  it('is tried again with growing gaps, under the same id, and nothing overtakes it', async () => {
    const all = world();
    const tries: number[] = [];
    all.answers(() => {
      tries.push((all.clock.nowMs() - fakeClock().nowMs()) / minute);
      return away();
    });
    all.put('a');
    for (let passed = 0; passed < 150; passed += 1) {
      await all.bring();
      if (passed === 2) all.put('b');
      await all.clock.advance(minute);
    }
    expect(tries).toEqual([0, 1, 6, 21, 81, 141]);
    expect(stateOf(all)?.lastFailure?.failure.code).toBe('source.unreachable');
    all.answers(() => Promise.resolve());
    await all.clock.advance(hour);
    await all.bring();
    expect(all.titles()).toEqual(['a', 'b']);
    expect(stateOf(all)?.lastFailure).toBeNull();
  });

  it('is given up after a day of trying, and the inbox says so', async () => {
    const all = world();
    all.answers(away);
    all.put('a');
    all.put('b');
    for (let passed = 0; passed <= 26; passed += 1) {
      await all.bring();
      await all.clock.advance(hour);
    }
    expect(all.book.due(channel.id, Number.MAX_SAFE_INTEGER)).toEqual([]);
    expect(all.book.inbox(10).map(({ alert }) => [alert.topic, alert.facts])).toEqual([
      ['undelivered', { channel: 'Post', count: 2 }],
    ]);
  });

  it('waits a whole day of trying, even when the first try comes after days', async () => {
    const all = world();
    all.put('a');
    await all.clock.advance(72 * hour);
    all.answers(away);
    await all.bring();
    all.answers(() => Promise.resolve());
    await all.clock.advance(minute);
    await all.bring();
    expect(all.titles()).toEqual(['a']);
  });

  it('is not sent again by the next engine once it was confirmed, and is where it was not', async () => {
    const all = world();
    all.put('a');
    await all.bring();
    all.answers(away);
    all.put('b');
    await all.bring();
    all.answers(() => Promise.resolve());
    await all.clock.advance(hour);
    await all.bring(all.reopened());
    expect(all.titles()).toEqual(['a', 'b']);
    expect(new Set(all.ids()).size).toBe(2);
  });

  it('is sent to its end before the engine closes, and no more after it', async () => {
    const all = world();
    let finish = (): void => undefined;
    all.answers(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    all.put('a');
    all.courier.wake();
    await Promise.resolve();
    await Promise.resolve();
    const closed = all.courier.close('now');
    all.put('b');
    finish();
    await closed;
    await all.bring();
    expect(all.titles()).toEqual(['a']);
    expect(all.book.due(channel.id, all.clock.nowMs())).toHaveLength(1);
  });

  it('goes with its channel', async () => {
    const all = world();
    all.put('a');
    all.book.removeChannel(channel.id);
    await all.bring();
    expect(all.titles()).toEqual([]);
    expect(all.book.due(channel.id, all.clock.nowMs())).toEqual([]);
  });
});

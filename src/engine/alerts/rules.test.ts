import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type AlertSettings,
  type AlertTopic,
  alertTopics,
  type Channel,
  type ChannelKind,
  type ChannelSettings,
  usualEvents,
} from '../../shared/domain/alert.ts';
import type { ChannelId, JobId, RunId } from '../../shared/domain/ids.ts';
import type { Retry } from '../../shared/domain/strata-error.ts';
import { fakeClock } from '../../../test/kit/fake-clock.ts';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { openProfileStore } from '../catalog/index.ts';
import { NodeFileSystem } from '../kernel/node-file-system.ts';
import { AlertDesk, type NewAlert } from './alert-desk.ts';

const hour = 3_600_000;
const mail = 'mail0000000000000000' as JobId;
const desk = 'desk0000000000000000' as ChannelId;
const post = 'post0000000000000000' as ChannelId;
const ping = 'ping0000000000000000' as ChannelId;

const channelOf = (id: ChannelId, kind: ChannelKind, more: Partial<Channel> = {}): Channel => ({
  ...{ id, name: id, settings: { kind } as ChannelSettings, place: '', isOn: true, secretInKeychain: false },
  ...{ events: usualEvents(kind), jobs: {}, least: 'warning', daily: false, lastDeliveredMs: null, lastFailure: null },
  ...more,
});

/** A real profile, a clock that is moved by hand, and three channels of a kind each. */
function world(channels: readonly Channel[], settings: Partial<AlertSettings> = {}) {
  const clock = fakeClock(); // a Sunday, 10:00 UTC
  const store = openProfileStore({ path: `${temporaryFolder()}/state.sqlite`, files: new NodeFileSystem() });
  onTestFinished(() => store.close());
  const book = store.alerts;
  for (const channel of channels) book.putChannel(channel);
  const rules: AlertSettings = { quiet: null, digestAt: 480, zone: 'UTC', ...settings };
  const alertDesk = new AlertDesk({ book, clock, random: seededRandom(7), settings: () => rules });
  return {
    clock,
    book,
    raise: (alert: NewAlert, more: { run?: RunId; isState?: boolean } = {}) =>
      alertDesk.raise(alert, { jobs: alert.job === null ? [] : [alert.job.id], ...more }),
    /** What is still to be sent, and when, as hours from the beginning. */
    sent: (id: ChannelId) =>
      book
        .due(id, Number.MAX_SAFE_INTEGER)
        .map(({ alert, how, dueAtMs }) => [alert.topic, how, (dueAtMs - fakeClock().nowMs()) / hour]),
  };
}

let runs = 0;
function alertOf(topic: AlertTopic, more: Partial<NewAlert> & { retry?: Retry } = {}): NewAlert {
  const { retry, ...rest } = more;
  const isFailure = topic.endsWith('failed');
  runs += 1;
  return {
    ...{ topic, level: alertTopics[topic].level, job: { id: mail, name: 'Mail' }, storage: null, run: null, byPerson: false },
    cause: alertTopics[topic].level === 'information' ? `run:${runs}` : `${topic}:${mail}`,
    failure: isFailure ? { code: 'source.unreachable', retry: retry ?? 'after-user-action', facts: {} } : null,
    facts: {},
    ...rest,
  };
}
const passing = alertOf('backup-failed', { retry: 'later', level: 'warning' });

describe('what a person is told by default', () => {
  it('is every trouble, and nothing of what went well', () => {
    const { raise, sent, book } = world([channelOf(desk, 'desktop'), channelOf(post, 'ntfy')]);
    for (const topic of ['backup-started', 'backup-done', 'check-done', 'mirror-done', 'restore-done'] as const)
      raise(alertOf(topic));
    expect([sent(desk), sent(post), book.inbox(10)]).toEqual([[], [], []]);
    const troubles = [
      ...(['backup-failed', 'damage-found', 'source-frozen', 'scan-due'] as const),
      ...(['mirror-failed', 'restore-failed', 'nearly-full'] as const),
    ];
    for (const topic of troubles) raise(alertOf(topic));
    expect(sent(desk).map(([topic]) => topic)).toEqual(troubles);
    expect(sent(post).map(([topic]) => topic)).toEqual(troubles);
    expect(book.unread()).toBe(troubles.length);
  });

  it('keeps in the inbox what no channel wanted', () => {
    const { raise, book } = world([channelOf(desk, 'desktop', { isOn: false })]);
    raise(alertOf('backup-failed'));
    expect(book.inbox(10).map(({ alert }) => alert.topic)).toEqual(['backup-failed']);
  });
});

describe('one cause', () => {
  it('is told once a day, counted each time, and told again after it', async () => {
    const { raise, sent, clock, book } = world([channelOf(post, 'ntfy')]);
    for (let hours = 0; hours < 24; hours += 1) {
      raise(alertOf('backup-failed'));
      await clock.advance(hour);
    }
    expect(sent(post)).toHaveLength(1);
    expect(book.inbox(10).map(({ times }) => times)).toEqual([24]);
    raise(alertOf('backup-failed'));
    expect(sent(post)).toHaveLength(2);
    expect(book.inbox(10).map(({ times }) => times)).toEqual([1, 24]);
  });

  it('is another one when it is something else', () => {
    const { raise, sent } = world([channelOf(post, 'ntfy')]);
    raise(alertOf('backup-failed', { cause: 'a' }));
    raise(alertOf('backup-failed', { cause: 'b' }));
    expect(sent(post)).toHaveLength(2);
  });

  it('that is over and comes back within the day is in the inbox, and not told twice', () => {
    const { raise, sent, book } = world([channelOf(post, 'ntfy')]);
    raise(alertOf('backup-failed'));
    book.markRead(null);
    book.endCauses('backup-failed');
    raise(alertOf('backup-failed'));
    expect(sent(post)).toHaveLength(1);
    expect(book.inbox(10).map(({ times, isRead }) => [times, isRead])).toEqual([[2, true]]);
  });

  it('does not silence anything for years when the clock was wrong', () => {
    const { raise, sent, clock } = world([channelOf(post, 'ntfy')]);
    clock.setWall(clock.nowMs() + 900_000 * hour);
    raise(alertOf('backup-failed'));
    clock.setWall(fakeClock().nowMs());
    raise(alertOf('backup-failed'));
    expect(sent(post)).toHaveLength(2);
  });

  it('that waits for a digest is sent when the clock that said when turns out wrong', () => {
    const { raise, book, clock } = world([channelOf(post, 'ntfy', { daily: true })]);
    clock.setWall(clock.nowMs() + 900_000 * hour);
    raise(alertOf('backup-failed'));
    expect(book.due(post, clock.nowMs())).toEqual([]);
    clock.setWall(fakeClock().nowMs());
    expect(book.due(post, clock.nowMs())).toHaveLength(1);
  });

  it('that stays is no news each time somebody looks', () => {
    const { raise, book } = world([channelOf(post, 'ntfy')]);
    expect(raise(alertOf('source-frozen'), { isState: true })).toBe(true);
    expect(raise(alertOf('source-frozen'), { isState: true })).toBe(false);
    expect(book.inbox(10)).toHaveLength(1);
  });
});

describe('a failure that will be tried again', () => {
  it('is silent on the desktop and for the digest elsewhere, until the third time in a row, and not in the digest then', () => {
    const { raise, sent } = world([channelOf(desk, 'desktop'), channelOf(post, 'ntfy')]);
    raise(passing);
    raise(passing);
    expect(sent(desk)).toEqual([]);
    expect(sent(post)).toEqual([['backup-failed', 'digest', 22]]);
    raise(passing);
    raise(passing);
    expect(sent(desk)).toEqual([['backup-failed', 'single', 0]]);
    expect(sent(post)).toEqual([['backup-failed', 'single', 0]]);
  });

  it('begins to count anew when a run in between went well', () => {
    const { raise, sent, book } = world([channelOf(desk, 'desktop')]);
    raise(passing);
    raise(passing);
    book.endCauses('backup-failed');
    raise(passing);
    expect(sent(desk)).toEqual([]);
  });
});

describe('quiet hours', () => {
  const quiet = { quiet: { from: 600, until: 660 } };

  it('keep back until their end what is not critical', () => {
    const { raise, sent } = world([channelOf(post, 'ntfy')], quiet);
    raise(alertOf('mirror-failed'));
    raise(alertOf('damage-found'));
    expect(sent(post)).toEqual([
      ['mirror-failed', 'digest', 1],
      ['damage-found', 'single', 0],
    ]);
  });

  it('keep back nothing from who counts runs, and each run counts', () => {
    const { raise, sent, book } = world([channelOf(ping, 'healthchecks')], quiet);
    for (const topic of ['backup-started', 'backup-failed', 'backup-started', 'backup-failed'] as const)
      raise(alertOf(topic, { retry: 'later' }));
    expect(sent(ping).map(([topic, how, hours]) => `${topic} ${how} ${hours}`)).toEqual([
      'backup-started single 0',
      'backup-failed single 0',
      'backup-started single 0',
      'backup-failed single 0',
    ]);
    expect(book.inbox(10).map(({ times }) => times)).toEqual([2]);
  });
});

describe('a channel', () => {
  it('that waits for the digest gets at once only what is critical', () => {
    const { raise, sent } = world([channelOf(post, 'email', { daily: true })]);
    raise(alertOf('backup-failed'));
    raise(alertOf('source-frozen'));
    expect(sent(post)).toEqual([
      ['backup-failed', 'digest', 22],
      ['source-frozen', 'single', 0],
    ]);
  });

  it('tells of a job what was chosen for that job alone', () => {
    const { raise, sent } = world([channelOf(post, 'ntfy', { jobs: { [mail]: ['success'] } })]);
    raise(alertOf('backup-failed'));
    raise(alertOf('backup-done'));
    raise(alertOf('backup-failed', { job: { id: 'other000000000000000' as JobId, name: 'Other' }, cause: 'other' }));
    expect(sent(post).map(([topic]) => topic)).toEqual(['backup-done', 'backup-failed']);
  });

  it('hears that nothing was wrong only when it asks for that', () => {
    const { raise, sent } = world([
      channelOf(post, 'ntfy', { least: 'information' }),
      channelOf(desk, 'desktop', { least: 'critical' }),
    ]);
    raise(alertOf('check-done'));
    raise(alertOf('mirror-failed'));
    raise(alertOf('damage-found'));
    expect(sent(post).map(([topic]) => topic)).toEqual(['check-done', 'mirror-failed', 'damage-found']);
    expect(sent(desk).map(([topic]) => topic)).toEqual(['damage-found']);
  });
});

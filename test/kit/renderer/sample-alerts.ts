import type { CallOutput, Handlers } from '../../../src/shared/contract/calls.ts';
import type { alertCalls } from '../../../src/shared/contract/alerts.ts';
import { alertLevels, type AlertTopic, alertTopics, usualEvents } from '../../../src/shared/domain/alert.ts';
import type { AlertId, ChannelId } from '../../../src/shared/domain/ids.ts';
import type { Facts, Failure } from '../../../src/shared/domain/strata-error.ts';
import { StrataError } from '../../../src/shared/domain/strata-error.ts';
import { at, ids } from './sample-base.ts';
import { jobs, storages } from './sample-setup.ts';

type Channel = CallOutput<'alert.channels'>[number];
type Entry = CallOutput<'alert.inbox'>['entries'][number];

const idOf = <Id extends string>(name: string): Id => name.padEnd(20, '0') as Id;

const channelOf = (name: string, settings: Channel['settings'], more: Partial<Channel>): Channel => ({
  id: idOf<ChannelId>(name.toLowerCase().replaceAll(/[^a-z]/g, '')),
  name,
  settings,
  place: '',
  isOn: true,
  secretInKeychain: true,
  secretState: 'keychain',
  events: usualEvents(settings.kind),
  jobs: {},
  least: 'warning',
  daily: false,
  lastDeliveredMs: null,
  lastFailure: null,
  ...more,
});

const mail: Channel['settings'] = {
  ...{ kind: 'email', host: 'smtp.nord.example', port: 465, tls: 'implicit', user: 'anna', from: 'strata@nord.example' },
  to: ['anna@nord.example'],
};

const channelsOf = (): Channel[] => [
  channelOf('desktop', { kind: 'desktop' }, { secretState: null, lastDeliveredMs: at(0, 9, 2) }),
  channelOf('Anna’s mail', mail, { place: 'anna@nord.example', lastDeliveredMs: at(1, 8, 0) }),
  channelOf(
    'Phone',
    { kind: 'ntfy' },
    {
      place: 'ntfy.sh',
      lastDeliveredMs: at(9, 18, 30),
      lastFailure: {
        atMs: at(0, 7, 15),
        failure: { code: 'alert.not-let-in', retry: 'after-user-action', facts: { host: 'ntfy.sh', status: 403 } },
      },
    },
  ),
  channelOf('Dead man’s switch', { kind: 'healthchecks' }, { place: 'hc-ping.com', isOn: false }),
];

const entryOf = (
  number: number,
  topic: AlertTopic,
  atMs: number,
  {
    facts = {},
    failure = null,
    times = 1,
    isRead = true,
  }: { facts?: Facts; failure?: Failure | null; times?: number; isRead?: boolean },
): Entry => {
  const [job] = jobs;
  const [storage] = storages;
  return {
    alert: {
      ...{ id: idOf<AlertId>(`alert${number}`), topic, level: alertTopics[topic].level, cause: topic, atMs },
      job: job === undefined || !topic.startsWith('backup') ? null : { id: job.id, name: job.name },
      storage: storage === undefined ? null : { id: storage.id, name: storage.name },
      ...{ run: ids.check, byPerson: false, failure, facts },
    },
    times,
    lastAtMs: atMs,
    isRead,
  };
};

const entriesOf = (): Entry[] => [
  entryOf(1, 'backup-failed', at(0, 9, 2), {
    times: 7,
    isRead: false,
    failure: {
      code: 'source.sign-in-refused',
      retry: 'after-user-action',
      facts: { host: 'imap.nord.example', user: 'office@nord.example' },
    },
  }),
  entryOf(2, 'source-frozen', at(0, 4, 40), { isRead: false, facts: { name: 'anna@nord.example' } }),
  entryOf(3, 'check-done', at(1, 3, 0), {}),
  entryOf(4, 'week', at(6, 8, 0), {
    facts: { runs: 168, successes: 164, warnings: 3, failures: 1, new: 1204, changed: 88, vanished: 41, stored: 2_400_000_000 },
  }),
  entryOf(5, 'undelivered', at(8, 8, 0), {
    facts: { channel: 'Phone', count: 3 },
    failure: { code: 'alert.given-up', retry: 'after-user-action', facts: { channel: 'Phone', count: 3 } },
  }),
];

/** Channels that are known by their names: one that is called “broken” fails its test. */
export function createAlertHandlers(isRich: boolean): Pick<Handlers, keyof typeof alertCalls> {
  let channels = isRich ? channelsOf() : channelsOf().slice(0, 1);
  let entries = isRich ? entriesOf() : [];
  const settings: CallOutput<'alert.settings'> = { quiet: { from: 22 * 60, until: 7 * 60 }, digestAt: 480, zone: null };
  const change = async (id: string, more: Partial<Channel>): Promise<Record<string, never>> => {
    channels = channels.map((channel) => (channel.id === id ? { ...channel, ...more } : channel));
    return {};
  };
  return {
    'alert.channels': async () => channels,
    'alert.addChannel': async ({ name, settings: added }) => {
      const channel = channelOf(name, added, { place: 'ntfy.example' });
      channels = [...channels, channel];
      return { id: channel.id };
    },
    'alert.editChannel': ({ id, name, isOn = true, events, daily = false }) =>
      change(id, { name, isOn, daily, ...(events === undefined ? {} : { events }) }),
    'alert.removeChannel': async ({ id }) => {
      channels = channels.filter((channel) => channel.id !== id);
      return {};
    },
    'alert.testChannel': async ({ id }) => {
      const failure = channels.find((channel) => channel.id === id)?.lastFailure?.failure;
      if (failure) throw new StrataError(failure.code, failure.retry, failure.facts);
      return change(id, { lastDeliveredMs: at(0, 14, 7) });
    },
    'alert.route': async ({ channel: id, job, events }) => {
      const before = channels.find((channel) => channel.id === id)?.jobs ?? {};
      const others = Object.fromEntries(Object.entries(before).filter(([key]) => key !== job));
      return change(id, { jobs: events === null ? others : { ...others, [job]: events } });
    },
    'alert.settings': async () => settings,
    'alert.setSettings': async (given) => Object.assign(settings, given),
    'alert.inbox': async ({ job = null, least = null, event = null }) => ({
      entries: entries.filter(
        ({ alert }) =>
          (job === null || alert.job?.id === job) &&
          (least === null || alertLevels.indexOf(alert.level) >= alertLevels.indexOf(least)) &&
          (event === null || alertTopics[alert.topic].event === event),
      ),
      unread: entries.filter(({ isRead }) => !isRead).length,
    }),
    'alert.markRead': async ({ ids: read }) => {
      entries = entries.map((entry) => (read === null || read.includes(entry.alert.id) ? { ...entry, isRead: true } : entry));
      return {};
    },
  };
}

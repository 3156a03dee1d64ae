import { renameSync, writeFileSync, mkdirSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { fakeClock } from '../../../test/kit/fake-clock.ts';
import { HttpSink } from '../../../test/kit/sinks/http-sink.ts';
import { type ChannelKind, everyEntry, type InboxFilter } from '../../shared/domain/alert.ts';
import type { ChannelId, JobId } from '../../shared/domain/ids.ts';
import { sayAlerts } from '../../shared/words/alerts.ts';
import { type Engine, openEngine } from '../index.ts';
import type { Keychain } from '../kernel/keychain.ts';
import { silentLog } from '../kernel/log.ts';
import { channelNeeds } from './channel-needs.ts';

interface World {
  readonly folder: string;
  readonly kept: Map<string, string>;
  readonly sink: HttpSink;
  open(more?: Partial<Parameters<typeof openEngine>[0]>): Promise<Engine>;
}

async function world(): Promise<World> {
  const folder = temporaryFolder();
  const kept = new Map<string, string>();
  const keychain: Keychain = {
    status: () => Promise.resolve('available'),
    read: (account) => Promise.resolve(kept.get(account)),
    write: (account, secret) => Promise.resolve(void kept.set(account, secret)),
    remove: (account) => Promise.resolve(void kept.delete(account)),
  };
  const sink = await HttpSink.start();
  onTestFinished(() => sink.stop());
  const opened: Engine[] = [];
  onTestFinished(async () => {
    for (const engine of opened) await engine.close('now').catch(() => undefined); // the test has closed it
  });
  return {
    ...{ folder, kept, sink },
    async open(more = {}) {
      const engine = await openEngine({
        ...{ profileDir: `${folder}/profile`, keychain, appVersion: '0.0.0-test', log: silentLog },
        alertWords: (alerts) => sayAlerts(alerts, 'en'),
        ...more,
      });
      opened.push(engine);
      return engine;
    },
  };
}

const addChannel = (
  engine: Engine,
  kind: Exclude<ChannelKind, 'desktop' | 'email' | 'gotify' | 'telegram'>,
  secret: string,
  name: string = kind,
) => engine.channels.add({ name, settings: { kind }, secret, keepInKeychain: true }).then(({ id }) => id);

async function makeJob(engine: Engine, folder: string): Promise<JobId> {
  mkdirSync(`${folder}/letters`);
  writeFileSync(`${folder}/letters/one.txt`, 'Dear reader');
  const { id: storage } = await engine.storages.create({
    ...{ name: 'Shelf', path: `${folder}/storage`, password: 'correct horse battery', keepInKeychain: true },
  });
  const settings = {
    ...{ kind: 'files' as const, paths: [`${folder}/letters`], exclude: [], excludeIfPresent: [], oneFileSystem: false },
  };
  const { id: source } = await engine.sources.add({ name: 'Letters', settings, secret: null, keepInKeychain: false });
  return engine.jobs.create({ name: 'Mail', sources: [source], storage, schedule: { mode: 'manual' } }).id;
}

async function run(engine: Engine, job: JobId): Promise<string> {
  const ended = await engine.parts.runs.ended(await engine.jobs.run(job, 'schedule'));
  await engine.alerts.settled();
  return ended?.status ?? '';
}
const titles = ({ sink }: World): unknown[] => sink.json.map((body) => (body as { title: string }).title);

describe('an engine with a channel', () => {
  it('tells why a job failed, once, and keeps the address in the keychain alone', async () => {
    const all = await world();
    const engine = await all.open();
    const secret = `${all.sink.url}/hook/s3cr3t`;
    const id = await addChannel(engine, 'webhook', secret);
    const job = await makeJob(engine, all.folder);
    expect(await run(engine, job)).toBe('success');
    expect(all.sink.heard).toEqual([]);

    renameSync(`${all.folder}/letters`, `${all.folder}/away`);
    expect(await run(engine, job)).toBe('failed');
    expect(await run(engine, job)).toBe('failed');
    expect(titles(all)).toEqual(['Mail was not backed up']);
    expect(all.sink.json[0]).toMatchObject({ text: expect.stringContaining('is not there') as string, level: 'error' });
    expect(engine.alerts.inbox(10)).toMatchObject({ unread: 1, entries: [{ times: 2, alert: { topic: 'backup-failed' } }] });
    expect(engine.channels.list()[1]).toMatchObject({ id, lastFailure: null, lastDeliveredMs: expect.any(Number) as number });
    expect(all.kept.get(`alert/${id}`)).toBe(secret);
    expect(JSON.stringify([engine.channels.list(), engine.alerts.inbox(10)])).not.toContain('s3cr3t');
    await engine.channels.remove(id);
    expect(all.kept.has(`alert/${id}`)).toBe(false);
  });

  it('pings for the job that was chosen, its beginning and its end, with the log', async () => {
    const all = await world();
    const engine = await all.open();
    await addChannel(engine, 'healthchecks', `${all.sink.url}/uuid`);
    const job = await makeJob(engine, all.folder);
    await run(engine, job);
    renameSync(`${all.folder}/letters`, `${all.folder}/away`);
    await run(engine, job);
    expect(all.sink.heard.map(({ path }) => path)).toEqual(['/uuid/start', '/uuid', '/uuid/start', '/uuid/fail']);
    expect(all.sink.heard[3]?.body).toMatch(/warn source\.failed source=[0-9a-z]{20} code=source\.missing\n/);
  });

  it('tells at its next start what ended while nobody could tell, a run that was cut off included', async () => {
    const all = await world();
    const engine = await all.open();
    await addChannel(engine, 'webhook', all.sink.url);
    const job = await makeJob(engine, all.folder);
    await run(engine, job);
    const [last] = engine.parts.store.runs({ job, storage: null, kind: 'backup', limit: 1 });
    if (last === undefined) throw new Error('no run');
    const failure = { code: 'source.missing', retry: 'after-user-action', facts: { path: '/away' } } as const;
    // As the engine leaves them that is killed before it could tell, and in the middle.
    engine.parts.store.putRun({ ...last, id: 'untold00000000000000' as typeof last.id, status: 'failed', failure });
    engine.parts.store.putRun({ ...last, id: 'cutoff00000000000000' as typeof last.id, kind: 'purge', status: 'running' });
    await engine.close('now');

    const next = await all.open();
    await next.alerts.settled();
    expect(titles(all)).toEqual(['Mail was not backed up', 'Work on storage Shelf did not come to its end']);
    await next.close('now');
    const third = await all.open();
    await third.alerts.settled();
    expect(all.sink.heard).toHaveLength(2);
  });

  it('tries it out, says why it does not work, and remembers both', async () => {
    const all = await world();
    const engine = await all.open();
    const id = await addChannel(engine, 'slack', all.sink.url, 'Team');
    await engine.channels.test(id);
    expect(all.sink.json).toEqual([
      { text: 'This channel works\nA message from Strata, to try out the channel “Team”. Nothing has happened.', mrkdwn: false },
    ]);
    all.sink.answer = () => ({ status: 403 });
    await expect(engine.channels.test(id)).rejects.toMatchObject({ code: 'alert.not-let-in' });
    const shown = engine.channels.list().find((channel) => channel.id === id);
    expect(shown).toMatchObject({ lastFailure: { failure: { code: 'alert.not-let-in' } } });
    expect(shown?.lastDeliveredMs).not.toBeNull();
    expect(engine.alerts.inbox(10).entries).toEqual([]);
  });

  it('sends what waited as soon as its address was mended', async () => {
    const all = await world();
    const engine = await all.open();
    const id = await addChannel(engine, 'webhook', `${all.sink.url}/old`);
    const job = await makeJob(engine, all.folder);
    all.sink.answer = ({ path }) => ({ status: path === '/new' ? 200 : 404 });
    renameSync(`${all.folder}/letters`, `${all.folder}/away`);
    await run(engine, job);
    const { name, settings } = engine.channels.list().find((channel) => channel.id === id) ?? {
      name: '',
      settings: { kind: 'webhook' },
    };
    await engine.channels.edit({ id, name, settings, secret: `${all.sink.url}/new`, keepInKeychain: true });
    engine.alerts.tick();
    await engine.alerts.settled();
    expect(all.sink.heard.map(({ path }) => path)).toEqual(['/old', '/new']);
  });

  it('takes no address that is none, no name twice, and no secret for granted', async () => {
    const all = await world();
    const engine = await all.open();
    await expect(addChannel(engine, 'webhook', 'not an address')).rejects.toMatchObject({ code: 'alert.address' });
    await expect(addChannel(engine, 'webhook', 'http://far.example/')).rejects.toMatchObject({ code: 'alert.open-line' });
    await addChannel(engine, 'webhook', all.sink.url);
    await expect(addChannel(engine, 'ntfy', all.sink.url, 'Webhook')).rejects.toMatchObject({ code: 'name.taken' });
    const without = { name: 'x', settings: { kind: 'slack' }, secret: null, keepInKeychain: true } as const;
    await expect(engine.channels.add(without)).rejects.toMatchObject({ code: 'alert.needs-secret' });
    all.kept.clear();
    await engine.close('now');
    const next = await all.open();
    const [, channel] = next.channels.list();
    await expect(next.channels.test(channel?.id ?? ('' as ChannelId))).rejects.toMatchObject({ code: 'alert.needs-secret' });
  });
});

describe('the inbox', () => {
  it('gives what is of one job, as grave as was asked, and of one event', async () => {
    const all = await world();
    const engine = await all.open();
    const job = await makeJob(engine, all.folder);
    renameSync(`${all.folder}/letters`, `${all.folder}/away`);
    await run(engine, job);
    const count = (filter: Partial<InboxFilter>): number => engine.alerts.inbox(10, { ...everyEntry, ...filter }).entries.length;
    expect([count({}), count({ job }), count({ least: 'error' }), count({ event: 'failure' })]).toEqual([1, 1, 1, 1]);
    expect(count({ job: 'another0000000000000' as JobId })).toBe(0);
    expect(count({ least: 'critical' })).toBe(0);
    expect(count({ event: 'mirror' })).toBe(0);
    expect(engine.alerts.inbox(10, { ...everyEntry, event: 'mirror' }).unread).toBe(1);
  });
});

describe('a channel through which nothing arrives', () => {
  it('needs a person after an hour of trying, after a test that failed, and until something arrives', async () => {
    const all = await world();
    const clock = fakeClock(Date.now());
    const engine = await all.open({ instead: { clock } });
    const id = await addChannel(engine, 'webhook', all.sink.url);
    const job = await makeJob(engine, all.folder);
    const names = (): string[] => channelNeeds(engine.parts).map(({ name }) => name);
    const tick = async (minutes: number): Promise<void> => {
      await clock.advance(minutes * 60_000);
      engine.alerts.tick();
      await engine.alerts.settled();
    };
    all.sink.answer = () => ({ status: 500 });
    renameSync(`${all.folder}/letters`, `${all.folder}/away`);
    await run(engine, job);
    await tick(58);
    expect(names()).toEqual([]);
    await tick(3);
    expect(names()).toEqual(['webhook']);
    // After a day the message is dropped. The next one finds the same dead channel: that is no news for which one waits another hour.
    await run(engine, job);
    await tick(25 * 60);
    expect(clock.nowMs() - (engine.parts.store.alerts.failingSinceMs(id) ?? 0)).toBeLessThan(3_600_000);
    expect(names()).toEqual(['webhook']);
    all.sink.answer = () => ({ status: 200 });
    await tick(61);
    expect(names()).toEqual([]);
    all.sink.answer = () => ({ status: 403 });
    await expect(engine.channels.test(id)).rejects.toMatchObject({ code: 'alert.not-let-in' });
    expect(names()).toEqual(['webhook']);
  });
});

describe('the desktop', () => {
  it('is always a channel, and hears only in the process that has one', async () => {
    const all = await world();
    const command = await all.open();
    const job = await makeJob(command, all.folder);
    renameSync(`${all.folder}/letters`, `${all.folder}/away`);
    await run(command, job);
    const [desktop] = command.channels.list();
    expect(desktop).toMatchObject({ settings: { kind: 'desktop' }, lastDeliveredMs: null });
    await expect(command.channels.remove(desktop?.id ?? ('' as ChannelId))).rejects.toMatchObject({ code: 'not.supported' });
    await command.close('now');

    const pace = { quietMs: 50, longestMs: 100, mostFolders: 10, burst: 10, refillMs: 1000 };
    const app = await all.open({ captures: pace });
    const shown: unknown[] = [];
    app.onNotice((name, value) => {
      if (name === 'alert' && 'alerts' in value) shown.push(...value.alerts.map(({ topic }) => topic));
    });
    await app.alerts.settled();
    expect(shown).toEqual([]);
    app.alerts.tick();
    await app.alerts.settled();
    expect(shown).toEqual(['backup-failed']);
  });
});

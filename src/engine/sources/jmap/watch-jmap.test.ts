import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EmulatedMail } from '../../../../test/kit/emulated/jmap-mail.ts';
import { EmulatedObjects } from '../../../../test/kit/emulated/jmap-objects.ts';
import { type EmulatedJmapServer, type JmapEmulation } from '../../../../test/kit/emulated/jmap-server.ts';
import { fakeClock } from '../../../../test/kit/fake-clock.ts';
import { settingsOf, useEmulatedJmap } from '../../../../test/kit/jmap/emulated-account.ts';
import type { Failure } from '../../../shared/domain/strata-error.ts';
import { silentLog } from '../../kernel/log.ts';
import type { ChangeNotice } from '../source.ts';
import { password } from '../testing/credentials.ts';
import { jmapSource } from './index.ts';
import { jmapLimits } from './limits.ts';

/** No server in reach has a stream of events: this one is emulated, and shows what our side does with one. */
describe('a watched account on an emulated JMAP server', () => {
  const { start } = useEmulatedJmap();
  const watched = async (emulation: JmapEmulation) => {
    const mail = new EmulatedMail(['inbox', 'work', 'other']);
    for (const id of ['a', 'b', 'c']) mail.put(id, ['inbox']);
    const server = await start({ mail, ...emulation });
    const [clock, stop] = [fakeClock(), new AbortController()];
    const told: string[][] = [];
    const lost: Failure[] = [];
    const listener = {
      ...{ signal: stop.signal, clock, log: silentLog, memory: '', ownPaths: [] },
      tell: (notice: ChangeNotice) => void told.push(notice.kind === 'folders' ? [...notice.folders].sort() : [notice.kind]),
      lost: (failure: Failure) => void lost.push(failure),
    };
    const source = jmapSource(settingsOf(server), password('secret'), { ...jmapLimits, retryAfterMs: 0 });
    const watcher = await source.watch?.(listener);
    onTestFinished(() => watcher?.close());
    const next = async (stepMs = 500): Promise<string[] | undefined> => {
      for (let tries = 0; told.length === 0 && lost.length === 0 && tries < 200; tries++) {
        await wait(5);
        await clock.advance(stepMs);
      }
      return told.shift();
    };
    return { server, mail: server.mail, clock, watcher, told, lost, next, stop };
  };

  it('is told of wholly at the beginning, and then of what changes, as it happens', async () => {
    const { server, mail, watcher, next, lost } = await watched({ hasEvents: true });
    expect(watcher).toMatchObject({ by: 'events', everyMs: null });
    expect(await next()).toEqual(['', 'inbox', 'other', 'work']);
    const happened: [() => void, string[]][] = [
      [() => mail.put('d', ['work']), ['', 'work']],
      [() => mail.put('a', ['inbox'], ['$seen']), ['', 'inbox']],
      [() => mail.put('b', ['work']), ['', 'inbox', 'work']],
      [() => mail.remove('c'), ['', 'inbox']],
      [() => mail.put('d', ['work', 'other']), ['', 'other', 'work']],
    ];
    for (const [change, folders] of happened) {
      change();
      server.pushState();
      expect(await next()).toEqual(folders);
    }
    expect(lost).toEqual([]);
    expect([...new Set(server.methods)].sort()).toEqual(['Email/changes', 'Email/get', 'Mailbox/changes', 'Mailbox/get']);
  });

  it('asks for nothing when it hears what it knows, what is of somebody else, or nothing at all', async () => {
    const { server, told, next, clock } = await watched({ hasEvents: true });
    await next();
    const before = server.methods.length;
    server.pushState();
    server.push(': ping\n\nevent: ping\ndata: {"interval":60}\n\n');
    server.push('event: state\ndata: {"changed":{"bert":{"Email":"7"}}}\n\n');
    await wait(50);
    await clock.advance(10_000);
    await wait(50);
    expect([server.methods.length, told]).toEqual([before, []]);
  });

  it('looks where it hears what it cannot read', async () => {
    const { server, mail, next } = await watched({ hasEvents: true });
    await next();
    mail.put('d', ['work']);
    server.push('event: state\r\ndata: {"chan');
    server.push('ged"\r\ndata: nonsense\r\n\r\n');
    expect(await next()).toEqual(['', 'work']);
  });

  it('looks everywhere where the server cannot say what changed', async () => {
    const method: JmapEmulation['method'] = (name) =>
      name === 'Mailbox/changes' ? { type: 'cannotCalculateChanges' } : undefined;
    const { server, mail, next } = await watched({ hasEvents: true, method });
    await next();
    mail.put('d', ['work']);
    server.pushState();
    expect(await next()).toEqual(['', 'inbox', 'other', 'work']);
  });

  it.for([
    ['ends', (server: EmulatedJmapServer) => server.endStreams(), 'source.disconnected'],
    ['goes on without an end', (server: EmulatedJmapServer) => server.push(`data: ${'x'.repeat(400_000)}`), 'source.protocol'],
    ['has one event without an end', (server: EmulatedJmapServer) => server.push('data: x\n'.repeat(100_000)), 'source.protocol'],
  ] as const)('is lost when the stream %s', async ([, act, code]) => {
    const { server, next, lost } = await watched({ hasEvents: true });
    await next();
    act(server);
    await next(1);
    expect(lost.map((failure) => failure.code)).toEqual([code]);
  });

  it('is asked every five minutes where there is no stream', async () => {
    const { server, mail, watcher, next, told, clock } = await watched({});
    expect(watcher).toMatchObject({ by: 'polling', everyMs: 300_000 });
    expect(await next()).toEqual(['', 'inbox', 'other', 'work']);
    await clock.advance(300_000);
    await wait(50);
    expect(told).toEqual([]);
    mail.put('b', ['work']);
    const before = server.methods.length;
    await clock.advance(299_000 - 50);
    await wait(50);
    expect(server.methods.length).toBe(before);
    expect(await next(1000)).toEqual(['', 'inbox', 'work']);
  });

  it('is told of contacts that changed, by their own states', async () => {
    const cards = new EmulatedObjects();
    cards.put('a');
    const { server, next, told } = await watched(cards.emulation({}, { hasEvents: true }));
    const books = [':contacts', ':contacts:home', ':contacts:work'];
    expect(await next()).toEqual(['', ...books, 'inbox', 'other', 'work']);
    const asked = server.heard.find(({ path }) => path.startsWith('/events'))?.path;
    expect(decodeURIComponent(asked ?? '')).toContain('types=Email,Mailbox,ContactCard,AddressBook&');
    const tell = (): void => server.push(`event: state\ndata: {"changed":{"anna":{"ContactCard":"${cards.state}"}}}\n\n`);
    tell();
    await wait(50);
    expect(told).toEqual([]);
    cards.put('b');
    tell();
    expect((await next())?.filter((key) => key !== '')).toEqual(books);
  });

  it('goes on where an account that others share cannot be looked at', async () => {
    const bert = { name: 'Bert', isPersonal: false, accountCapabilities: { 'urn:ietf:params:jmap:mail': {} } };
    const method: JmapEmulation['method'] = (_, { accountId }) => (accountId === 'bert' ? { type: 'forbidden' } : undefined);
    const { server, mail, next, lost } = await watched({ hasEvents: true, session: { accounts: { bert } }, method });
    expect(await next()).toEqual(['', 'inbox', 'other', 'work']);
    mail.put('d', ['work']);
    server.pushState();
    expect(await next()).toEqual(['', 'work']);
    expect(lost).toEqual([]);
  });

  it('is left alone once it is closed', async () => {
    const { server, watcher, next, lost, told } = await watched({ hasEvents: true });
    await next();
    expect(server.listeners).toBe(1);
    await watcher?.close();
    await wait(50);
    expect([server.listeners, lost, told]).toEqual([0, [], []]);
  });
});

import { X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { certificatePem } from '../../../../test/kit/emulated/imap-server.ts';
import {
  type Asked,
  collectionRow,
  type DavAnswer,
  type DavEmulation,
  EmulatedDavServer,
  multistatus,
  objectRow,
  row,
  statusRow,
} from '../../../../test/kit/emulated/dav-server.ts';
import type { DavSettings } from '../../../shared/domain/source-settings.ts';
import type { JsonValue } from '../../../shared/domain/json.ts';
import type { CredentialReader } from '../credential.ts';
import { password } from '../testing/credentials.ts';
import { contentBytes, observe, readAll } from '../testing/observation.ts';
import { type TestRun, testRun } from '../testing/test-run.ts';
import type { FakeClock } from '../../../../test/kit/fake-clock.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import { type DavLimits, davLimits } from './limits.ts';
import { davSource } from './index.ts';

/** All of this is emulated: it shows what our side does, and nothing about any server. */
describe('an emulated DAV server that', () => {
  const running: EmulatedDavServer[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
  });

  const start = async (emulation: DavEmulation): Promise<EmulatedDavServer> => {
    const server = await EmulatedDavServer.start(emulation);
    running.push(server);
    return server;
  };
  const open = (
    server: EmulatedDavServer,
    { more = {}, limits = {}, credential = password('secret'), run = testRun() }: Options = {},
  ) => {
    const settings = { kind: 'caldav', url: server.url, user: 'anna', certificateSha256: null, exclude: [], ...more } as const;
    return davSource(settings, credential, { ...davLimits, retryAfterMs: 0, ...limits }).open(run);
  };
  /** What one walk says of the one collection. */
  const walk = async (server: EmulatedDavServer, cursor?: JsonValue, options: Options = {}) => {
    const run = options.run ?? testRun();
    const session = await open(server, { ...options, run });
    try {
      const found = await observe(session, run, { cursor: () => cursor });
      const [, one] = found;
      if (one === undefined) throw new Error('no collection was listed');
      return {
        keys: one.sightings.map(({ key }) => key).sort(),
        vanished: one.vanished,
        cursor: one.cursor,
        scan: one.visit.scan,
        problem: one.visit.problem,
      };
    } finally {
      await session.close();
    }
  };
  /** The emulation answers, but for one path and method. */
  const at = (method: string, path: string, answer: DavAnswer | ((asked: Asked) => DavAnswer | undefined)): DavEmulation => ({
    objects: three,
    answer: (asked) =>
      asked.method === method && asked.path === path ? (typeof answer === 'function' ? answer(asked) : answer) : undefined,
  });
  const inCollection = (content: string): DavEmulation => at('PROPFIND', '/home/c/', multistatus(content));

  describe('answers', () => {
    it('nothing on a connection that was kept, but breaks it: it is asked on a new one at once, and nobody waits', async () => {
      const asked = new Set<unknown>();
      const server = await start({
        objects: three,
        answer: (_, { socket }) => {
          if (!asked.has(socket)) return void asked.add(socket);
          socket?.destroy();
          return 'taken';
        },
      });
      // Nobody turns the clock of this run: a pause would never end.
      const { keys } = await walk(server, undefined, { limits: { retryAfterMs: 2000 } });
      expect(keys).toEqual([...three.keys()].sort());
      expect(asked.size).toBeGreaterThan(3);
    });

    const rights =
      '<D:acl><D:ace><D:principal><D:all/></D:principal><D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace></D:acl>';
    /** What is known of the collection, where the home and the collection answer so to who asks for rights. */
    const asRevision = async (ofHome: DavAnswer | undefined, alone: DavAnswer): Promise<string | undefined> => {
      const answer = ({ path, body }: Asked): DavAnswer | undefined => {
        if (!body.includes(':acl')) return undefined;
        return path === '/home/' ? ofHome : alone;
      };
      const session = await open(await start({ objects: three, answer }));
      const [, one] = await observe(session, testRun(), { cursor: () => undefined });
      await session.close();
      expect(one?.sightings).toHaveLength(three.size);
      return one?.visit.folder.metadataRevision;
    };
    it.for([500, 501])(
      'a list that asks for rights with %i: what is known is what it would have told at once',
      async (status) => {
        const home = row('/home/', '<D:resourcetype><D:collection/></D:resourcetype>');
        const told = multistatus(home + collectionRow().replace('</D:prop>', `${rights}</D:prop>`));
        const whole = await asRevision(told, { status: 500 });
        expect(await asRevision({ status }, multistatus(row('/home/c/', rights)))).toBe(whole);
        const untold = await asRevision(undefined, { status: 500 });
        expect(untold).not.toBe(whole);
        for (const refused of [403, 404, 500]) expect(await asRevision({ status }, { status: refused })).toBe(untold);
      },
    );
  });

  describe('answers with XML that is', () => {
    it.for([
      [
        'a document type',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><D:multistatus xmlns:D="DAV:">&e;</D:multistatus>',
      ],
      ['an unknown entity', '<D:multistatus xmlns:D="DAV:"><D:response>&e;</D:response></D:multistatus>'],
      ['broken off', '<D:multistatus xmlns:D="DAV:"><D:response><D:href>/home/c/</D:href>'],
      ['deeper than anything', `<D:multistatus xmlns:D="DAV:">${'<a>'.repeat(200)}${'</a>'.repeat(200)}</D:multistatus>`],
      ['a crowd in one row', `<D:multistatus xmlns:D="DAV:"><D:response>${'<a/>'.repeat(30_000)}</D:response></D:multistatus>`],
      ['another document', '<html xmlns="http://www.w3.org/1999/xhtml"><body>Sign in</body></html>'],
      ['no XML', 'Internal error'],
      ['nothing', ''],
      [
        'a row without a name',
        '<D:multistatus xmlns:D="DAV:"><D:response><D:status>HTTP/1.1 200 OK</D:status></D:response></D:multistatus>',
      ],
      ['a status that is none', `<D:multistatus xmlns:D="DAV:">${statusRow('/home/c/a.ics', 'fine')}</D:multistatus>`],
    ] as const)('%s: its collection is unreadable, and nothing of it is gone', async ([, body]) => {
      const server = await start(at('PROPFIND', '/home/c/', { status: 207, body }));
      await expect(walk(server)).rejects.toMatchObject({ code: 'folder.unreadable' });
    });
  });

  describe('lists', () => {
    it.for([
      ['no row of the collection itself', objectRow('a.ics', 'a')],
      ['a list that was cut', collectionRow() + objectRow('a.ics', 'a') + statusRow('/home/c/', '507 Insufficient Storage')],
      ['a row of another place', `${collectionRow()}${row('/elsewhere/a.ics', '<D:getetag>"1"</D:getetag>')}`],
    ] as const)('%s: that is no list', async ([, content]) => {
      await expect(walk(await start(inCollection(content)))).rejects.toMatchObject({ code: 'folder.unreadable' });
    });

    it('an object twice, and one row more for what is gone: each counts once', async () => {
      const content =
        collectionRow() + objectRow('a.ics', 'a') + objectRow('a.ics', 'b') + statusRow('/home/c/gone.ics', '404 Not Found');
      expect((await walk(await start(inCollection(content)))).keys).toEqual(['a.ics']);
    });

    it('names with per cent signs and slashes: each stays one key', async () => {
      const content = `${collectionRow()}${row('/home/c/100%.ics', '<D:getetag>"1"</D:getetag>')}${row('/home/c/a%2Fb.ics', '<D:getetag>"2"</D:getetag>')}`;
      expect((await walk(await start(inCollection(content)))).keys).toEqual(['100%.ics', 'a/b.ics']);
    });

    it.for([
      ['an error in its place', statusRow('/home/c/', '500 Internal Server Error')],
      ['nothing about it', '<D:response><D:href>/home/c/</D:href></D:response>'],
      [
        'its properties forbidden',
        '<D:response><D:href>/home/c/</D:href><D:propstat><D:prop><D:resourcetype/></D:prop><D:status>HTTP/1.1 403 Forbidden</D:status></D:propstat></D:response>',
      ],
    ] as const)('a collection with %s: it is unreadable, not gone', async ([, content]) => {
      const home = row('/home/', '<D:resourcetype><D:collection/></D:resourcetype>');
      const server = await start(at('PROPFIND', '/home/', multistatus(home + content)));
      const { scan, problem } = await walk(server);
      expect(scan).toBeUndefined();
      expect(problem?.code).toBe('folder.unreadable');
    });

    it('a collection as not found: it is gone', async () => {
      const home = row('/home/', '<D:resourcetype><D:collection/></D:resourcetype>');
      const server = await start(at('PROPFIND', '/home/', multistatus(home + statusRow('/home/c/', '404 Not Found'))));
      await expect(walk(server)).rejects.toThrow('no collection was listed');
    });

    it('no home among its collections: nothing is believed', async () => {
      const server = await start(at('PROPFIND', '/home/', multistatus(collectionRow())));
      await expect(walk(server)).rejects.toMatchObject({ code: 'source.protocol' });
    });

    it('a home that was cut: nothing is believed', async () => {
      const home = row('/home/', '<D:resourcetype><D:collection/></D:resourcetype>');
      const cut = multistatus(home + collectionRow() + statusRow('/home/', '507 Insufficient Storage'));
      await expect(walk(await start(at('PROPFIND', '/home/', cut)))).rejects.toMatchObject({ code: 'source.protocol' });
    });

    it.for([
      ['no etag', ''],
      ['a weak etag that stays', '<D:getetag>W/"1"</D:getetag>'],
    ] as const)('an object of which it tells %s: its bytes decide, and tell when it changed', async ([, etag]) => {
      const objects = new Map([['a.ics', 'one']]);
      const bare = (): DavAnswer => multistatus(collectionRow() + row('/home/c/a.ics', `<D:resourcetype/>${etag}`));
      const server = await start({ ...at('PROPFIND', '/home/c/', bare), objects });
      const revision = async (): Promise<string | undefined> => {
        const run = testRun();
        const session = await open(server, { run });
        const found = await observe(session, run);
        await session.close();
        return found[1]?.sightings[0]?.contentRevision;
      };
      const first = await revision();
      expect(first).toMatch(/^sha256:/);
      expect(await revision()).toBe(first);
      objects.set('a.ics', 'two');
      expect(await revision()).not.toBe(first);
    });
  });

  describe('leads', () => {
    it.for([
      ['a redirect', at('PROPFIND', '/', { status: 301, headers: { location: 'http://evil.example/' } })],
      [
        'its principal',
        at(
          'PROPFIND',
          '/',
          multistatus(row('/', '<D:current-user-principal><D:href>http://evil.example/me/</D:href></D:current-user-principal>')),
        ),
      ],
      [
        'its home',
        at(
          'PROPFIND',
          '/me/',
          multistatus(row('/me/', '<C:calendar-home-set><D:href>//evil.example/home/</D:href></C:calendar-home-set>')),
        ),
      ],
      ['a row', inCollection(collectionRow() + row('http://evil.example/home/c/a.ics', '<D:getetag>"1"</D:getetag>'))],
    ] as const)('to another host by %s: nothing is asked there', async ([, emulation]) => {
      const server = await start(emulation);
      await expect(walk(server)).rejects.toMatchObject({ code: 'source.elsewhere', facts: { other: 'evil.example' } });
    });

    it('from https back to plain text: it is not followed', async () => {
      const emulation = at('PROPFIND', '/', { status: 302, headers: { location: 'http://127.0.0.1/' } });
      const server = await start({ ...emulation, tls: 'localhost' });
      const more = { certificateSha256: localhostSha256 };
      await expect(open(server, { more })).rejects.toMatchObject({ code: 'source.elsewhere' });
    });

    it('in a circle: it ends', async () => {
      const server = await start({ objects: three, answer: () => ({ status: 302, headers: { location: '/again' } }) });
      await expect(open(server)).rejects.toMatchObject({ code: 'source.not-offered' });
      expect(server.heard.length).toBeLessThan(30);
    });
  });

  it('has a certificate that nobody vouches for: it hears nothing, least of all a password', async () => {
    const server = await start({ tls: 'localhost', objects: three });
    await expect(open(server)).rejects.toMatchObject({ code: 'source.tls-untrusted', facts: { sha256: localhostSha256 } });
    await expect(open(server, { more: { certificateSha256: 'a'.repeat(64) } })).rejects.toMatchObject({
      facts: { reason: 'changed' },
    });
    expect(server.heard).toEqual([]);
    await (await open(server, { more: { certificateSha256: localhostSha256 } })).close();
    expect(server.heard.length).toBeGreaterThan(0);
  });

  describe('tells changes', () => {
    const synced = (answer: (asked: Asked) => DavAnswer, token = 't2'): DavEmulation => ({
      objects: new Map(['1', '2', '3', '4', '5', '6', '7'].map((n) => [`${n}.ics`, n])),
      answer: (asked) => {
        if (asked.method === 'REPORT') return answer(asked);
        if (asked.path === '/home/') return multistatus(row('/home/', '') + collectionRow({ token }));
        return undefined;
      },
    });
    const known = async (server: EmulatedDavServer): Promise<JsonValue | undefined> => (await walk(server)).cursor;
    const everything = ['1.ics', '2.ics', '3.ics', '4.ics', '5.ics', '6.ics', '7.ics'];
    const token = (text: string): string => `<D:sync-token>${text}</D:sync-token>`;

    it('as the standard has it: only those are taken', async () => {
      const content = `${objectRow('2.ics', 'new')}${statusRow('/home/c/3.ics', '404 Not Found')}${token('0012345678901234567890')}`;
      const server = await start(synced(() => multistatus(content)));
      const later = await walk(server, await known(server));
      expect(later).toMatchObject({ keys: ['2.ics'], vanished: ['3.ics'], cursor: { token: '0012345678901234567890' } });
      expect(later.scan?.completeness).toBe('changes');
    });

    it('with a token and no report that would take it: it is not asked for one', async () => {
      const told = collectionRow({ token: 't1' }).replace(/<D:supported-report-set>.*<\/D:supported-report-set>/, '');
      const server = await start(at('PROPFIND', '/home/', multistatus(row('/home/', '') + told)));
      expect((await walk(server, (await walk(server)).cursor)).scan?.completeness).toBe('full');
      expect(server.heard.filter(({ method }) => method === 'REPORT')).toEqual([]);
    });

    it.for([
      ['403 for a token it does not know', () => ({ status: 403 })],
      ['500 for a token it does not know', () => ({ status: 500 })],
      ['an answer without a token', () => multistatus(objectRow('1.ics', 'x'))],
      [
        'a list that is cut for ever with the same token',
        () => multistatus(`${statusRow('/home/c/', '507 Insufficient Storage')}${token('t9')}`),
      ],
      [
        'all there is for a wrong token',
        () => multistatus(everything.map((name) => objectRow(name, name)).join('') + token('t3')),
      ],
      ['XML that breaks off', () => ({ status: 207, body: '<D:multistatus xmlns:D="DAV:">' })],
    ] as const)('with %s: everything is listed', async ([, answer]) => {
      const server = await start(synced(answer));
      const later = await walk(server, await known(server));
      expect(later.keys).toEqual(everything);
      expect(later.scan?.completeness).toBe('full');
    });

    it('with ever new tokens and never an end: it is given up', async () => {
      let n = 0;
      const server = await start(
        synced(() => multistatus(statusRow('/home/c/', '507 Insufficient Storage') + token(`t${(n += 1)}`))),
      );
      expect((await walk(server, await known(server))).keys).toEqual(everything);
      expect(n).toBeLessThanOrEqual(1001);
    });

    it('with an empty answer: nothing is gone', async () => {
      const server = await start(synced(() => multistatus(token('t2'))));
      const later = await walk(server, await known(server));
      expect(later).toMatchObject({ keys: [], vanished: [] });
      expect(later.scan?.completeness).toBe('changes');
    });

    it('of another account in one row: the collection is unreadable', async () => {
      const server = await start(synced(() => multistatus(statusRow('/home/other/1.ics', '404 Not Found') + token('t3'))));
      const cursor = await known(server);
      await expect(walk(server, cursor)).rejects.toMatchObject({ code: 'folder.unreadable' });
    });

    it('by a ctag alone: it is believed once it has stood for a while', async () => {
      const objects = new Map([['a.ics', 'a']]);
      const server = await start({
        objects,
        answer: ({ path }) => (path === '/home/' ? multistatus(row('/home/', '') + collectionRow({ ctag: '17' })) : undefined),
      });
      const run = testRun();
      const first = await walk(server, undefined, { run });
      const soon = await walk(server, first.cursor, { run });
      expect(soon.scan?.completeness).toBe('full');
      await (run.clock as FakeClock).advance(20_000);
      const settled = await walk(server, soon.cursor, { run });
      expect(settled.scan?.completeness).toBe('full');
      expect((await walk(server, settled.cursor, { run })).scan?.completeness).toBe('changes');
      await (run.clock as FakeClock).advance(8 * 86_400_000);
      expect((await walk(server, settled.cursor, { run })).scan?.completeness).toBe('full');
    });
  });

  describe('hands out objects', () => {
    const read = async (answer: DavEmulation['answer'], limits: Partial<DavLimits> = {}) => {
      const server = await start({ objects: three, ...(answer === undefined ? {} : { answer }) });
      const run = testRun();
      const session = await open(server, { run, limits });
      const found = await observe(session, run);
      const wanted = (found[1]?.sightings ?? []).map((sighting) => ({ sighting, need: 'content' as const }));
      const readings = await readAll(session, '/home/c/', wanted, run).finally(() => session.close());
      return { readings, run };
    };
    const forB =
      (answer: DavAnswer): DavEmulation['answer'] =>
      ({ path }) =>
        path === '/home/c/b.ics' ? answer : undefined;

    it('as they are', async () => {
      const { readings } = await read(undefined);
      for (const [name, text] of three) {
        const content = readings.get(name)?.content;
        if (content === undefined) throw new Error(`not read: ${name}`);
        expect(Buffer.from(await contentBytes(content, new NodeFileSystem())).toString()).toBe(text);
      }
    });

    it.for([
      ['gone', { status: 404 }, 'item.unreadable'],
      ['forbidden', { status: 403 }, 'item.unreadable'],
      ['broken', { status: 500 }, 'item.unreadable'],
      ['packed though nobody asked', { status: 200, headers: { 'content-encoding': 'gzip' }, body: 'x' }, 'item.unreadable'],
      ['far too large', { status: 200, headers: { 'content-length': '99999999999' } }, 'item.too-large'],
      [
        'larger than it says',
        { status: 200, headers: { 'transfer-encoding': 'chunked' }, body: 'x'.repeat(2000) },
        'item.too-large',
      ],
    ] as const)('of which one is %s: it is a problem, and the others are read', async ([, answer, code]) => {
      const { readings } = await read(forB(answer), { objectBytes: 1000 });
      expect(readings.get('b.ics')?.problem?.code).toBe(code);
      expect(['a.ics', 'c.ics'].map((name) => readings.get(name)?.problem)).toEqual([undefined, undefined]);
    });

    it('and breaks off in the middle of one: it is no object, and the source is tried again', async () => {
      const half: DavEmulation['answer'] = ({ path }, response) => {
        if (path !== '/home/c/b.ics') return undefined;
        response.writeHead(200, { 'content-length': '1000' }).write('BEGIN:VCALENDAR');
        response.socket?.end();
        return 'taken';
      };
      await expect(read(half)).rejects.toMatchObject({ code: 'source.disconnected' });
    });
  });

  it('asks for a pause: it gets it, and is given up when it goes on asking', async () => {
    let refusals = 2;
    const busy = (): DavAnswer | undefined =>
      (refusals -= 1) >= 0 ? { status: 503, headers: { 'retry-after': '0' } } : undefined;
    const patient = await start({ objects: three, answer: busy });
    expect((await walk(patient)).keys).toEqual(['a.ics', 'b.ics', 'c.ics']);
    const never = await start({ answer: () => ({ status: 429, headers: { 'retry-after': '0' } }) });
    await expect(open(never)).rejects.toMatchObject({ code: 'source.throttled' });
  });

  it('has nobody behind it for a moment: that is waited for, and told as what it is when it goes on', async () => {
    let refusals = 2;
    const passing = await start({ objects: three, answer: () => ((refusals -= 1) >= 0 ? { status: 502 } : undefined) });
    expect((await walk(passing)).keys).toEqual(['a.ics', 'b.ics', 'c.ics']);
    const { problem, scan } = await walk(await start(at('PROPFIND', '/home/c/', { status: 504 }))).catch((error: unknown) => ({
      problem: error as { readonly code: string },
      scan: undefined,
    }));
    expect([problem?.code, scan]).toEqual(['folder.unreadable', undefined]);
  });

  it('is silent: it is given up, and not asked the same again', async () => {
    const asked: string[] = [];
    const server = await start({ answer: ({ method }) => (asked.push(method), 'taken') });
    await expect(open(server, { limits: { silenceMs: 30, beginMs: 30 } })).rejects.toMatchObject({ code: 'source.timed-out' });
    expect(asked).toHaveLength(1);
  });

  it('thinks for long before it begins to list: it is waited for, and not while it lists', async () => {
    const slow = async (stopsInside: boolean): Promise<unknown> => {
      const server = await start({
        answer: ({ path, method }, response) => {
          if (method !== 'PROPFIND' || path !== '/home/c/') return undefined;
          if (stopsInside) response.writeHead(207).write('<');
          else setTimeout(() => response.writeHead(504).end(), 150);
          return 'taken';
        },
      });
      return walk(server, undefined, { limits: { silenceMs: 50, beginMs: 5000 } }).catch((error: unknown) => error);
    };
    expect(await slow(false)).toMatchObject({ code: 'folder.unreadable' });
    expect(await slow(true)).toMatchObject({ code: 'source.timed-out' });
  });

  it('drips for ever: it is given up when its time is over', async () => {
    const run = testRun();
    const server = await start({
      answer: (_, response) => {
        response.writeHead(207).write('<');
        return 'taken';
      },
    });
    const opening = open(server, { run });
    const failed = expect(opening).rejects.toMatchObject({ code: 'source.timed-out' });
    const moving = setInterval(() => void (run.clock as FakeClock).advance(davLimits.answerMs), 20);
    await failed.finally(() => clearInterval(moving));
  });

  it('refuses the sign-in, or knows no calendars: it is said so', async () => {
    await expect(open(await start({ answer: () => ({ status: 401 }) }))).rejects.toMatchObject({
      code: 'source.sign-in-refused',
      facts: { user: 'anna' },
    });
    await expect(open(await start({ answer: () => ({ status: 404 }) }))).rejects.toMatchObject({ code: 'source.not-offered' });
  });

  it('wants a fresh token: it gets one, once', async () => {
    const tokens = ['old', 'new'];
    let dropped = 0;
    const server = await start({
      objects: three,
      answer: ({ authorization }) => (authorization === 'Bearer new' ? undefined : { status: 401 }),
    });
    const credential: CredentialReader = () =>
      Promise.resolve({ kind: 'token', accessToken: tokens.shift() ?? 'none', drop: () => void (dropped += 1) });
    expect((await walk(server, undefined, { credential })).keys).toHaveLength(3);
    expect(tokens).toEqual([]);
    expect(dropped).toBe(1);
  });

  it('takes no token at all: what was allowed is not enough, and the password is not blamed', async () => {
    const server = await start({ answer: () => ({ status: 401 }) });
    const credential: CredentialReader = () => Promise.resolve({ kind: 'token', accessToken: 'good', drop: () => undefined });
    await expect(open(server, { credential })).rejects.toMatchObject({ code: 'source.consent-needed', facts: { user: 'anna' } });
    expect(server.heard.map(({ authorization }) => authorization)).toEqual(['Bearer good', 'Bearer good']);
  });

  it('says what it can do in an answer without an end: it is not waited for', async () => {
    const server = await start({
      objects: three,
      answer: ({ method }, response) => {
        if (method !== 'OPTIONS') return undefined;
        response.writeHead(200, { dav: '1, calendar-access' }).flushHeaders();
        return 'taken';
      },
    });
    expect((await walk(server, undefined, { limits: { silenceMs: 2000 } })).keys).toEqual(['a.ics', 'b.ics', 'c.ics']);
  });

  it('is asked in four ways and no other', async () => {
    const server = await start({ objects: three });
    await walk(server);
    expect([...new Set(server.heard.map(({ method }) => method))].sort()).toEqual(['OPTIONS', 'PROPFIND']);
  });
});

interface Options {
  readonly more?: Partial<DavSettings & { readonly kind: 'caldav' }>;
  readonly limits?: Partial<DavLimits>;
  readonly credential?: CredentialReader;
  readonly run?: TestRun;
}

const localhostSha256 = new X509Certificate(certificatePem('localhost')).fingerprint256.replaceAll(':', '').toLowerCase();

const three: Map<string, string> = new Map(
  ['a', 'b', 'c'].map((n) => [`${n}.ics`, `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:${n}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`]),
);

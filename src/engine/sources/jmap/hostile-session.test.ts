import { describe, expect, it } from 'vitest';
import { EmulatedMail } from '../../../../test/kit/emulated/jmap-mail.ts';
import type { EmulatedJmapServer, JmapEmulation } from '../../../../test/kit/emulated/jmap-server.ts';
import type { FakeClock } from '../../../../test/kit/fake-clock.ts';
import {
  apiAnswers,
  inboxOf,
  localhostSha256,
  method,
  settingsOf,
  useEmulatedJmap,
} from '../../../../test/kit/jmap/emulated-account.ts';
import type { CredentialReader } from '../credential.ts';
import { password } from '../testing/credentials.ts';
import { observe, readAll } from '../testing/observation.ts';
import { testRun } from '../testing/test-run.ts';
import { connectJmap } from './connect.ts';
import { jmapLimits } from './limits.ts';
import type { Look } from './read-only-jmap.ts';

/** All of this is emulated: it shows what our side does, and nothing about any server. */
describe('an emulated JMAP server that', () => {
  const { start, open, walk, read } = useEmulatedJmap();

  describe('describes itself', () => {
    it.for([
      ['as a web page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }],
      ['as nothing', { status: 200, body: '' }],
      ['as a list', { status: 200, body: '[]' }],
      ['without JMAP', { status: 200, body: '{"capabilities":{},"apiUrl":"/api"}' }],
      ['with other types', { status: 200, body: '{"capabilities":[],"apiUrl":7}' }],
      ['not at all', { status: 404 }],
    ] as const)('%s: it is said that there is no JMAP', async ([, answer]) => {
      const server = await start({ answer: () => answer });
      await expect(open(server)).rejects.toMatchObject({ code: 'source.not-offered', facts: { service: 'JMAP' } });
    });

    it.for([
      ['no mail', { primaryAccounts: {} }],
      ['no name of the account', { primaryAccounts: { 'urn:ietf:params:jmap:mail': 7 } }],
      ['downloads of nothing', { downloadUrl: '/blob/' }],
      ['more than anybody has to say of it', { state: 'x'.repeat(2 * 1024 * 1024) }],
    ] as const)('with %s: it is said that there is no JMAP', async ([, session]) => {
      await expect(open(await start({ session }))).rejects.toMatchObject({ code: 'source.not-offered' });
    });

    it.for([
      ['none at all', {}],
      ['0 and less', { maxCallsInRequest: 0, maxObjectsInGet: -5, maxSizeRequest: -1, maxConcurrentRequests: 0 }],
      ['text', { maxCallsInRequest: 'many', maxObjectsInGet: 'more', maxSizeRequest: null }],
    ] as const)('with limits that are %s: it is asked for as little as can be', async ([, said]) => {
      const session = { capabilities: { 'urn:ietf:params:jmap:core': said, 'urn:ietf:params:jmap:mail': {} } };
      expect(inboxOf(await walk(await start({ session }))).keys).toEqual(['a', 'b', 'c']);
    });

    it('with limits: they are kept', async () => {
      const mail = new EmulatedMail(['inbox', 'other']);
      for (let n = 0; n < 70; n++) mail.put(`m${n}`, n % 2 === 0 ? ['inbox'] : ['inbox', 'other']);
      const limits = { maxCallsInRequest: 1, maxObjectsInGet: 7, maxSizeRequest: 4096, maxConcurrentRequests: 1 };
      const server = await start({ mail, limits });
      const run = testRun();
      const session = await open(server, { run });
      const found = await observe(session, run);
      expect(found.map(({ sightings }) => sightings.length)).toEqual([0, 70, 35]);
      const wanted = (found[1]?.sightings ?? []).map((sighting) => ({ sighting, need: 'metadata' as const }));
      const readings = [...(await readAll(session, 'inbox', wanted, run)).values()];
      expect(readings.filter(({ problem }) => problem !== undefined)).toEqual([]);
      await session.close();
    });

    it('with room for a short request: it gets short ones', async () => {
      const mail = new EmulatedMail();
      for (let n = 0; n < 60; n++) mail.put(`m${n}-${'x'.repeat(200)}`, ['inbox']);
      const server = await start({ mail, limits: { maxSizeRequest: 4096 } });
      expect(inboxOf(await walk(server)).keys).toHaveLength(60);
      expect(Math.max(...server.heard.map(({ body }) => body.length))).toBeLessThan(4096);
    });

    it('whatever is wanted of it at once: it is asked one thing after another', async () => {
      const server = await start();
      const jmap = await connectJmap(settingsOf(server), password('secret'), jmapLimits, testRun());
      await Promise.all(Array.from({ length: 20 }, () => jmap.ask(['Email/get', { ids: [] }])));
      jmap.close();
      expect(server.mostAtOnce).toBe(1);
    });
  });

  describe('leads', () => {
    it.for([
      ['a redirect', (other: string): JmapEmulation => ({ answer: () => ({ status: 302, headers: { location: other } }) })],
      ['the address of its API', (other: string): JmapEmulation => ({ session: { apiUrl: `${other}/api` } })],
      [
        'a redirect of its API',
        (other: string): JmapEmulation => ({ answer: apiAnswers({ status: 307, headers: { location: `${other}/api` } }) }),
      ],
    ] as const)('to another host by %s: nothing is asked there, and no password goes there', async ([, emulation]) => {
      const other = await start();
      const elsewhere = other.url.replace('127.0.0.1', 'localhost');
      const server = await start(emulation(elsewhere));
      await expect(walk(server)).rejects.toMatchObject({ code: 'source.elsewhere', facts: { other: 'localhost' } });
      expect(other.heard).toEqual([]);
    });

    const blobsAt = (url: string): string =>
      `${url.replace('127.0.0.1', 'localhost')}/blob/{accountId}/{blobId}/{name}?type={type}`;
    const more = { certificateSha256: localhostSha256 };

    it('to another host for messages in plain text: none is asked for there', async () => {
      const other = await start();
      for (const emulation of [{}, { tls: 'localhost' }] as const) {
        const server = await start({ ...emulation, session: { downloadUrl: blobsAt(other.url) } });
        await expect(read(server, {}, 'content', more)).rejects.toMatchObject({ code: 'source.elsewhere' });
      }
      expect(other.heard).toEqual([]);
    });

    it('to another host for messages over TLS, as some providers do: they come from there, and nothing else is asked', async () => {
      const other = await start({ tls: 'localhost' });
      const server = await start({ tls: 'localhost', session: { downloadUrl: blobsAt(other.url) } });
      const found = await read(server, {}, 'content', more);
      expect([...found.values()]).toEqual(['a', 'b', 'c'].map((id) => other.mail.blob(id)));
      expect(other.heard.length).toBeGreaterThan(0);
      expect(other.heard.every(({ path }) => path.startsWith('/blob/'))).toBe(true);
      expect(server.heard.some(({ path }) => path.startsWith('/blob/'))).toBe(false);
    });

    it('to another host over TLS, but from plain text: none is asked for there', async () => {
      const other = await start({ tls: 'localhost' });
      const server = await start({ session: { downloadUrl: blobsAt(other.url) } });
      await expect(read(server, {}, 'content', more)).rejects.toMatchObject({ code: 'source.elsewhere' });
      expect(other.heard).toEqual([]);
    });

    it('to a host of its own for each message: none is asked for there', async () => {
      const server = await start({ tls: 'localhost', session: { downloadUrl: 'https://{blobId}.localhost:1/blob/{name}' } });
      await expect(read(server, {}, 'content', more)).rejects.toMatchObject({ code: 'source.elsewhere' });
    });

    it('from https back to plain text: it is not followed', async () => {
      const server = await start({
        tls: 'localhost',
        answer: () => ({ status: 302, headers: { location: 'http://127.0.0.1/' } }),
      });
      await expect(open(server, { more: { certificateSha256: localhostSha256 } })).rejects.toMatchObject({
        code: 'source.elsewhere',
      });
    });

    it('with plain text as its address, behind a proxy that speaks TLS: it is asked over TLS', async () => {
      const server = await start({ tls: 'localhost', session: { apiUrl: 'http://127.0.0.1/api' } });
      const found = await walk(server, undefined, { more: { certificateSha256: localhostSha256 } });
      expect(inboxOf(found).keys).toEqual(['a', 'b', 'c']);
    });

    it('in a circle: it ends', async () => {
      const server = await start({ answer: () => ({ status: 302, headers: { location: '/again' } }) });
      await expect(open(server)).rejects.toMatchObject({ code: 'source.not-offered' });
      expect(server.heard.length).toBeLessThan(30);
    });
  });

  it('has a certificate that nobody vouches for: it hears nothing, least of all a password', async () => {
    const server = await start({ tls: 'localhost' });
    await expect(open(server)).rejects.toMatchObject({ code: 'source.tls-untrusted', facts: { sha256: localhostSha256 } });
    expect(server.heard).toEqual([]);
  });

  it('is busy: it is asked again later, and given up when it goes on', async () => {
    let refusals = 2;
    const busy = method('Mailbox/get', () => ((refusals -= 1) >= 0 ? { type: 'serverUnavailable' } : undefined));
    expect(inboxOf(await walk(await start({ method: busy }))).keys).toHaveLength(3);
    let limited = 2;
    const full = apiAnswers({ status: 400, body: '{"type":"urn:ietf:params:jmap:error:limit","limit":"maxConcurrentRequests"}' });
    const patient = await start({
      answer: (asked, response) => (asked.path === '/api' && (limited -= 1) >= 0 ? full(asked, response) : undefined),
    });
    expect(inboxOf(await walk(patient)).keys).toHaveLength(3);
    await expect(walk(await start({ method: method('Mailbox/get', { type: 'serverUnavailable' }) }))).rejects.toMatchObject({
      code: 'source.throttled',
    });
    const never = await start({ answer: () => ({ status: 429, headers: { 'retry-after': '0' } }) });
    await expect(open(never)).rejects.toMatchObject({ code: 'source.throttled' });
  });

  it('is silent: it is given up', async () => {
    await expect(open(await start({ answer: () => 'taken' }), { limits: { silenceMs: 30 } })).rejects.toMatchObject({
      code: 'source.timed-out',
    });
  });

  it('drips for ever: it is given up when its time is over', async () => {
    const run = testRun();
    const server = await start({
      answer: ({ path }, response) => {
        if (path !== '/api') return undefined;
        response.writeHead(200).write('{');
        return 'taken';
      },
    });
    const failed = expect(walk(server, undefined, { run })).rejects.toMatchObject({ code: 'source.timed-out' });
    const moving = setInterval(() => void (run.clock as FakeClock).advance(jmapLimits.answerMs), 20);
    await failed.finally(() => clearInterval(moving));
  });

  describe('is shown', () => {
    const proofs = (server: EmulatedJmapServer): (string | undefined)[] => [
      ...new Set(server.heard.map(({ authorization }) => authorization)),
    ];

    it('a password, or a token that its provider gave for programs, as what it is', async () => {
      const server = await start();
      await walk(server);
      expect(proofs(server)).toEqual([`Basic ${Buffer.from('anna:secret').toString('base64')}`]);
      server.heard.length = 0;
      await walk(server, undefined, { more: { secretIs: 'token' } });
      expect(proofs(server)).toEqual(['Bearer secret']);
    });

    it('what it refuses: it is said so', async () => {
      const server = await start({ answer: () => ({ status: 401 }) });
      for (const more of [{}, { secretIs: 'token' }] as const)
        await expect(open(server, { more })).rejects.toMatchObject({ code: 'source.sign-in-refused', facts: { user: 'anna' } });
    });

    it('a token that has run out: a fresh one, once', async () => {
      const tokens = ['old', 'new'];
      let dropped = 0;
      const server = await start({
        answer: ({ authorization }) => (authorization === 'Bearer new' ? undefined : { status: 401 }),
      });
      const credential: CredentialReader = () =>
        Promise.resolve({ kind: 'token', accessToken: tokens.shift() ?? 'none', drop: () => void (dropped += 1) });
      expect(inboxOf(await walk(server, undefined, { credential })).keys).toHaveLength(3);
      expect([tokens, dropped]).toEqual([[], 1]);
    });
  });

  it('could be written to: no method that writes can be said, and it hears none', async () => {
    const server = await start();
    const jmap = await connectJmap(settingsOf(server), password('secret'), jmapLimits, testRun());
    const before = server.heard.length;
    for (const writing of [
      'Email/set',
      'Email/import',
      'Email/copy',
      'Mailbox/set',
      'EmailSubmission/set',
      'Blob/upload',
      'Email/getset',
    ])
      await expect(jmap.ask([writing as Look, {}])).rejects.toThrow(/not among what a backup may ask/);
    expect(server.heard.length).toBe(before);
    jmap.close();
    await read(server);
    await read(server, {}, 'metadata');
    expect([...new Set(server.methods)].sort()).toEqual(['Email/get', 'Email/query', 'Mailbox/get']);
    expect([...new Set(server.heard.map(({ verb, path }) => `${verb} ${path.split('/')[1]}`))].sort()).toEqual([
      'GET .well-known',
      'GET blob',
      'GET session',
      'POST api',
    ]);
  });
});

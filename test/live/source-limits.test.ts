import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { davSource } from '../../src/engine/sources/dav/index.ts';
import { imapSource } from '../../src/engine/sources/imap/index.ts';
import { SourcePace } from '../../src/engine/sources/source-pace.ts';
import type { Source } from '../../src/engine/sources/source.ts';
import { contentBytes, observe } from '../../src/engine/sources/testing/observation.ts';
import { testRun } from '../../src/engine/sources/testing/test-run.ts';
import { TestAccount } from '../kit/dav/account.ts';
import { event } from '../kit/dav/objects.ts';
import { davSettings } from '../kit/dav/server.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { type FakeClock, fakeClock } from '../kit/fake-clock.ts';
import { withRadicale } from '../kit/radicale/use-radicale.ts';
import { plainMessage } from '../kit/test-messages.ts';
import { mostInTenSeconds, ThrottlingProxy } from '../kit/throttling-proxy.ts';

/** By a clock that runs twenty times as fast. What was sent in time may arrive a little late. */
const late = 2;
const proxies: ThrottlingProxy[] = [];
afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.stop();
});
const before = async (throttling: Parameters<typeof ThrottlingProxy.start>[0]): Promise<ThrottlingProxy> => {
  const proxy = await ThrottlingProxy.start(throttling);
  proxies.push(proxy);
  return proxy;
};

async function hurry<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  let isOver = false;
  const over = work.finally(() => (isOver = true));
  over.catch(() => undefined);
  while (!isOver) {
    await wait(1);
    await clock.advance(20);
  }
  return over;
}

/** All that can be read, by key, and what was shown of waiting. */
async function everything(source: Source, clock: FakeClock) {
  const shown: number[] = [];
  const quiet = testRun();
  const waiting = (_host: string, untilMs: number | null): void => void (untilMs !== null && shown.push(untilMs - clock.nowMs()));
  const run = { ...quiet, clock, progress: { ...quiet.progress, waiting } };
  const files = new NodeFileSystem();
  const read = async (): Promise<Map<string, string>> => {
    const session = await source.open(run);
    const all = new Map<string, string>();
    for (const { visit, sightings } of await observe(session, run)) {
      const wanted = sightings
        .filter(({ kind }) => kind !== 'account')
        .map((sighting) => ({ sighting, need: 'content' as const }));
      for await (const { key, content, problem } of session.read(visit.folder.key, wanted, run)) {
        const bytes = content === undefined ? JSON.stringify(problem) : await contentBytes(content, files);
        all.set(`${visit.folder.key}/${key}`, Buffer.from(bytes).toString('latin1'));
      }
    }
    await session.close();
    return all;
  };
  return { all: await hurry(clock, read()), shown, problems: run.problems };
}

const command = /^[0-9A-F]+ (?:UID )?[A-Z]+/;

withDovecot('a mailbox on Dovecot behind something that throttles', (dovecot) => {
  const filled = async (): Promise<string> => {
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    for (let n = 1; n <= 12; n++) await mailbox.append('INBOX', plainMessage(n, `${'long line\r\n'.repeat(n * 300)}`));
    for (const folder of ['One', 'Two', 'Three']) await mailbox.create(folder);
    await mailbox.append('One', plainMessage(50));
    return user;
  };
  const source = (user: string, port: number, pace?: SourcePace): Source =>
    imapSource({ ...dovecot().settings(user, 'none'), port }, dovecot().credential, { ...(pace === undefined ? {} : { pace }) });

  it('is read whole within its limits, in any ten seconds', async () => {
    const user = await filled();
    const free = await everything(source(user, dovecot().imapPort), fakeClock());
    const clock = fakeClock();
    const limits = { requestsPerSecond: 4, bytesPerSecond: 20_000 };
    const proxy = await before({ port: dovecot().imapPort, clock, isRequest: command });
    const slow = await everything(source(user, proxy.port, new SourcePace(clock, limits)), clock);
    expect(slow.all).toEqual(free.all);
    expect(slow.all.size).toBe(13);
    expect(mostInTenSeconds(proxy.requests)).toBeLessThanOrEqual(limits.requestsPerSecond * 10 + late);
    expect(mostInTenSeconds(proxy.received)).toBeLessThanOrEqual(limits.bytesPerSecond * 10);
    expect(proxy.received.reduce((sum, { amount }) => sum + amount, 0)).toBeGreaterThan(250_000);
  });

  it('is waited for and read whole when it turns us away for too many connections, and has no time in between', async () => {
    const user = await filled();
    const free = await everything(source(user, dovecot().imapPort), fakeClock());
    const clock = fakeClock();
    let left = 4;
    const proxy = await before({
      port: dovecot().imapPort,
      clock,
      isRequest: command,
      turnAway: (connection) =>
        connection === 1
          ? '* BYE Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)\r\n'
          : undefined,
      refuse: (line) => {
        const [tag = ''] = line.split(' ');
        const code = / EXAMINE /.test(line) ? 'INUSE' : / UID FETCH .*BODY/.test(line) ? 'OVERQUOTA' : undefined;
        return code === undefined || (left -= 1) < 0 ? undefined : { says: `${tag} NO [${code}] Come back later\r\n` };
      },
    });
    const patient = await everything(source(user, proxy.port), clock);
    expect(patient.all).toEqual(free.all);
    expect(patient.problems).toEqual([]);
    expect(patient.shown.length).toBeGreaterThanOrEqual(5);
  });
});

withRadicale('calendars on Radicale behind something that throttles', (radicale) => {
  it('are read whole within their limits, and after the pauses that they ask for', async () => {
    const user = radicale().newUser();
    const account = new TestAccount(radicale(), 'caldav', user, `/${user}/`);
    await account.make('c');
    for (let n = 1; n <= 25; n++) await account.put('c', `e${n}.ics`, event(n, 'x'.repeat(3000)));
    const { port } = new URL(radicale().url);
    const settings = (at: string | number) => davSettings({ url: `http://127.0.0.1:${at}` }, 'caldav', user);
    const free = await everything(davSource(settings(port), radicale().credential), fakeClock());
    expect(free.all.size).toBe(25);

    const clock = fakeClock();
    const limits = { requestsPerSecond: 5, bytesPerSecond: 10_000 };
    let left = 2;
    const proxy = await before({
      port: Number(port),
      clock,
      isRequest: /^(?:GET|OPTIONS|PROPFIND|REPORT) /,
      refuse: (line) =>
        line.startsWith('GET') && (left -= 1) >= 0
          ? {
              says: 'HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
              hangUp: true,
            }
          : undefined,
    });
    const pace = new SourcePace(clock, limits);
    const slow = await everything(davSource(settings(proxy.port), radicale().credential, { pace }), clock);
    expect(slow.all).toEqual(free.all);
    expect(slow.shown[0]).toBe(30_000);
    expect(mostInTenSeconds(proxy.requests)).toBeLessThanOrEqual(limits.requestsPerSecond * 10 + late);
    expect(mostInTenSeconds(proxy.received)).toBeLessThanOrEqual(limits.bytesPerSecond * 10 + 4 * 65_536);
  });
});

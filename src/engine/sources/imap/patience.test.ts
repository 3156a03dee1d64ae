import { afterEach, describe, expect, it } from 'vitest';
import { EmulatedImapServer, type Emulation } from '../../../../test/kit/emulated/imap-server.ts';
import { type FakeClock, fakeClock } from '../../../../test/kit/fake-clock.ts';
import { plainMessage } from '../../../../test/kit/test-messages.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import { patientRun } from '../patience.ts';
import { SourcePace } from '../source-pace.ts';
import type { SourceSession } from '../source.ts';
import { password } from '../testing/credentials.ts';
import { contentBytes, observe, readAll } from '../testing/observation.ts';
import { testRun } from '../testing/test-run.ts';
import type { ImapLimits } from './connection.ts';
import { imapSource } from './source-imap.ts';

const folders = { INBOX: [1, 2, 3].map((uid) => ({ uid, bytes: plainMessage(uid) })) };

describe('an emulated IMAP server that has too much to do', () => {
  const closing: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of closing.splice(0).reverse()) await one.close();
  });

  /** The time passes a hundred times as fast as it does. */
  const hurry = async <T>(clock: FakeClock, work: Promise<T>): Promise<T> => {
    const moving = setInterval(() => void clock.advance(1000), 10);
    return work.finally(() => clearInterval(moving));
  };
  const waits: { readonly host: string; readonly untilMs: number | null }[] = [];
  const begin = async (emulation: Emulation, limits: Partial<ImapLimits> = {}) => {
    const server = await EmulatedImapServer.start({ folders, ...emulation });
    closing.push(server);
    const clock = fakeClock();
    waits.length = 0;
    const quiet = testRun();
    const waiting = (host: string, untilMs: number | null): void => void waits.push({ host, untilMs });
    const run = { ...quiet, clock, progress: { ...quiet.progress, waiting } };
    const { port } = server;
    const settings = {
      kind: 'imap',
      host: '127.0.0.1',
      port,
      tls: 'none',
      user: 'ada',
      certificateSha256: null,
      exclude: [],
    } as const;
    // Their deadlines are another matter, and this clock runs fast.
    const source = imapSource(settings, password('secret'), { connectMs: 1e9, retryAfterMs: 2000, ...limits });
    const open = async (): Promise<SourceSession> => {
      const session = await source.open(run);
      closing.push(session);
      return session;
    };
    return { server, clock, run, open };
  };
  /** Refuses so often with that code, whatever begins so is asked. */
  const refusing = (verb: string, code: string, times: number): Emulation & { left: number } => {
    const emulation = {
      left: times,
      answer: (({ tag, verb: said }, _connection, talk) => {
        if (said !== verb || emulation.left === 0) return false;
        emulation.left -= 1;
        talk.send(`${tag} NO [${code}] not now\r\n`);
        return true;
      }) as NonNullable<Emulation['answer']>,
    };
    return emulation;
  };

  it.for([
    ['EXAMINE', 'INUSE', 3],
    ['EXAMINE', 'UNAVAILABLE', 3],
    // imapflow itself lists first, to learn how names are divided, and passes over a refusal.
    ['LIST', 'LIMIT', 4],
    ['UID FETCH', 'OVERQUOTA', 3],
    ['LOGIN', 'UNAVAILABLE', 3],
    ['LOGIN', 'LIMIT', 3],
  ] as const)(
    'and says so to %s with [%s]: it is waited for, ever longer, and shown; then everything is there',
    async ([verb, code, times]) => {
      const { clock, run, open } = await begin(refusing(verb, code, times));
      const beganMs = clock.nowMs();
      const session = await hurry(clock, open());
      const seen = await hurry(clock, observe(session, run));
      const found = seen.find(({ path }) => path[0] === 'INBOX');
      expect(found?.sightings).toHaveLength(3);
      expect(run.problems).toEqual([]);
      const asked = waits.filter(({ untilMs }) => untilMs !== null);
      expect(asked).toHaveLength(3);
      expect(waits.at(-1)).toEqual({ host: '127.0.0.1', untilMs: null });
      expect(clock.nowMs() - beganMs).toBeGreaterThanOrEqual(2000 + 4000 + 8000);
    },
  );

  it('and breaks off in the middle of a batch for it: no message is lost, and none comes twice', async () => {
    const emulation = refusing('UID FETCH', 'OVERQUOTA', 0);
    const { clock, run, open } = await begin(emulation);
    const session = await open();
    const seen = await observe(session, run);
    const inbox = seen.find(({ path }) => path[0] === 'INBOX');
    emulation.left = 2;
    const wanted = (inbox?.sightings ?? []).map((sighting) => ({ sighting, need: 'content' as const }));
    const readings = await hurry(clock, readAll(session, 'INBOX', wanted, run));
    expect([...readings.values()].map(({ problem }) => problem)).toEqual([undefined, undefined, undefined]);
  });

  it('and goes on saying so: after so many waits the folder is told, or the source is given up', async () => {
    const folder = await begin(refusing('EXAMINE', 'INUSE', Number.POSITIVE_INFINITY));
    const session = await hurry(folder.clock, folder.open());
    const seen = await hurry(folder.clock, observe(session, folder.run));
    expect(seen.find(({ path }) => path[0] === 'INBOX')?.visit.problem?.code).toBe('folder.unreadable');
    expect(waits.filter(({ untilMs }) => untilMs !== null)).toHaveLength(patientRun.waits);

    const source = await begin(refusing('LIST', 'OVERQUOTA', Number.POSITIVE_INFINITY));
    const listed = source.open().then((open) => observe(open, source.run));
    await expect(hurry(source.clock, listed)).rejects.toMatchObject({ code: 'source.throttled', retry: 'later' });
  });

  it('and says no for another reason: that is not waited for', async () => {
    const { run, open } = await begin(refusing('EXAMINE', 'NOPERM', 1));
    const seen = await observe(await open(), run);
    expect(seen.find(({ path }) => path[0] === 'INBOX')?.visit.problem?.code).toBe('folder.unreadable');
    expect(waits).toEqual([]);
  });

  it('is read in pieces of a limit, and what is read is the same', async () => {
    const large = { uid: 1, bytes: plainMessage(1, 'x'.repeat(20_000)) };
    const clock = fakeClock();
    const pace = new SourcePace(clock, { requestsPerSecond: null, bytesPerSecond: 8192 });
    const { server, run, open } = await begin({ folders: { INBOX: [large] } }, { pace });
    const beganMs = clock.monotonicMs();
    const session = await hurry(clock, open());
    const seen = await hurry(clock, observe(session, run));
    const wanted = seen.flatMap(({ sightings }) => sightings).map((sighting) => ({ sighting, need: 'content' as const }));
    const reading = async (): Promise<Uint8Array[]> => {
      const read: Uint8Array[] = [];
      for await (const { content } of session.read('INBOX', wanted, run))
        if (content !== undefined) read.push(await contentBytes(content, new NodeFileSystem()));
      return read;
    };
    expect((await hurry(clock, reading())).map((bytes) => Buffer.from(bytes))).toEqual([large.bytes]);
    const steps = server.heard.filter((line) => line.includes('BODY.PEEK[]<'));
    expect(steps.length).toBeGreaterThan(9);
    expect(clock.monotonicMs() - beganMs).toBeGreaterThan(2000);
  });
});

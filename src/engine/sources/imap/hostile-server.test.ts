import { afterEach, describe, expect, it } from 'vitest';
import {
  type Command,
  type EmulatedMessage,
  EmulatedImapServer,
  type Emulation,
  type Talk,
} from '../../../../test/kit/emulated/imap-server.ts';
import { largeMessage, plainMessage } from '../../../../test/kit/test-messages.ts';
import type { JsonValue } from '../../../shared/domain/json.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import { systemClock } from '../../kernel/system-clock.ts';
import type { Reading, SourceSession } from '../source.ts';
import { password } from '../testing/credentials.ts';
import { contentBytes, observe, type ObservedFolder } from '../testing/observation.ts';
import { testRun } from '../testing/test-run.ts';
import type { ImapLimits } from './connection.ts';
import { imapSource } from './source-imap.ts';

const limits: ImapLimits = { connectMs: 3000, silenceMs: 300, retryAfterMs: 1 };
const messages = (count: number): EmulatedMessage[] =>
  Array.from({ length: count }, (_, at) => ({ uid: at + 1, bytes: plainMessage(at + 1) }));

describe('an emulated IMAP server that misbehaves', () => {
  const files = new NodeFileSystem();
  const run = { ...testRun(), clock: systemClock };
  const closing: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of closing.splice(0).reverse()) await one.close();
  });

  const openOn = async (emulation: Emulation): Promise<{ server: EmulatedImapServer; session: SourceSession }> => {
    const server = await EmulatedImapServer.start(emulation);
    closing.push(server);
    const settings = {
      kind: 'imap',
      host: '127.0.0.1',
      port: server.port,
      tls: 'none',
      user: 'ada',
      certificateSha256: null,
      exclude: [],
    } as const;
    const session = await imapSource(settings, password('secret'), limits).open(run);
    closing.push(session);
    return { server, session };
  };
  const inbox = async (session: SourceSession, cursor?: JsonValue): Promise<ObservedFolder | undefined> =>
    (await observe(session, run, { cursor: () => cursor })).find(({ path }) => path[0] === 'INBOX');
  const readInbox = async (session: SourceSession): Promise<Reading[]> => {
    const found = await inbox(session);
    const wanted = (found?.sightings ?? []).map((sighting) => ({ sighting, need: 'content' as const }));
    return all(session.read('INBOX', wanted, run));
  };
  const outcome = (readings: readonly Reading[]): string[] => readings.map(({ problem }) => problem?.code ?? 'read');
  const bytes = async ({ content }: Reading): Promise<Buffer> =>
    Buffer.from(content === undefined ? [] : await contentBytes(content, files));

  describe('that hangs up', () => {
    /** In the middle of the literal of one message. */
    const atMessage = (uid: number, times = Number.POSITIVE_INFINITY): NonNullable<Emulation['answer']> => {
      let left = times;
      return ({ verb, rest }, _connection, talk) => {
        if (verb !== 'UID FETCH' || !rest.includes('BODY.PEEK') || left === 0) return false;
        if (!covers(rest, uid)) return false;
        for (const one of messages(uid - 1)) if (covers(rest, one.uid)) whole(talk, one);
        talk.send(`* 9 FETCH (UID ${uid} FLAGS () BODY[] {500}\r\nFrom: `);
        setTimeout(() => talk.hangUp(), 5);
        left -= 1;
        return true;
      };
    };

    it('costs one more connection, and no message', async () => {
      const { server, session } = await openOn({ folders: { INBOX: messages(6) }, answer: atMessage(3, 1) });
      const readings = await readInbox(session);
      expect(outcome(readings)).toEqual(Array(6).fill('read'));
      for (const [at, reading] of readings.entries()) expect(await bytes(reading)).toEqual(plainMessage(at + 1));
      expect(server.connections).toBe(2);
    });

    it('over one message whenever it is asked for costs that message alone', async () => {
      const { session } = await openOn({ folders: { INBOX: messages(6) }, answer: atMessage(3) });
      expect(outcome(await readInbox(session)).sort()).toEqual(['item.unreadable', 'read', 'read', 'read', 'read', 'read']);
    });

    it('whatever is asked for is a failure of the source', async () => {
      const { session } = await openOn({
        folders: { INBOX: messages(6) },
        answer: ({ verb, rest }, _connection, { hangUp }) => {
          const isBody = verb === 'UID FETCH' && rest.includes('BODY');
          if (isBody) hangUp();
          return isBody;
        },
      });
      await expect(readInbox(session)).rejects.toMatchObject({ code: 'source.disconnected', retry: 'later' });
    });

    it('while nothing is asked is not even noticed', async () => {
      const talks: Talk[] = [];
      const { server, session } = await openOn({
        folders: { INBOX: messages(3) },
        answer: ({ verb }, _connection, talk) => {
          if (verb === 'LOGIN') talks.push(talk);
          return false;
        },
      });
      const found = await inbox(session);
      talks[0]?.hangUp();
      await systemClock.sleep(20);
      const wanted = (found?.sightings ?? []).map((sighting) => ({ sighting, need: 'content' as const }));
      expect(outcome(await all(session.read('INBOX', wanted, run)))).toEqual(['read', 'read', 'read']);
      expect(server.connections).toBe(2);
    });

    it('while it lists leaves nothing to believe in', async () => {
      const { session } = await openOn({
        folders: { INBOX: messages(3) },
        answer: ({ verb }, _connection, talk) => {
          if (verb !== 'UID FETCH') return false;
          talk.send('* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 10)\r\n');
          setTimeout(() => talk.hangUp(), 5);
          return true;
        },
      });
      await expect(inbox(session)).rejects.toMatchObject({ code: 'source.disconnected' });
    });

    it('within a large message makes it a problem, not a shorter message', async () => {
      const large = { uid: 1, bytes: largeMessage(1, 5 * 1024 * 1024) };
      const { session } = await openOn({
        folders: { INBOX: [large] },
        answer: ({ verb, rest }, _connection, { hangUp }) => {
          const isLater = verb === 'UID FETCH' && rest.includes('<2097152.');
          if (isLater) hangUp();
          return isLater;
        },
      });
      const [reading] = await readInbox(session);
      expect(reading?.content?.kind).toBe('stream');
      await expect(bytes(reading as Reading)).rejects.toMatchObject({ code: 'item.unreadable' });
    });
  });

  it('falls silent in the middle of an answer: the connection is given up after a while', async () => {
    const { server, session } = await openOn({ folders: { INBOX: messages(3) }, answer: ({ verb }) => verb === 'UID FETCH' });
    await expect(inbox(session)).rejects.toMatchObject({ code: 'source.disconnected' });
    expect(server.connections).toBe(2);
  });

  it.for<[string, (command: Command) => string]>([
    ['leaves out a message', ({ tag }) => `* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 10)\r\n${tag} OK done\r\n`],
    [
      'garbles a message',
      ({ tag }) => `* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 10)\r\n* 2 FETCH (UID 2 FLAGS (( RFC822.SIZE 10\r\n${tag} OK done\r\n`,
    ],
    ['names no sizes', ({ tag }) => `* 1 FETCH (UID 1 FLAGS ())\r\n* 2 FETCH (UID 2 FLAGS ())\r\n${tag} OK done\r\n`],
    ['refuses', ({ tag }) => `* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 10)\r\n${tag} NO [SERVERBUG] disk\r\n`],
  ])('%s in a listing: nothing is taken for deleted', async ([, listing]) => {
    const { session } = await openOn({
      folders: { INBOX: messages(2) },
      answer: (command, _connection, { send }) => {
        if (command.verb === 'UID FETCH') send(listing(command));
        return command.verb === 'UID FETCH';
      },
    });
    await expect(inbox(session)).rejects.toMatchObject({ code: 'folder.unreadable', facts: { folder: 'INBOX' } });
  });

  it.for<[string, string]>([
    ['how many messages there are', '* OK [UIDVALIDITY 7] -\r\n* OK [UIDNEXT 1] -\r\n'],
    ['UIDVALIDITY', '* 0 EXISTS\r\n* OK [UIDNEXT 1] -\r\n'],
  ])('does not say %s: the folder is unreadable, not empty', async ([, untagged]) => {
    const { session } = await openOn({
      folders: { INBOX: messages(2) },
      answer: ({ tag, verb }, _connection, { send }) => {
        if (verb === 'EXAMINE') send(`${untagged}${tag} OK done\r\n`);
        return verb === 'EXAMINE';
      },
    });
    const found = await inbox(session);
    expect(found?.visit).toMatchObject({ scan: undefined, problem: { code: 'folder.unreadable' } });
  });

  it('does not let one folder be opened: the others are walked', async () => {
    const { session } = await openOn({
      folders: { INBOX: messages(2), Locked: messages(1) },
      answer: ({ tag, verb, rest }, _connection, { send }) => {
        const isLocked = verb === 'EXAMINE' && rest.includes('Locked');
        if (isLocked) send(`${tag} NO [NOPERM] no\r\n`);
        return isLocked;
      },
    });
    const folders = await observe(session, run);
    expect(folders.find(({ path }) => path[0] === 'Locked')?.visit.problem?.facts).toEqual({
      folder: 'Locked',
      reason: 'NOPERM',
    });
    expect(folders.find(({ path }) => path[0] === 'INBOX')?.sightings).toHaveLength(2);
  });

  it.for<[string, string]>([
    ['garbles the line of a folder', '* LIST () "/" INBOX\r\n* LIST (( "/" Work\r\n'],
    ['names no folder at all', ''],
  ])('%s in the list of folders: nothing is taken for deleted', async ([, list]) => {
    const { session } = await openOn({
      answer: ({ tag, verb }, _connection, { send }) => {
        if (verb === 'LIST') send(`${list}${tag} OK done\r\n`);
        return verb === 'LIST';
      },
    });
    await expect(inbox(session)).rejects.toMatchObject({ code: 'source.protocol' });
  });

  it('garbles a change of flags: the change is not passed over', async () => {
    const condstore: Emulation = {
      capabilities: 'IMAP4rev1 ENABLE CONDSTORE',
      answer: ({ tag, verb, rest }, _connection, { send }) => {
        if (verb === 'ENABLE') send(`* ENABLED CONDSTORE\r\n${tag} OK done\r\n`);
        const opened = '* 1 EXISTS\r\n* OK [UIDVALIDITY 7] -\r\n* OK [UIDNEXT 2] -\r\n* OK [HIGHESTMODSEQ 9] -\r\n';
        if (verb === 'EXAMINE') send(`${opened}${tag} OK done\r\n`);
        if (verb === 'UID FETCH') send(`* 1 FETCH (UID 1 FLAGS (( MODSEQ (9))\r\n${tag} OK done\r\n`);
        if (verb === 'UID FETCH') expect(rest).toContain('CHANGEDSINCE 8');
        return ['ENABLE', 'EXAMINE', 'UID FETCH'].includes(verb);
      },
    };
    const { session } = await openOn(condstore);
    const known = { uidValidity: '7', uidNext: 2, highestModseq: '8', messages: 1 };
    await expect(inbox(session, known)).rejects.toMatchObject({ code: 'folder.unreadable' });
  });

  it('garbles a message that is read: the others are read', async () => {
    const { session } = await openOn({
      folders: { INBOX: messages(4) },
      answer: ({ tag, verb, rest }, _connection, talk) => {
        if (verb !== 'UID FETCH' || !rest.includes('BODY')) return false;
        for (const one of messages(4).filter(({ uid }) => covers(rest, uid))) {
          if (one.uid === 2) talk.send('* 2 FETCH (UID 2 FLAGS (( BODY[] "x")\r\n');
          else whole(talk, one);
        }
        talk.send(`${tag} OK done\r\n`);
        return true;
      },
    });
    const readings = await readInbox(session);
    expect(readings.map(({ key, problem }) => [key, problem?.code ?? 'read']).sort()).toEqual([
      ['7:1', 'read'],
      ['7:2', 'item.unreadable'],
      ['7:3', 'read'],
      ['7:4', 'read'],
    ]);
  });

  it('is left alone once the session is closed, whatever was asked for in advance', async () => {
    const many = messages(1200);
    const { server, session } = await openOn({ folders: { INBOX: many } });
    const found = await inbox(session);
    const wanted = (found?.sightings ?? []).map((sighting) => ({ sighting, need: 'content' as const }));
    const asked = [1, 2, 3].map(() => session.read('INBOX', wanted, run)[Symbol.asyncIterator]().next());
    await Promise.all([session.close(), ...asked.map((one) => one.catch(() => undefined))]);
    await systemClock.sleep(50);
    expect(server.connections).toBe(1);
  });

  it('announces a literal without end: it is not waited for', async () => {
    const { session } = await openOn({
      folders: { INBOX: messages(1) },
      answer: ({ verb, rest }, _connection, { send }) => {
        const isBody = verb === 'UID FETCH' && rest.includes('BODY');
        if (isBody) send('* 1 FETCH (UID 1 FLAGS () BODY[] {99999999999}\r\nx');
        return isBody;
      },
    });
    expect(outcome(await readInbox(session))).toEqual(['item.unreadable']);
  });

  it('tells about a message bit by bit, and about others in between', async () => {
    const [message] = messages(1) as [EmulatedMessage];
    const { session } = await openOn({
      folders: { INBOX: [message] },
      answer: ({ tag, verb, rest }, _connection, talk) => {
        if (verb !== 'UID FETCH' || !rest.includes('BODY')) return false;
        talk.send('* 1 FETCH (FLAGS (\\Seen))\r\n* 5 FETCH (UID 99 FLAGS (\\Deleted))\r\n* 1 FETCH (UID 1 FLAGS ())\r\n');
        whole(talk, message);
        talk.send(`* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n${tag} OK done\r\n`);
        return true;
      },
    });
    const [reading] = await readInbox(session);
    expect(reading?.metadata).toMatchObject({ flags: ['\\Seen'] });
    expect(await bytes(reading as Reading)).toEqual(message.bytes);
  });

  it('sends whole messages where parts were asked for: they are taken once', async () => {
    const large = { uid: 1, bytes: largeMessage(1, 5 * 1024 * 1024) };
    const { session } = await openOn({
      folders: { INBOX: [large] },
      answer: ({ tag, verb, rest }, _connection, talk) => {
        if (verb !== 'UID FETCH' || !rest.includes('BODY')) return false;
        whole(talk, large);
        talk.send(`${tag} OK done\r\n`);
        return true;
      },
    });
    const [reading] = await readInbox(session);
    expect((await bytes(reading as Reading)).equals(large.bytes)).toBe(true);
  });

  it('numbers a folder anew between walking and reading: no message is taken for another', async () => {
    const talks: Talk[] = [];
    const { session } = await openOn({
      folders: { INBOX: messages(2) },
      answer: ({ tag, verb }, connection, talk) => {
        talks.push(talk);
        if (verb !== 'EXAMINE' || connection === 1) return false;
        talk.send(`* 2 EXISTS\r\n* OK [UIDVALIDITY 8] -\r\n* OK [UIDNEXT 3] -\r\n${tag} OK done\r\n`);
        return true;
      },
    });
    const found = await inbox(session);
    talks[0]?.hangUp();
    await systemClock.sleep(20);
    const wanted = (found?.sightings ?? []).map((sighting) => ({ sighting, need: 'content' as const }));
    const readings = await all(session.read('INBOX', wanted, run));
    expect(readings.map(({ problem }) => problem?.facts['reason'])).toEqual(['renumbered', 'renumbered']);
  });
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const covers = (request: string, uid: number): boolean =>
  (request.split(' ')[0] ?? '').split(',').some((part) => {
    const [from = '', to = from] = part.split(':');
    return uid >= Number(from) && uid <= Number(to);
  });

function whole(talk: Talk, { uid, bytes }: EmulatedMessage): void {
  talk.send(`* 1 FETCH (UID ${uid} FLAGS () INTERNALDATE "01-Jan-2024 00:00:00 +0000" BODY[] {${bytes.length}}\r\n`);
  talk.send(bytes);
  talk.send(')\r\n');
}

import { afterEach, describe, expect, it } from 'vitest';
import { EmulatedImapServer, type Emulation } from '../../../../test/kit/emulated/imap-server.ts';
import { plainMessage } from '../../../../test/kit/test-messages.ts';
import type { ItemId, RunId, SourceId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import type { JsonObject } from '../../../shared/domain/json.ts';
import { systemClock } from '../../kernel/system-clock.ts';
import type { DestinationSession, RestoreItem } from '../destination.ts';
import { password } from '../testing/credentials.ts';
import { testRun } from '../testing/test-run.ts';
import { imapDestination } from './destination-imap.ts';
import type { ImapPlace } from './destination-folders.ts';

const limits = { connectMs: 3000, silenceMs: 3000, retryAfterMs: 1 };
const original: ImapPlace = { folder: null, restoreRoot: null };

describe('restoring to an emulated IMAP server', () => {
  const servers: EmulatedImapServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  const run = { ...testRun(), clock: systemClock };
  const withSession = async (
    emulation: Emulation,
    place: ImapPlace,
    action: (session: DestinationSession, server: EmulatedImapServer) => Promise<void>,
  ): Promise<string[]> => {
    const server = await EmulatedImapServer.start(emulation);
    servers.push(server);
    const settings = {
      kind: 'imap',
      host: '127.0.0.1',
      port: server.port,
      tls: 'none',
      user: 'ada',
      certificateSha256: null,
      exclude: [],
    } as const;
    const session = await imapDestination(settings, password('secret'), place, limits).open(run);
    await action(session, server);
    await session.close();
    return server.heard;
  };
  const put = (emulation: Emulation, place: ImapPlace, ...items: RestoreItem[]): Promise<string[]> =>
    withSession(emulation, place, async (session) => {
      for (const item of items) {
        await session.probe(item, run);
        await session.write(item, 'create', run);
      }
    });
  const said = (heard: readonly string[], verb: string): string[] => heard.filter((line) => line.startsWith(verb)).map(firstLine);

  it('never replaces where the server cannot delete a single message', async () => {
    const there = { uid: 1, bytes: plainMessage(1, 'changed\r\n') };
    const item = message(1, ['INBOX']);
    const heard = await withSession({ folders: { INBOX: [there] }, answer: searchFinds(1) }, original, async (session) => {
      expect(await session.probe(item, run)).toBe('same-name');
      await expect(session.write(item, 'replace', run)).rejects.toMatchObject({ code: 'not.supported' });
    });
    expect(heard.filter((line) => /APPEND|STORE|EXPUNGE/.test(line))).toEqual([]);
  });

  it('says what the account has left and the largest message that it takes, where the server says so', async () => {
    const limitsOf = async (emulation: Emulation): Promise<unknown> => {
      let told: unknown;
      await withSession(emulation, original, async (session) => {
        told = await session.limits?.(message(1, ['INBOX']), run);
      });
      return told;
    };
    const answer: Emulation['answer'] = (command, _connection, talk) => {
      if (command.verb !== 'GETQUOTAROOT') return false;
      talk.send(`* QUOTAROOT INBOX ""\r\n* QUOTA "" (STORAGE 10 512)\r\n${command.tag} OK done\r\n`);
      return true;
    };
    expect(await limitsOf({ capabilities: 'IMAP4rev1 QUOTA APPENDLIMIT=35651584', answer })).toEqual({
      freeBytes: 502 * 1024,
      largestBytes: 35_651_584,
    });
    expect(await limitsOf({ capabilities: 'IMAP4rev1' })).toEqual({ freeBytes: null, largestBytes: null });
  });

  it('keeps the old message when the server does not take the new one', async () => {
    const there = { uid: 1, bytes: plainMessage(1, 'changed\r\n') };
    const item = message(1, ['INBOX']);
    const emulation: Emulation = {
      capabilities: 'IMAP4rev1 UIDPLUS',
      folders: { INBOX: [there] },
      answer: (command, connection, talk) => {
        if (command.verb !== 'APPEND') return searchFinds(1)(command, connection, talk);
        talk.send(`${command.tag} NO [OVERQUOTA] full\r\n`);
        return true;
      },
    };
    const heard = await withSession(emulation, original, async (session) => {
      expect(await session.probe(item, run)).toBe('same-name');
      await expect(session.write(item, 'replace', run)).rejects.toMatchObject({
        code: 'restore.write-failed',
        facts: { item: '1', reason: 'OVERQUOTA' },
      });
    });
    expect(heard.filter((line) => /STORE|EXPUNGE/.test(line))).toEqual([]);
  });

  it('gives a folder the special use that it had, unless another has it', async () => {
    const capabilities = 'IMAP4rev1 SPECIAL-USE CREATE-SPECIAL-USE';
    const items = [message(1, ['Gesendet'], { specialUse: '\\Sent' }), message(2, ['Ablage'], { specialUse: '\\Archive' })];
    const answer: Emulation['answer'] = ({ tag, verb, rest }, _connection, { send }) => {
      const isList = verb === 'LIST' && !rest.startsWith('"" ""');
      if (isList) send(`* LIST () "/" INBOX\r\n* LIST (\\Archive) "/" Archive\r\n${tag} OK done\r\n`);
      return isList;
    };
    const heard = await put({ capabilities, answer }, original, ...items);
    expect(said(heard, 'CREATE')).toEqual(['CREATE "Gesendet" (USE (\\Sent))', 'CREATE Ablage']);
    expect(said(heard, 'SUBSCRIBE')).toEqual(['SUBSCRIBE Gesendet', 'SUBSCRIBE Ablage']);
  });

  it('keeps to the place and the delimiter that the server gives its users', async () => {
    const emulation: Emulation = {
      capabilities: 'IMAP4rev1 NAMESPACE',
      answer: ({ tag, verb }, _connection, { send }) => {
        if (verb === 'NAMESPACE') send(`* NAMESPACE (("INBOX." ".")) NIL (("shared." "."))\r\n${tag} OK done\r\n`);
        if (verb === 'LIST')
          send(`* LIST () "." INBOX\r\n* LIST () "." INBOX.Old\r\n* LIST () "." shared.team\r\n${tag} OK done\r\n`);
        return verb === 'NAMESPACE' || verb === 'LIST';
      },
    };
    const items = [
      message(1, ['Work', 'v1.2']),
      message(2, ['INBOX', 'Old']),
      message(3, ['shared', 'team']),
      message(4, ['INBOX']),
    ];
    const heard = await put(emulation, original, ...items);
    expect(said(heard, 'CREATE')).toEqual(['CREATE INBOX.Work', 'CREATE INBOX.Work.v1_2']);
    expect(said(heard, 'APPEND').map((line) => line.split(' ')[1])).toEqual([
      'INBOX.Work.v1_2',
      'INBOX.Old',
      'shared.team',
      'INBOX',
    ]);
  });

  it('does not send a message again when the connection is lost and nobody knows whether it arrived', async () => {
    const heard = await withSession(
      {
        answer: ({ verb }, _connection, { hangUp }) => {
          if (verb === 'APPEND') hangUp();
          return verb === 'APPEND';
        },
      },
      original,
      async (session) => {
        await expect(session.write(message(1, ['INBOX']), 'create', run)).rejects.toMatchObject({ code: 'source.disconnected' });
      },
    );
    expect(said(heard, 'APPEND')).toHaveLength(1);
  });

  it('goes on over a new connection after one that was lost while nothing was written', async () => {
    const talks: { hangUp(): void }[] = [];
    const emulation: Emulation = {
      answer: ({ verb }, _connection, talk) => {
        if (verb === 'LOGIN') talks.push(talk);
        return false;
      },
    };
    await withSession(emulation, original, async (session, server) => {
      await session.write(message(1, ['INBOX']), 'create', run);
      talks[0]?.hangUp();
      await systemClock.sleep(20);
      await session.write(message(2, ['INBOX']), 'create', run);
      expect([server.connections, said(server.heard, 'APPEND').length]).toEqual([2, 2]);
    });
  });
});

const firstLine = (text: string): string => text.split('\r\n')[0] ?? '';

const searchFinds =
  (uid: number): NonNullable<Emulation['answer']> =>
  ({ tag, verb, rest }, _connection, { send }) => {
    const isList = verb === 'UID FETCH' && rest.includes('HEADER.FIELDS');
    const header = 'Message-ID: <message-1@example.org>\r\n\r\n';
    const row = `UID ${uid} RFC822.SIZE 10 BODY[HEADER.FIELDS (MESSAGE-ID)] {${header.length}}\r\n${header}`;
    if (verb === 'UID SEARCH') send(`* SEARCH ${uid}\r\n${tag} OK done\r\n`);
    if (isList) send(`* 1 FETCH (${row})\r\n${tag} OK done\r\n`);
    return verb === 'UID SEARCH' || isList;
  };

function message(n: number, folderPath: readonly string[], folder: JsonObject = {}): RestoreItem {
  const bytes = plainMessage(n);
  return {
    manifest: manifest(n, String(n), 'message', {}, bytes.length),
    folderPath,
    folders: folderPath.map((name) => manifest(0, name, 'folder', { subscribed: true, ...folder }, 0)),
    content: async function* () {
      yield bytes;
    },
  };
}

const manifest = (n: number, name: string, kind: Manifest['kind'], metadata: JsonObject, sizeBytes: number): Manifest => ({
  item: `item-${n}` as ItemId,
  version: 1,
  kind,
  source: 'source' as SourceId,
  folder: null,
  key: `7:${n}`,
  name,
  change: 'created',
  validFromMs: 0,
  run: 'run' as RunId,
  contentRevision: '',
  metadataRevision: '',
  sizeBytes,
  metadata,
  summary: { title: '' },
  contents: [],
});

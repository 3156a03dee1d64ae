import { describe, expect, it } from 'vitest';
import { type EmulatedMessage, EmulatedImapServer, type Emulation } from '../../../../test/kit/emulated/imap-server.ts';
import { plainMessage } from '../../../../test/kit/test-messages.ts';
import type { JsonValue } from '../../../shared/domain/json.ts';
import { systemClock } from '../../kernel/system-clock.ts';
import { password } from '../testing/credentials.ts';
import { observe, type ObservedFolder } from '../testing/observation.ts';
import { testRun } from '../testing/test-run.ts';
import type { ImapLimits } from './connection.ts';
import { imapSource } from './source-imap.ts';

const limits: ImapLimits = { connectMs: 3000, silenceMs: 300, retryAfterMs: 1 };
const messages = (count: number): EmulatedMessage[] =>
  Array.from({ length: count }, (_, at) => ({ uid: at + 1, bytes: plainMessage(at + 1) }));

describe('an emulated IMAP server with other abilities', () => {
  const run = { ...testRun(), clock: systemClock };
  const observeOn = async (emulation: Emulation, cursor?: JsonValue): Promise<{ folders: ObservedFolder[]; heard: string[] }> => {
    const server = await EmulatedImapServer.start(emulation);
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
    try {
      return { folders: await observe(session, run, { cursor: () => cursor }), heard: server.heard };
    } finally {
      await session.close();
      await server.close();
    }
  };

  it('without CONDSTORE lists everything every time', async () => {
    const emulation = { folders: { INBOX: messages(3) } };
    const first = (await observeOn(emulation)).folders[1];
    expect(first?.cursor).toEqual({ uidValidity: '7', uidNext: 4, highestModseq: null, messages: 3 });
    const second = (await observeOn(emulation, first?.cursor)).folders[1];
    expect(second?.visit.scan?.completeness).toBe('full');
    expect(second?.sightings).toHaveLength(3);
  });

  it('with EMAILID recognises a message wherever it lies', async () => {
    const at = (uid: number): EmulatedMessage => ({ uid, bytes: plainMessage(1), emailId: 'M6d99ac3275bb4e' });
    const { folders } = await observeOn({ capabilities: 'IMAP4rev1 OBJECTID', folders: { INBOX: [at(1)], Archive: [at(44)] } });
    const [one, other] = ['INBOX', 'Archive'].map((name) => folders.find(({ path }) => path[0] === name)?.sightings[0]);
    expect(one?.identity).toBe('M6d99ac3275bb4e');
    expect(one?.identity).toBe(other?.identity);
    expect(one?.contentRevision).toBe(other?.contentRevision);
    expect(one?.key).not.toBe(other?.key);
  });

  it('with one UIDVALIDITY for all folders gives none of them an identity', async () => {
    const answer: Emulation['answer'] = ({ tag, verb, rest }, _connection, { send }) => {
      const validity = rest.includes('Own') ? 8 : 7;
      if (verb === 'STATUS')
        send(`* STATUS ${rest.split(' ')[0] ?? ''} (MESSAGES 0 UIDNEXT 1 UIDVALIDITY ${validity})\r\n${tag} OK done\r\n`);
      return verb === 'STATUS';
    };
    const { folders } = await observeOn({ folders: { INBOX: [], Other: [], Own: [] }, answer });
    expect(folders.map(({ path, visit }) => [path.join('/'), visit.folder.identity])).toEqual([
      ['', undefined],
      ['INBOX', undefined],
      ['Other', undefined],
      ['Own', '8'],
    ]);
  });

  it('with a personal prefix keeps the paths of shared folders as they are', async () => {
    const { heard } = await observeOn({
      capabilities: 'IMAP4rev1 NAMESPACE',
      folders: { INBOX: [], 'INBOX/Work': messages(1), 'shared/team': messages(1) },
      answer: ({ tag, verb }, _connection, { send }) => {
        if (verb === 'NAMESPACE') send(`* NAMESPACE (("INBOX/" "/")) NIL (("shared/" "/"))\r\n${tag} OK done\r\n`);
        return verb === 'NAMESPACE';
      },
    });
    expect(heard.filter((line) => line.startsWith('EXAMINE'))).toEqual([
      'EXAMINE INBOX',
      'EXAMINE INBOX/Work',
      'EXAMINE shared/team',
    ]);
  });

  it('that lists a folder without its parent gets the parent shown, as a place that holds no messages', async () => {
    const { folders } = await observeOn({ folders: { INBOX: [], 'a/b/c': messages(1) } });
    expect(folders.map(({ path }) => path.join('/'))).toEqual(['', 'INBOX', 'a', 'a/b', 'a/b/c']);
    expect(folders[2]).toMatchObject({ sightings: [], visit: { scan: { completeness: 'full' } } });
  });
});

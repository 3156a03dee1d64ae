import { ImapFlow } from 'imapflow';
import { afterEach, expect, it, vi } from 'vitest';
import { EmulatedImapServer } from '../../../../test/kit/emulated/imap-server.ts';
import { systemClock } from '../../kernel/system-clock.ts';
import { password } from '../testing/credentials.ts';
import { testRun } from '../testing/test-run.ts';
import { ReadOnlyImap } from './read-only-imap.ts';
import { takeAnswers } from './taking-answers.ts';

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const one of closing.splice(0).reverse()) await one.close();
});

/** Watches what is left to imapflow, in lines without their literals. */
async function fetchFrom(answers: readonly string[]) {
  const server = await EmulatedImapServer.start({
    folders: { INBOX: [{ uid: 1, bytes: Buffer.from('hello') }] },
    answer: ({ verb, tag }, _connection, talk) => {
      if (verb !== 'UID FETCH') return false;
      for (const answer of answers) talk.send(`${answer}\r\n`);
      talk.send(`${tag} OK done\r\n`);
      return true;
    },
  });
  closing.push(server);
  const prototype = ImapFlow.prototype as unknown as { handleResponse(answer: { payload: Buffer }): Promise<boolean> };
  const left = vi.spyOn(prototype, 'handleResponse');
  const settings = {
    kind: 'imap',
    host: '127.0.0.1',
    port: server.port,
    tls: 'none',
    user: 'ada',
    certificateSha256: null,
  } as const;
  const limits = { connectMs: 3000, silenceMs: 3000, retryAfterMs: 1 };
  const imap = new ReadOnlyImap({ ...settings, exclude: [] }, password('secret'), limits, { ...testRun(), clock: systemClock });
  closing.push(imap);
  const { uidValidity } = await imap.examine('INBOX');
  const { messages } = await imap.fetchWhole({ folder: 'INBOX', uidValidity, uids: '1:9', query: { flags: true, source: true } });
  const lines = left.mock.calls.map(([{ payload }]) => payload.toString('latin1')).filter((line) => line.includes('FETCH ('));
  return { messages, lines };
}

it('imapflow never sees an answer to FETCH that comes in its usual form', async () => {
  const { messages, lines } = await fetchFrom([
    '* 1 FETCH (UID 1 FLAGS (\\Seen) BODY[] {5}\r\nhello)',
    '* 2 FETCH (UID 2 FLAGS ())',
  ]);
  expect(messages.get(1)).toEqual({ uid: 1, flags: new Set(['\\Seen']), source: Buffer.from('hello') });
  expect(messages.get(2)).toEqual({ uid: 2, flags: new Set() });
  expect(lines).toEqual([]);
});

it('imapflow reads an answer that comes in another form, and what both read of a message is together', async () => {
  const strange = ['* 1 FETCH (UID 1 BODY[] "hello" X-MORE (1 (2)))', '* 2 FETCH (Uid 2 Flags ("odd one"))'];
  const { messages, lines } = await fetchFrom(['* 1 FETCH (UID 1 FLAGS (\\Seen))', ...strange]);
  expect(messages.get(1)).toMatchObject({ flags: new Set(['\\Seen']), source: Buffer.from('hello') });
  expect(messages.get(2)).toMatchObject({ flags: new Set(['odd one']) });
  expect(lines).toEqual(strange);
});

it('imapflow is told what a server says of a message while nobody asked', () => {
  const left: string[] = [];
  const client = { currentRequest: false, handleResponse: ({ payload }: { payload: Buffer }) => left.push(payload.toString()) };
  const taken: number[] = [];
  const stop = takeAnswers(client as never, ({ uid }) => taken.push(uid));
  const say = (uid: number) =>
    client.handleResponse({ payload: Buffer.from(`* 1 FETCH (UID ${uid} FLAGS ())`), literals: [] } as never);
  say(1);
  Object.assign(client, { currentRequest: { command: 'UID FETCH' } });
  say(2);
  stop();
  say(3);
  expect(taken).toEqual([2]);
  expect(left).toEqual(['* 1 FETCH (UID 1 FLAGS ())', '* 1 FETCH (UID 3 FLAGS ())']);
});

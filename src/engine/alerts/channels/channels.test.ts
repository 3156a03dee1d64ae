import { describe, expect, it, onTestFinished } from 'vitest';
import { type Alert, type AlertTopic, alertTopics, type ChannelSettings } from '../../../shared/domain/alert.ts';
import type { AlertId, JobId, RunId } from '../../../shared/domain/ids.ts';
import { type Answer, HttpSink } from '../../../../test/kit/sinks/http-sink.ts';
import { systemWeb } from '../../kernel/system-web.ts';
import { secureContext } from '../../sources/certificate.ts';
import { isNear } from '../address.ts';
import type { Message } from '../message.ts';
import { sendThrough } from './index.ts';

const web = systemWeb({ trust: secureContext, mayBeOpen: isNear, limits: { ms: 1500, bytes: 65_536 } });

async function sink(): Promise<HttpSink> {
  const started = await HttpSink.start();
  onTestFinished(() => started.stop());
  return started;
}

const alertOf = (topic: AlertTopic): Alert => ({
  ...{ id: 'alert000000000000000' as AlertId, topic, level: alertTopics[topic].level, cause: 'c', atMs: 0, storage: null },
  ...{ job: { id: 'job00000000000000000' as JobId, name: 'Mail' }, run: 'run00000000000000000' as RunId, byPerson: false },
  failure: { code: 'source.unreachable', retry: 'later', facts: { host: 'imap.example', port: 993 } },
  facts: { new: 3 },
});
const messageOf = (topic: AlertTopic): Message => ({
  ...{ id: 'alert-1', alerts: [alertOf(topic)], title: 'Grüße & <Mail>', text: 'It “failed”.', log: 'the log' },
});
const failed = messageOf('backup-failed');
const send = (settings: ChannelSettings, secret: string, message = failed): Promise<void> =>
  sendThrough({ settings }, secret, message, web);

describe('what each service gets', () => {
  it('a webhook: facts for a machine, with an id that stays the same', async () => {
    const to = await sink();
    await send({ kind: 'webhook' }, `${to.url.replace('//', '//anna:secret@')}/hook?x=1`);
    expect(to.heard[0]).toMatchObject({ method: 'POST', path: '/hook?x=1' });
    expect(to.heard[0]?.headers.authorization).toBe(`Basic ${Buffer.from('anna:secret').toString('base64')}`);
    expect(to.json).toEqual([
      {
        ...{ id: 'alert-1', title: 'Grüße & <Mail>', text: 'It “failed”.', level: 'error' },
        alerts: [
          {
            ...{ event: 'failure', topic: 'backup-failed', level: 'error', time: '1970-01-01T00:00:00.000Z', job: 'Mail' },
            ...{ storage: null, run: 'run00000000000000000', failure: 'source.unreachable', facts: { new: 3 } },
          },
        ],
      },
    ]);
  });

  it('ntfy: the topic out of the address, at its server’s root, with a token', async () => {
    const to = await sink();
    await send({ kind: 'ntfy' }, `${to.url.replace('//', '//:tk_1@')}/push/topic`, messageOf('damage-found'));
    expect(to.heard[0]).toMatchObject({ path: '/push', headers: { authorization: 'Bearer tk_1' } });
    expect(to.json).toEqual([{ topic: 'topic', title: 'Grüße & <Mail>', message: 'It “failed”.', priority: 5 }]);
    await expect(send({ kind: 'ntfy' }, to.url)).rejects.toThrow('alert.address');
  });

  it('Gotify: its token in a header', async () => {
    const to = await sink();
    await send({ kind: 'gotify', url: `${to.url}/gotify/` }, 'token');
    expect(to.heard[0]).toMatchObject({ path: '/gotify/message', headers: { 'x-gotify-key': 'token' } });
    expect(to.json).toEqual([{ title: 'Grüße & <Mail>', message: 'It “failed”.', priority: 8 }]);
  });

  it('Slack, Discord and Teams: text in which a name calls nobody and links nowhere', async () => {
    const to = await sink();
    for (const kind of ['slack', 'discord', 'teams'] as const) await send({ kind }, `${to.url}/${kind}`);
    expect(to.json[0]).toEqual({ text: 'Grüße &amp; &lt;Mail&gt;\nIt “failed”.', mrkdwn: false });
    expect(to.json[1]).toEqual({ content: 'Grüße & <Mail>\nIt “failed”.', allowed_mentions: { parse: [] } });
    expect(to.json[2]).toMatchObject({
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } }],
    });
  });

  it('Telegram: the bot’s token in the address, and the chat', async () => {
    const to = await sink();
    await send({ kind: 'telegram', url: to.url, chat: '-100' }, '12:AbC');
    expect(to.heard[0]?.path).toBe('/bot12:AbC/sendMessage');
    expect(to.json[0]).toMatchObject({ chat_id: '-100', text: 'Grüße & <Mail>\nIt “failed”.' });
  });

  it('Apprise: the kind of news', async () => {
    const to = await sink();
    await send({ kind: 'apprise' }, `${to.url}/notify/key`);
    expect(to.json).toEqual([{ title: 'Grüße & <Mail>', body: 'It “failed”.', type: 'failure', format: 'text' }]);
  });

  it.each([
    ['backup-started', '/uuid/start'],
    ['backup-done', '/uuid'],
    ['backup-warning', '/uuid'],
    ['backup-failed', '/uuid/fail'],
    ['damage-found', '/uuid/fail'],
    ['test', '/uuid/log'],
  ] as const)('who counts runs: %s at %s, with the end of the log', async (topic, path) => {
    const to = await sink();
    await send({ kind: 'healthchecks' }, `${to.url}/uuid/`, messageOf(topic));
    expect(to.heard).toMatchObject([{ path, body: 'Grüße & <Mail>\nIt “failed”.\nthe log' }]);
  });
});

describe('why a message did not arrive', () => {
  const attempt = async (answer: Answer): Promise<unknown> => {
    const to = await sink();
    to.answer = () => answer;
    return send({ kind: 'webhook' }, `${to.url}/secret-path`).catch((error: unknown) => error);
  };

  it.each([
    [{ status: 401 }, 'alert.not-let-in', 'after-user-action'],
    [{ status: 404 }, 'alert.not-let-in', 'after-user-action'],
    [{ status: 400 }, 'alert.refused', 'after-user-action'],
    [{ status: 429 }, 'alert.throttled', 'later'],
    [{ status: 503 }, 'alert.server-failed', 'later'],
    ['drop', 'source.unreachable', 'later'],
    ['mute', 'source.timed-out', 'later'],
    [{ status: 200, body: 'x'.repeat(70_000) }, 'source.unreachable', 'later'],
  ] as const)('%o is %s', async (answer, code, retry) => {
    const error = await attempt(answer);
    expect(error).toMatchObject({ code, retry });
    expect(JSON.stringify((error as { facts: object }).facts)).not.toContain('secret-path');
  });

  it('is said, and not followed, when another address is named', async () => {
    const elsewhere = await sink();
    expect(await attempt({ status: 307, headers: { location: elsewhere.url } })).toMatchObject({ code: 'alert.led-elsewhere' });
    expect(elsewhere.heard).toEqual([]);
  });

  it('is told from a server that is not there', async () => {
    const gone = await HttpSink.start();
    const { url } = gone;
    await gone.stop();
    await expect(send({ kind: 'webhook' }, url)).rejects.toMatchObject({ code: 'source.connection-refused' });
    await expect(send({ kind: 'webhook' }, 'https://no-such-host.invalid/')).rejects.toMatchObject({
      code: 'source.host-unknown',
    });
  });

  it('is that the way leads to where clouds tell of themselves', async () => {
    await expect(send({ kind: 'webhook' }, 'https://169.254.169.254/latest')).rejects.toMatchObject({
      code: 'source.unreachable',
    });
  });
});

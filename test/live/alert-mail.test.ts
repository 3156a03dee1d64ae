import fs from 'node:fs';
import path from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { sendThrough } from '../../src/engine/alerts/index.ts';
import type { Message } from '../../src/engine/alerts/message.ts';
import { systemWeb } from '../../src/engine/kernel/system-web.ts';
import { secureContext } from '../../src/engine/sources/certificate.ts';
import { alertTopics, type EmailSettings } from '../../src/shared/domain/alert.ts';
import type { AlertId } from '../../src/shared/domain/ids.ts';
import { freePort } from '../kit/daemon.ts';
import { SmtpServer, smtpIsMissing } from '../kit/smtp/smtp-server.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const missing = smtpIsMissing();
const modes = ['none', 'starttls', 'implicit'] as const;
const web = systemWeb({ trust: secureContext });

const message: Message = {
  ...{ id: 'alert00000000000000-1', title: 'Post wurde nicht gesichert ✉', text: 'Grüße.\nZweite Zeile.', log: '' },
  alerts: [
    {
      ...{ id: 'alert000000000000000' as AlertId, topic: 'backup-failed', level: alertTopics['backup-failed'].level, cause: 'c' },
      ...{ atMs: 0, job: null, storage: null, run: null, byPerson: false, failure: null, facts: {} },
    },
  ],
};

describe.skipIf(missing !== undefined)('a mail that tells something', () => {
  const servers = new Map<EmailSettings['tls'], SmtpServer>();
  beforeAll(async () => {
    for (const mode of modes) servers.set(mode, await SmtpServer.start(mode));
    // Whom the administrator trusts besides is read with the first connection.
    const together = path.join(temporaryFolder(), 'authorities.pem');
    const trusted = [servers.get('starttls'), servers.get('implicit')].map((server) =>
      fs.readFileSync(server?.authorityFile ?? ''),
    );
    fs.writeFileSync(together, Buffer.concat(trusted));
    process.env['NODE_EXTRA_CA_CERTS'] = together;
    secureContext();
  });
  afterAll(async () => {
    delete process.env['NODE_EXTRA_CA_CERTS'];
    for (const server of servers.values()) await server.stop();
  });

  const settingsOf = (tls: EmailSettings['tls'], more: Partial<EmailSettings> = {}): EmailSettings => ({
    ...{ kind: 'email', host: 'localhost', port: servers.get(tls)?.port ?? 0, tls, user: SmtpServer.user },
    ...{ from: 'strata@nord.example', to: ['anna@nord.example', 'office@nord.example'] },
    ...more,
  });
  const send = (settings: EmailSettings, password = SmtpServer.password): Promise<void> =>
    sendThrough({ settings }, password, message, web);

  it.each(modes)('arrives whole over a line with encryption: %s', async (tls) => {
    await send(settingsOf(tls));
    const [raw = ''] = servers.get(tls)?.mails() ?? [];
    const mail = await PostalMime.parse(raw);
    expect(mail).toMatchObject({
      subject: 'Strata: Post wurde nicht gesichert ✉',
      messageId: '<alert00000000000000-1@strata.invalid>',
      from: { address: 'strata@nord.example' },
    });
    expect(mail.to?.map(({ address }) => address)).toEqual(['anna@nord.example', 'office@nord.example']);
    expect(mail.text?.trim()).toBe('Grüße.\nZweite Zeile.');
    expect(mail.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }));
  });

  it.each([
    ['the password is wrong', {}, 'wrong', 'source.sign-in-refused'],
    ['nobody is called so', { to: ['nobody@nord.example'] }, undefined, 'alert.recipient-refused'],
    ['one of two is not known', { to: ['anna@nord.example', 'nobody@nord.example'] }, undefined, 'alert.recipient-refused'],
    ['the server wants it later', { to: ['later@nord.example'] }, undefined, 'alert.server-failed'],
    ['the host is not there', { host: 'no-such-host.invalid' }, undefined, 'source.host-unknown'],
  ] as const)('is refused when %s', async (_why, more, password, code) => {
    await expect(send(settingsOf('implicit', more), password)).rejects.toMatchObject({ code });
  });

  it('is refused where nobody listens', async () => {
    const port = await freePort();
    await expect(send(settingsOf('implicit', { port }))).rejects.toMatchObject({ code: 'source.connection-refused' });
  });

  it('is not sent in the open where encryption was asked for', async () => {
    const { port } = settingsOf('none');
    await expect(send(settingsOf('starttls', { port }))).rejects.toMatchObject({ code: 'source.tls-refused' });
  });

  it.each(['starttls', 'implicit'] as const)('is sent to no server that the system does not trust: %s', async (tls) => {
    const stranger = await SmtpServer.start(tls);
    onTestFinished(() => stranger.stop());
    const { port } = stranger;
    await expect(send(settingsOf(tls, { port }))).rejects.toMatchObject({ code: 'source.tls-untrusted' });
    expect(stranger.mails()).toEqual([]);
  });
});

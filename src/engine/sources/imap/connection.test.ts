import { password as credential } from '../testing/credentials.ts';
import { X509Certificate } from 'node:crypto';
import tls, { rootCertificates } from 'node:tls';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type CertificateName,
  certificatePem,
  EmulatedImapServer,
  type Emulation,
} from '../../../../test/kit/emulated/imap-server.ts';
import type { ImapSettings, TlsMode } from '../../../shared/domain/source-settings.ts';
import { Cancelled, isStrataError, type StrataError } from '../../../shared/domain/strata-error.ts';
import { systemClock } from '../../kernel/system-clock.ts';
import { testRun } from '../testing/test-run.ts';
import type { CredentialReader } from '../credential.ts';
import { connectImap, type ImapLimits } from './connection.ts';

// As a system would that trusts these two; `localhost` and `successor` stay unknown to it.
tls.setDefaultCACertificates([...rootCertificates, certificatePem('elsewhere'), certificatePem('expired')]);

const password = 'correct horse battery';
const limits: ImapLimits = { connectMs: 3000, silenceMs: 3000, retryAfterMs: 1 };

describe('connecting to an emulated IMAP server', () => {
  const open: EmulatedImapServer[] = [];
  afterEach(async () => {
    for (const server of open.splice(0)) await server.close();
  });

  const start = async (emulation: Emulation): Promise<EmulatedImapServer> => {
    const server = await EmulatedImapServer.start(emulation);
    open.push(server);
    return server;
  };
  const settings = (port: number, mode: TlsMode, more: Partial<ImapSettings> = {}): ImapSettings => ({
    kind: 'imap',
    host: 'localhost',
    port,
    tls: mode,
    user: 'ada',
    certificateSha256: null,
    exclude: [],
    ...more,
  });
  const run = { ...testRun(), clock: systemClock };
  const connect = async (to: ImapSettings, within: Partial<ImapLimits> = {}): Promise<void> => {
    const client = await connectImap(to, credential(password), { ...limits, ...within }, run);
    client.close();
  };
  /** The failure, having made sure that the password went nowhere and is nowhere in it. */
  const refusal = async (server: EmulatedImapServer, to: ImapSettings): Promise<StrataError> => {
    const error = await connect(to).catch((caught: unknown) => caught);
    if (!isStrataError(error)) throw new Error('it was not refused', { cause: error });
    expect(server.heard.filter((line) => /LOGIN|AUTHENTICATE/.test(line))).toEqual([]);
    return error;
  };

  it.for<[string, TlsMode, Emulation]>([
    ['in plain text, when that was chosen', 'none', {}],
    ['with TLS from the first byte', 'implicit', { implicitTls: 'localhost' }],
    ['with STARTTLS', 'starttls', { startTls: 'localhost' }],
  ])('signs in %s', async ([, mode, emulation]) => {
    const server = await start(emulation);
    await connect(settings(server.port, mode, { certificateSha256: mode === 'none' ? null : sha256('localhost') }));
    expect(server.heard).toContain(`LOGIN "ada" "${password}"`);
  });

  describe('never sends the password', () => {
    it.for<[string, TlsMode, Emulation, object]>([
      ['where STARTTLS is not offered', 'starttls', {}, { code: 'source.starttls-refused' }],
      ['where STARTTLS is refused', 'starttls', { startTls: 'refused' }, { code: 'source.starttls-refused' }],
      [
        'where plain text follows the consent to STARTTLS',
        'starttls',
        { startTls: 'injects' },
        { code: 'source.starttls-refused' },
      ],
      ['where no TLS is spoken', 'implicit', {}, { code: 'source.tls-refused' }],
      [
        'where a greeting pretends that all is done, before STARTTLS',
        'starttls',
        { greeting: '* PREAUTH hello' },
        { code: 'source.starttls-refused' },
      ],
      [
        'where a greeting pretends that all is done, and STARTTLS works',
        'starttls',
        { greeting: '* PREAUTH hello', startTls: 'localhost' },
        { code: 'source.protocol', facts: { reason: 'PREAUTH' } },
      ],
      ['where a greeting pretends that all is done', 'none', { greeting: '* PREAUTH hello' }, { code: 'source.protocol' }],
      [
        'in plain text where the server does not want that',
        'none',
        { capabilities: 'IMAP4rev1 LOGINDISABLED' },
        { code: 'source.tls-refused' },
      ],
      ['over TLS older than 1.2', 'implicit', { implicitTls: 'localhost', tlsOptions: oldTls() }, { code: 'source.tls-refused' }],
    ])('%s', async ([, mode, emulation, failure]) => {
      const server = await start(emulation);
      expect(await refusal(server, settings(server.port, mode))).toMatchObject(failure);
    });

    it.for<[string, CertificateName, string]>([
      ['made by itself', 'localhost', 'self-signed'],
      ['for another name', 'elsewhere', 'wrong-name'],
      ['that has expired', 'expired', 'expired'],
    ])('to a certificate %s, and shows its fingerprint', async ([, certificate, reason]) => {
      for (const [mode, emulation] of [
        ['implicit', { implicitTls: certificate }],
        ['starttls', { startTls: certificate }],
      ] as const) {
        const server = await start(emulation);
        const error = await refusal(server, settings(server.port, mode));
        expect(error).toMatchObject({ code: 'source.tls-untrusted', retry: 'after-user-action' });
        expect(error.facts).toMatchObject({ reason, sha256: sha256(certificate) });
      }
    });

    it('to another certificate than the approved one, even where the system trusts it', async () => {
      for (const certificate of ['successor', 'elsewhere'] as const) {
        const server = await start({ implicitTls: certificate });
        const error = await refusal(server, settings(server.port, 'implicit', { certificateSha256: sha256('localhost') }));
        expect(error.facts).toMatchObject({ reason: 'changed', sha256: sha256(certificate) });
      }
    });
  });

  it('accepts an approved certificate whatever is wrong with it', async () => {
    for (const certificate of ['localhost', 'elsewhere', 'expired'] as const) {
      const server = await start({ startTls: certificate });
      await connect(settings(server.port, 'starttls', { certificateSha256: sha256(certificate) }));
    }
  });

  it('tells a wrong password from a server that has trouble, and keeps the password out of what it tells', async () => {
    const refusing = (text: string): Emulation => ({
      answer: ({ tag, verb }, _connection, { send }) => {
        if (verb === 'LOGIN') send(`${tag} NO ${text}\r\n`);
        return verb === 'LOGIN';
      },
    });
    const wrong = await start(refusing('[AUTHENTICATIONFAILED] no'));
    const error = await connect(settings(wrong.port, 'none')).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'source.sign-in-refused', retry: 'after-user-action', facts: { user: 'ada' } });
    expect(inspect(error, { depth: 20 })).not.toContain(password);
    const busy = await start(refusing('[UNAVAILABLE] later'));
    await expect(connect(settings(busy.port, 'none'))).rejects.toMatchObject({ code: 'source.busy', retry: 'later' });
  });

  it('gives up at its deadline on a server that says nothing, or nothing more', async () => {
    const silent = await start({ greeting: null });
    const mute = await start({ answer: ({ verb }) => verb === 'LOGIN' });
    for (const server of [silent, mute]) {
      const begun = performance.now();
      await expect(connect(settings(server.port, 'none'), { connectMs: 150 })).rejects.toMatchObject({
        code: 'source.timed-out',
      });
      expect(performance.now() - begun).toBeLessThan(1500);
    }
  });

  it('says so where nobody listens, the name is unknown, or the server hangs up', async () => {
    const gone = await EmulatedImapServer.start();
    const { port } = gone;
    await gone.close();
    const rude = await start({ greeting: '* BYE too many connections' });
    const fickle = await start({ answer: (_command, _connection, { hangUp }) => (hangUp(), true) });
    const later = (code: string): object => ({ code: `source.${code}`, retry: 'later' });
    await expect(connect(settings(port, 'none'))).rejects.toMatchObject(later('connection-refused'));
    const nowhere = settings(143, 'none', { host: 'no-such-host.invalid' });
    await expect(connect(nowhere)).rejects.toMatchObject(later('host-unknown'));
    await expect(connect(settings(rude.port, 'none'))).rejects.toMatchObject(later('too-many-connections'));
    await expect(connect(settings(fickle.port, 'none'))).rejects.toMatchObject(later('unreachable'));
  });

  it('tells a web page that answers in place of the server, without waiting for more', async () => {
    for (const greeting of ['HTTP/1.1 400 Bad Request\r\nContent-Type: text/html', '<html><body>Welcome to our hotel']) {
      const portal = await start({ greeting });
      await expect(connect(settings(portal.port, 'none'))).rejects.toMatchObject({ code: 'source.web-page', retry: 'later' });
    }
  });

  it('tries a refused token’s successor once, and then tells that it is not enough', async () => {
    const tokens = ['old', 'new', 'newer'];
    const dropped: string[] = [];
    const said = (token: string): string => Buffer.from(`user=ada\x01auth=Bearer ${token}\x01\x01`).toString('base64');
    const emulation = (good: string): Emulation => ({
      capabilities: 'IMAP4rev1 AUTH=XOAUTH2',
      answer: ({ tag, verb, rest }, _connection, { send }) => {
        if (verb !== 'AUTHENTICATE') return false;
        send(rest === `XOAUTH2 ${said(good)}` ? `${tag} OK in\r\n` : `${tag} NO [AUTHENTICATIONFAILED] no\r\n`);
        return true;
      },
    });
    const connectWith = async (server: EmulatedImapServer): Promise<void> => {
      const left = [...tokens];
      const reader: CredentialReader = async () => {
        const accessToken = left.shift() ?? '';
        return { kind: 'token', accessToken, drop: () => void dropped.push(accessToken) };
      };
      const client = await connectImap(settings(server.port, 'none'), reader, limits, { ...testRun(), clock: systemClock });
      client.close();
    };
    await connectWith(await start(emulation('new')));
    expect(dropped).toEqual(['old']);
    await expect(connectWith(await start(emulation('newer')))).rejects.toMatchObject({
      code: 'source.consent-needed',
      facts: { user: 'ada' },
    });
  });

  it('tells that no token helps at a server that takes none, and sends it none', async () => {
    const heard: string[] = [];
    const server = await start({
      capabilities: 'IMAP4rev1 AUTH=PLAIN',
      answer: ({ verb }) => (heard.push(verb), false),
    });
    const reader: CredentialReader = async () => ({ kind: 'token', accessToken: 'good', drop: () => undefined });
    const attempt = connectImap(settings(server.port, 'none'), reader, limits, { ...testRun(), clock: systemClock });
    await expect(attempt).rejects.toMatchObject({ code: 'source.takes-no-token', retry: 'after-user-action' });
    expect(heard).not.toContain('AUTHENTICATE');
    expect(heard).not.toContain('LOGIN');
  });

  it('asks for no other token where the server says that more has to be allowed', async () => {
    const said = Buffer.from('{"status":"insufficient_scope","scope":"mail"}').toString('base64');
    const server = await start({
      capabilities: 'IMAP4rev1 AUTH=OAUTHBEARER',
      answer: ({ tag, verb }, _connection, { send }) => {
        if (verb === 'AUTHENTICATE') return send(`+ ${said}\r\n${tag} NO failed\r\n`), true;
        return false;
      },
    });
    let read = 0;
    const reader: CredentialReader = async () => ({ kind: 'token', accessToken: `t${(read += 1)}`, drop: () => undefined });
    const attempt = connectImap(settings(server.port, 'none'), reader, limits, { ...testRun(), clock: systemClock });
    await expect(attempt).rejects.toMatchObject({ code: 'source.consent-needed' });
    expect(read).toBe(1);
  });

  it('stops at once when it is cancelled', async () => {
    const server = await start({ greeting: null });
    const cancelled = testRun();
    const attempt = connectImap(settings(server.port, 'none'), credential(password), limits, cancelled);
    setTimeout(() => cancelled.stop(), 20);
    await expect(attempt).rejects.toBeInstanceOf(Cancelled);
  });
});

function sha256(name: CertificateName): string {
  const certificate = new X509Certificate(certificatePem(name));
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase();
}

function oldTls(): tls.TlsOptions {
  return { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
}

import { describe, expect, it } from 'vitest';
import type { ImapSettings } from '../../../shared/domain/source-settings.ts';
import { Cancelled, StrataError } from '../../../shared/domain/strata-error.ts';
import { commandFailure, connectFailure } from './failure.ts';

const settings: ImapSettings = {
  kind: 'imap',
  host: 'mail.example.org',
  port: 993,
  tls: 'implicit',
  user: 'ada',
  certificateSha256: null,
  exclude: [],
};
const idle = new AbortController().signal;
const foreign = (facts: object): Error => Object.assign(new Error('server says: secret things'), facts);

describe('what went wrong while connecting', () => {
  it.for<[object, string, string]>([
    [{ code: 'ECONNREFUSED', syscall: 'connect' }, 'source.connection-refused', 'later'],
    [{ code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'source.host-unknown', 'later'],
    [{ code: 'EAI_AGAIN', syscall: 'getaddrinfo' }, 'source.host-unknown', 'later'],
    [{ code: 'ENETUNREACH', syscall: 'connect' }, 'source.unreachable', 'later'],
    [{ code: 'ETIMEDOUT', syscall: 'connect' }, 'source.timed-out', 'later'],
    [{ code: 'CONNECT_TIMEOUT' }, 'source.timed-out', 'later'],
    [{ code: 'GREETING_TIMEOUT' }, 'source.timed-out', 'later'],
    [{ code: 'ClosedAfterConnectTLS' }, 'source.unreachable', 'later'],
    [{ code: 'ClosedAfterConnectText', reason: 'Too many connections' }, 'source.too-many-connections', 'later'],
    [{ code: 'ClosedAfterConnectText', reason: 'bye' }, 'source.unreachable', 'later'],
    [{ code: 'NoConnection', authenticationFailed: true }, 'source.unreachable', 'later'],
    [{ authenticationFailed: true, serverResponseCode: 'UNAVAILABLE' }, 'source.busy', 'later'],
    [{ authenticationFailed: true, serverResponseCode: 'AUTHENTICATIONFAILED' }, 'source.sign-in-refused', 'after-user-action'],
    [{ authenticationFailed: true }, 'source.sign-in-refused', 'after-user-action'],
    [{ tlsFailed: true }, 'source.tls-refused', 'after-user-action'],
    [{ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'source.tls-refused', 'after-user-action'],
    [{ code: 'EPROTO', syscall: 'write' }, 'source.tls-refused', 'after-user-action'],
    [{ code: 'InvalidResponse' }, 'source.protocol', 'later'],
    [{}, 'source.protocol', 'later'],
  ])('%j is told as %s, to be tried again %s', ([facts, code, retry]) => {
    expect(connectFailure(foreign(facts), settings, idle)).toMatchObject({ code, retry });
  });
});

it('a server that does not go over to TLS is told from one that does not begin with it', () => {
  expect(connectFailure(foreign({ tlsFailed: true }), { ...settings, tls: 'starttls' }, idle)).toMatchObject({
    code: 'source.starttls-refused',
  });
});

describe('what went wrong with a command', () => {
  it.for<[object, string | null, string]>([
    [{ code: 'NoConnection' }, 'INBOX', 'source.disconnected'],
    [{ code: 'ETIMEOUT' }, 'INBOX', 'source.disconnected'],
    [{ code: 'ECONNRESET', syscall: 'read' }, null, 'source.disconnected'],
    [{ code: 'ETHROTTLE', responseStatus: 'BAD' }, 'INBOX', 'source.throttled'],
    [{ responseStatus: 'NO', mailboxMissing: true }, 'INBOX', 'folder.unreadable'],
    [{ responseStatus: 'BAD' }, 'INBOX', 'folder.unreadable'],
    [{ responseStatus: 'NO' }, null, 'source.protocol'],
    [{ code: 'UnexpectedTag' }, 'INBOX', 'source.protocol'],
  ])('%j, folder %s, is told as %s', ([facts, folder, code]) => {
    expect(commandFailure(foreign(facts), settings, folder, idle)).toMatchObject({ code, retry: 'later' });
  });

  it('names the reason in words of the protocol, never in those of the server', () => {
    const failure = commandFailure(foreign({ responseStatus: 'NO', serverResponseCode: 'NOPERM' }), settings, 'Work', idle);
    expect(failure).toMatchObject({ facts: { folder: 'Work', reason: 'NOPERM' } });
    expect(JSON.stringify((failure as StrataError).facts)).not.toContain('secret');
  });
});

it('what a cancel breaks is the cancel', () => {
  for (const judge of [connectFailure, (error: unknown) => commandFailure(error, settings, 'INBOX', AbortSignal.abort())]) {
    expect(judge(foreign({ code: 'NoConnection' }), settings, AbortSignal.abort())).toBeInstanceOf(Cancelled);
  }
});

it('our own failures and bugs stay what they are', () => {
  for (const error of [
    new StrataError('source.needs-secret', 'after-user-action'),
    new Cancelled('stopped'),
    new TypeError('bug'),
  ]) {
    expect(connectFailure(error, settings, idle)).toBe(error);
    expect(commandFailure(error, settings, 'INBOX', idle)).toBe(error);
  }
});

import { describe, expect, it } from 'vitest';
import type { StrataErrorCode } from '../../../shared/domain/error-codes.ts';
import { signInFailure } from './sign-in-failure.ts';

const account = { host: 'mail.example.org', user: 'ada' };

describe('what a server says when it lets nobody in', () => {
  it.for<[who: string, code: string, text: string, told: StrataErrorCode, retry: string]>([
    ['Gmail', 'AUTHENTICATIONFAILED', 'Invalid credentials (Failure)', 'source.sign-in-refused', 'after-user-action'],
    ['Gmail', 'ALERT', 'Invalid credentials (Failure)', 'source.sign-in-refused', 'after-user-action'],
    [
      'Gmail',
      'ALERT',
      'Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
      'source.app-password-needed',
      'after-user-action',
    ],
    [
      'Gmail',
      'ALERT',
      'Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)',
      'source.browser-sign-in-needed',
      'after-user-action',
    ],
    ['Gmail', 'WEBALERT', 'https://accounts.google.com/x', 'source.browser-sign-in-needed', 'after-user-action'],
    [
      'Gmail',
      'ALERT',
      'Your account is not enabled for IMAP use. Please visit your Gmail settings page and enable your account for IMAP access. (Failure)',
      'source.switched-off',
      'after-user-action',
    ],
    ['Gmail', 'ALERT', 'Too many simultaneous connections. (Failure)', 'source.too-many-connections', 'later'],
    ['Gmail', 'OVERQUOTA', 'Account exceeded command or bandwidth limits. (Failure)', 'source.throttled', 'later'],
    ['Gmail', 'UNAVAILABLE', 'Temporary System Error (Failure)', 'source.busy', 'later'],
    ['Outlook', '', 'AUTHENTICATE failed.', 'source.sign-in-refused', 'after-user-action'],
    ['Outlook', '', 'LOGIN failed. BasicAuthBlocked', 'source.browser-sign-in-needed', 'after-user-action'],
    ['Outlook', '', 'User is authenticated but not connected.', 'source.switched-off', 'after-user-action'],
    ['Outlook', '', 'Request is throttled. Suggested Backoff Time: 57196 milliseconds', 'source.too-many-attempts', 'later'],
    ['Yahoo', 'LIMIT', 'LOGIN Rate limit hit', 'source.too-many-attempts', 'later'],
    ['Yahoo', 'SERVERBUG', 'LOGIN Server error - Please try again later', 'source.busy', 'later'],
    [
      'Yandex',
      'AUTHENTICATIONFAILED',
      'LOGIN invalid credentials or IMAP is disabled sc=x',
      'source.switched-off',
      'after-user-action',
    ],
    [
      'Mail.ru',
      'AUTHENTICATIONFAILED',
      'NEOBHODIM parol prilozheniya https://help.mail.ru/mail/security/protection/external / Application password is REQUIRED',
      'source.app-password-needed',
      'after-user-action',
    ],
    [
      'Zoho',
      'ALERT',
      'You are yet to enable IMAP for your account. Please contact your administrator',
      'source.switched-off',
      'after-user-action',
    ],
    ['Dovecot', 'AUTHENTICATIONFAILED', 'Authentication failed.', 'source.sign-in-refused', 'after-user-action'],
    ['Dovecot', 'UNAVAILABLE', 'Temporary authentication failure.', 'source.busy', 'later'],
    [
      'Dovecot',
      'LIMIT',
      'Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)',
      'source.too-many-connections',
      'later',
    ],
    ['Dovecot', 'CONTACTADMIN', 'Account is disabled.', 'source.account-locked', 'after-user-action'],
    ['Dovecot', 'EXPIRED', 'Password expired', 'source.password-expired', 'after-user-action'],
    ['RFC 5530', 'LIMIT', '', 'source.too-many-connections', 'later'],
    ['RFC 5530', 'INUSE', '', 'source.busy', 'later'],
    ['RFC 5530', 'CONTACTADMIN', '', 'source.account-locked', 'after-user-action'],
    ['a firewall', '', 'Too many failed login attempts, come back later', 'source.too-many-attempts', 'later'],
    ['a provider', '', 'Your account has been locked', 'source.account-locked', 'after-user-action'],
    ['a server', '', '', 'source.sign-in-refused', 'after-user-action'],
  ])('%s: [%s] %s → %s', ([, code, text, told, retry]) => {
    expect(signInFailure({ code, text }, account, undefined)).toMatchObject({ code: told, retry, facts: account });
  });

  it('is told in our words alone: its own may hold anything', () => {
    const failure = signInFailure({ code: 'ALERT', text: 'call 555-0100 with your app password' }, account, undefined);
    expect(JSON.stringify(failure.facts)).not.toContain('555');
  });

  it('is read in no time, however long it is', () => {
    const text = `${'account '.repeat(20_000)}too many ${'x '.repeat(20_000)}`;
    const failure = signInFailure({ code: '', text }, account, undefined);
    expect(failure.code).toBe('source.sign-in-refused');
  });
});

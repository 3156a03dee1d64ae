import { describe, expect, it } from 'vitest';
import { hintOf, isAddress, mailServerOf } from './providers.ts';

describe('the server of an address', () => {
  it('is the provider’s where it is known, under the name that it knows people by', () => {
    expect(mailServerOf('Anna@GMX.de')).toEqual({
      imap: { host: 'imap.gmx.net', port: 993, tls: 'implicit' },
      user: 'Anna@GMX.de',
    });
    expect(mailServerOf('anna@proton.me').imap).toEqual({ host: '127.0.0.1', port: 1143, tls: 'starttls' });
    expect(mailServerOf(' anna@free.fr ').user).toBe('anna');
  });

  it('is guessed from the domain otherwise, always with TLS', () => {
    expect(mailServerOf('anna@nord.example').imap).toEqual({ host: 'imap.nord.example', port: 993, tls: 'implicit' });
  });

  it.each([
    ['anna@nord.example', true],
    [' anna@nord.example ', true],
    ['anna', false],
    ['anna@nord', false],
    ['anna @nord.example', false],
  ])('%j: an address? %s', (text, expected) => {
    expect(isAddress(text)).toBe(expected);
  });
});

it('A person is told before typing which password is wanted, and nothing where the usual one is taken', () => {
  expect(hintOf(['app-password', 'oauth'])).toBe('app-password');
  expect(hintOf(['oauth'])).toBe('browser-only');
  expect(hintOf(['bridge'])).toBe('bridge');
  expect([hintOf(['password']), hintOf(['oauth', 'password']), hintOf([])]).toEqual([null, null, null]);
});

import { describe, expect, it } from 'vitest';
import { isAddress, providerOf } from './providers.ts';

describe('the server of an address', () => {
  it('is the provider’s where it is known', () => {
    expect(providerOf('Anna@GMX.de')).toEqual({ host: 'imap.gmx.net', port: 993, tls: 'implicit', hint: null });
    expect(providerOf('anna@gmail.com').hint).toBe('app-password');
    expect(providerOf('anna@outlook.com').hint).toBe('browser-only');
    expect(providerOf('anna@proton.me')).toMatchObject({ host: '127.0.0.1', port: 1143, tls: 'starttls' });
  });

  it('is guessed from the domain otherwise, always with TLS', () => {
    expect(providerOf('anna@nord.example')).toEqual({ host: 'imap.nord.example', port: 993, tls: 'implicit', hint: null });
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

import { describe, expect, test } from 'vitest';
import { type Answers, firstAnswers, settingsOf, withAddress } from './answers.ts';
import { signInOf, wayOf } from './browser-account.ts';

const at = (address: string, more: Partial<Answers> = {}): Answers => ({ ...withAddress(firstAnswers, address), ...more });

describe('signing in to an account in the browser', () => {
  test('is proposed where the provider takes no password, and nowhere else', () => {
    expect(wayOf(at('anna@outlook.com'))).toBe('browser');
    for (const address of ['anna@gmail.com', 'anna@nord.example']) expect(wayOf(at(address))).toBe('password');
    expect(wayOf(at('anna@gmail.com', { what: 'calendars', url: 'https://apidata.googleusercontent.com/caldav/v2/' }))).toBe(
      'browser',
    );
    expect(wayOf(at('anna@outlook.com', { what: 'files' }))).toBe('password');
  });

  test('is as a person wants it', () => {
    expect(wayOf(at('anna@outlook.com', { way: 'password' }))).toBe('password');
    expect(wayOf(at('anna@nord.example', { way: 'browser' }))).toBe('browser');
  });

  test('of a known provider needs a client id alone', () => {
    expect(signInOf(at('anna@outlook.com'))).toBeUndefined();
    expect(signInOf(at('anna@outlook.com', { clientId: ' mine ' }))).toMatchObject({
      clientId: 'mine',
      server: { by: 'endpoints', token: expect.stringMatching(/^https:\/\/login\.microsoftonline\.com\//) },
      scopes: expect.arrayContaining(['offline_access']),
    });
  });

  test('of another one needs its address with https', () => {
    const other = (issuer: string) =>
      signInOf(at('anna@nord.example', { way: 'browser', clientId: 'mine', issuer, scopes: ' mail  more ' }));
    expect(other('https://id.nord.example/realms/nord')).toMatchObject({
      server: { by: 'issuer', issuer: 'https://id.nord.example/realms/nord' },
      scopes: ['mail', 'more'],
    });
    for (const odd of ['', 'id.nord.example', 'http://id.nord.example', 'https://a b', 'https://anna@id.nord.example'])
      expect(other(odd), odd).toBeUndefined();
  });

  test('is in the settings of the source, and a password’s account has none of it', () => {
    const answers = at('anna@outlook.com', { clientId: 'mine' });
    expect(settingsOf(answers, null)).toMatchObject({ signIn: { method: 'oauth', clientId: 'mine' } });
    expect(settingsOf({ ...answers, way: 'password' }, null)).not.toHaveProperty('signIn');
  });
});

import { expect, it } from 'vitest';
import { mailProviders, providerOfDomain, providerOfExchanger, providerOfHost } from './mail-providers.ts';

it('every address that a person is sent to, or a password to, is encrypted', () => {
  for (const { imap, caldav, carddav, appPasswords, imapSwitch, oauth } of mailProviders) {
    expect(imap.tls).not.toBe('none');
    const links = [caldav, carddav, appPasswords, imapSwitch, oauth?.registration, ...Object.values(oauth?.server ?? {})];
    for (const link of links) if (link != null && link !== 'endpoints') expect(link).toMatch(/^https:\/\/[a-z0-9.-]+(?::\d+)?\//);
  }
});

it('every domain belongs to one provider', () => {
  const domains = mailProviders.flatMap((provider) => provider.domains);
  expect(new Set(domains).size).toBe(domains.length);
  for (const domain of domains) expect(providerOfDomain(domain.toUpperCase())?.domains).toContain(domain);
});

it('whoever wants an app password or a browser says where', () => {
  for (const { name, signIn, appPasswords, oauth } of mailProviders) {
    if (signIn.includes('app-password')) expect(appPasswords, name).not.toBeNull();
    if (signIn.includes('oauth')) expect(oauth, name).not.toBeNull();
  }
});

it('a provider is known by its server and by whom it takes mail in with, not by a name that only looks like it', () => {
  expect(providerOfHost('IMAP.gmx.net')?.name).toBe('GMX');
  expect(providerOfHost('caldav.icloud.com')?.name).toBe('iCloud');
  // A server on this computer may be anybody's.
  expect(providerOfHost('127.0.0.1')).toBeUndefined();
  expect(providerOfExchanger('aspmx.l.google.com.')?.name).toBe('Gmail');
  expect(providerOfExchanger('nord-example.mail.protection.outlook.com')?.name).toBe('Microsoft 365, Outlook.com');
  expect(providerOfExchanger('notgoogle.com')).toBeUndefined();
});

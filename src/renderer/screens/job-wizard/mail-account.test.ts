import { describe, expect, it } from 'vitest';
import { atMailServer, foundMail, isNamed, type MailProposal } from './mail-account.ts';

const proposal = (origin: MailProposal['origin'], host = 'mail.nord.example'): MailProposal => ({
  ...{ service: 'imap', host, port: 143, tls: 'starttls', user: 'anna', origin, certainty: 'likely', isForeign: false },
  signIn: ['password'],
});
const asked = (...answered: boolean[]) => answered.map((one) => ({ how: 'dns' as const, host: 'nord.example', answered: one }));
const discovery = { domain: 'nord.example', provider: null };

describe('the mail server of an address', () => {
  it('is one of those for mail, and not of those for calendars', () => {
    const calendars = { ...proposal('srv'), service: 'caldav' as const, url: 'https://dav.nord.example/' };
    const found = foundMail('anna@nord.example', { ...discovery, proposals: [calendars, proposal('srv')], asked: [] }, false);
    expect(found.proposals).toEqual([proposal('srv')]);
  });

  it('is filled in with port, encryption and the name that the domain wants, and with no certificate of another one', () => {
    expect(atMailServer(proposal('autoconfig'))).toEqual({
      ...{ host: 'mail.nord.example', port: 143, tls: 'starttls', user: 'anna', certificateSha256: null },
    });
  });

  it('is not called missing where nobody could be asked', () => {
    const nobody = (...answered: boolean[]) =>
      foundMail('anna@nord.example', { ...discovery, proposals: [], asked: asked(...answered) }, false).isOffline;
    expect([nobody(false, false), nobody(false, true), nobody()]).toEqual([true, false, false]);
  });

  it('is not named by anybody where one of the usual name merely exists', () => {
    const named = (...proposals: MailProposal[]) =>
      isNamed(foundMail('a@b.example', { ...discovery, proposals, asked: [] }, false));
    expect([named(), named(proposal('guess')), named(proposal('srv'))]).toEqual([false, false, true]);
  });
});

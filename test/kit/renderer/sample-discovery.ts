import type { CallOutput } from '../../../src/shared/contract/calls.ts';
import { domainOfAddress, providerOfDomain } from '../../../src/shared/domain/mail-providers.ts';

type Discovery = CallOutput<'source.discover'>;

/**
 * Providers of the table are known; `nobody.example` has nothing but what the directory says; at `usual.example` a name merely exists;
 * `offline.example` cannot be asked; every other domain has a server in DNS, and one elsewhere.
 */
export function discoveryOf(address: string, askDirectory: boolean): Discovery {
  const domain = domainOfAddress(address) ?? '';
  const known = providerOfDomain(domain);
  if (known !== undefined) {
    const { host, port, tls } = known.imap;
    const about = {
      user: address,
      origin: 'provider',
      certainty: 'likely',
      isForeign: false,
      signIn: [...known.signIn],
    } as const;
    const mail = { service: 'imap', host, port, tls: tls === 'starttls' ? tls : 'implicit', ...about } as const;
    return { domain, provider: known.name, proposals: [mail], asked: [] };
  }
  const asked = [`_imaps._tcp.${domain}`, `_caldavs._tcp.${domain}`].map(
    (host) => ({ how: 'dns', host, answered: domain !== 'offline.example' }) as const,
  );
  const about = { user: address, signIn: ['password'], certainty: 'likely' } as const;
  const ofDirectory = {
    service: 'imap',
    host: 'mx7.hoster.example',
    port: 143,
    tls: 'starttls',
    isForeign: true,
    ...about,
  } as const;
  if (domain === 'nobody.example') {
    const proposals = askDirectory ? [{ ...ofDirectory, origin: 'directory' } as const] : [];
    return { domain, provider: null, proposals, asked };
  }
  if (domain === 'offline.example') return { domain, provider: null, proposals: [], asked };
  if (domain === 'usual.example') {
    const guess = { service: 'imap', host: `mail.${domain}`, port: 993, tls: 'implicit', isForeign: false, ...about } as const;
    return { domain, provider: null, proposals: [{ ...guess, origin: 'guess', certainty: 'guess' }], asked };
  }
  return {
    domain,
    provider: null,
    proposals: [
      { service: 'imap', host: `imap.${domain}`, port: 993, tls: 'implicit', origin: 'srv', isForeign: false, ...about },
      { ...ofDirectory, origin: 'autoconfig' },
      { service: 'caldav', url: `https://dav.${domain}/`, origin: 'well-known', isForeign: false, ...about },
      { service: 'carddav', url: 'https://cards.hoster.example/', origin: 'srv', isForeign: true, ...about },
      { service: 'carddav', url: `https://dav.${domain}/`, origin: 'well-known', isForeign: false, ...about },
      { service: 'jmap', url: `https://mail.${domain}/.well-known/jmap`, origin: 'srv', isForeign: false, ...about },
    ],
    asked: [...asked, { how: 'web', host: `autoconfig.${domain}`, answered: false }],
  };
}

import type { CallOutput } from '../../../src/shared/contract/calls.ts';
import { domainOfAddress, providerOfDomain } from '../../../src/shared/domain/mail-providers.ts';

type Discovery = CallOutput<'source.discover'>;

/** Providers of the table are known; `nobody.example` has nothing; every other domain has a server in DNS, and one elsewhere. */
export function discoveryOf(address: string): Discovery {
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
    (host) => ({ how: 'dns', host, answered: true }) as const,
  );
  if (domain === 'nobody.example') return { domain, provider: null, proposals: [], asked };
  const about = { user: address, signIn: ['password'], certainty: 'likely' } as const;
  return {
    domain,
    provider: null,
    proposals: [
      { service: 'imap', host: `imap.${domain}`, port: 993, tls: 'implicit', origin: 'srv', isForeign: false, ...about },
      { service: 'imap', host: 'mx7.hoster.example', port: 143, tls: 'starttls', origin: 'directory', isForeign: true, ...about },
      { service: 'caldav', url: `https://dav.${domain}/`, origin: 'well-known', isForeign: false, ...about },
      { service: 'carddav', url: 'https://cards.hoster.example/', origin: 'srv', isForeign: true, ...about },
      { service: 'carddav', url: `https://dav.${domain}/`, origin: 'well-known', isForeign: false, ...about },
      { service: 'jmap', url: `https://mail.${domain}/.well-known/jmap`, origin: 'srv', isForeign: false, ...about },
    ],
    asked: [...asked, { how: 'web', host: `autoconfig.${domain}`, answered: false }],
  };
}

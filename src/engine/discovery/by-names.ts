import type { Proposal, ProposedPlace } from '../../shared/domain/discovery.ts';
import { providerOfExchanger, providerOfHost } from '../../shared/domain/mail-providers.ts';
import type { ServiceRecord } from '../kernel/names.ts';
import { type Account, isWithin } from './account.ts';
import type { Inquiry } from './inquiry.ts';
import { proposalsOf } from './by-provider.ts';

/** RFC 6186, 6764, 8314 and 8620: what DNS names for each service. Only what is encrypted from the first byte, or by required STARTTLS. */
export async function askServices(inquiry: Inquiry, account: Account): Promise<readonly Proposal[]> {
  const [imaps, imap, caldavs, carddavs, jmap] = await Promise.all([
    records(inquiry, '_imaps._tcp'),
    records(inquiry, '_imap._tcp'),
    davPlaces(inquiry, 'caldav'),
    davPlaces(inquiry, 'carddav'),
    jmapPlaces(inquiry),
  ]);
  const mail = (found: readonly ServiceRecord[], tls: 'implicit' | 'starttls'): ProposedPlace[] =>
    found.map(({ host, port }) => ({ service: 'imap', host, port, tls }));
  return [...mail(imaps, 'implicit'), ...mail(imap, 'starttls'), ...caldavs, ...carddavs, ...jmap].map((place) =>
    named(place, account, 'srv'),
  );
}

const usable = ({ host, port }: ServiceRecord): boolean => host !== '.' && port > 0 && /^[a-z0-9.-]+$/i.test(host);

/** The best first, at most three: more are the same service on other machines. */
async function records(inquiry: Inquiry, service: string): Promise<readonly ServiceRecord[]> {
  const name = `${service}.${inquiry.domain}`;
  const found = (await inquiry.names(name, (names) => names.services(name))) ?? [];
  return found
    .filter(usable)
    .toSorted((one, other) => one.priority - other.priority || other.weight - one.weight)
    .slice(0, 3)
    .map((one) => ({ ...one, host: one.host.replace(/\.$/, '').toLowerCase() }));
}

async function davPlaces(inquiry: Inquiry, service: 'caldav' | 'carddav'): Promise<readonly ProposedPlace[]> {
  const found = await records(inquiry, `_${service}s._tcp`);
  if (found.length === 0) return [];
  const name = `_${service}s._tcp.${inquiry.domain}`;
  const texts = (await inquiry.names(name, (names) => names.texts(name))) ?? [];
  const said = texts.map((text) => /^path=(\/\S{0,500})$/.exec(text)?.[1]).find((path) => path !== undefined);
  return found.map(({ host, port }) => ({
    service,
    url: `https://${host}${port === 443 ? '' : `:${port}`}${said ?? `/.well-known/${service}`}`,
  }));
}

/** RFC 8620, section 2.2: the session is at the well-known place of the host. */
async function jmapPlaces(inquiry: Inquiry): Promise<readonly ProposedPlace[]> {
  const found = await records(inquiry, '_jmap._tcp');
  return found.map(({ host, port }) => ({
    service: 'jmap',
    url: `https://${host}${port === 443 ? '' : `:${port}`}/.well-known/jmap`,
  }));
}

/** Whose machines take the domain's mail in: often they keep it, too. */
export async function askExchangers(
  inquiry: Inquiry,
  account: Account,
): Promise<{ provider: string; proposals: readonly Proposal[] } | undefined> {
  const found = (await inquiry.names(inquiry.domain, (names) => names.exchangers(inquiry.domain))) ?? [];
  const provider = found.map(providerOfExchanger).find((one) => one !== undefined);
  return provider && { provider: provider.name, proposals: proposalsOf(provider, account, 'exchanger', 'likely') };
}

/** The names that most servers have, where they exist. */
export async function guess(inquiry: Inquiry, account: Account): Promise<readonly Proposal[]> {
  const hosts = ['imap', 'mail'].map((first) => `${first}.${inquiry.domain}`);
  const found = await Promise.all(hosts.map((host) => inquiry.names(host, (names) => names.exists(host))));
  const host = hosts.find((_, index) => found[index] === true);
  return host === undefined ? [] : [named({ service: 'imap', host, port: 993, tls: 'implicit' }, account, 'guess')];
}

function named(place: ProposedPlace, { address, domain }: Account, origin: 'srv' | 'guess'): Proposal {
  const host = place.service === 'imap' ? place.host : new URL(place.url).hostname;
  const provider = providerOfHost(host);
  const signIn = (place.service === 'imap' ? undefined : provider?.davSignIn) ?? provider?.signIn ?? ['password'];
  const certainty = origin === 'guess' ? 'guess' : 'likely';
  return { ...place, user: address, origin, certainty, isForeign: !isWithin(host, domain), signIn };
}

import { certainties, type Discovery, type Proposal, proposalOrigins } from '../../shared/domain/discovery.ts';
import { type MailProvider, providerOfDomain, providerOfHost } from '../../shared/domain/mail-providers.ts';
import { accountOf } from './account.ts';
import { askExchangers, askServices, guess } from './by-names.ts';
import { proposalsOf } from './by-provider.ts';
import { askAutoconfig, askDirectory, askWellKnown } from './by-web.ts';
import { Inquiry, type Sources } from './inquiry.ts';

/**
 * Where an address's mail, calendars and contacts may be. For a provider of the table nobody is asked. Otherwise its own domain
 * is, by DNS and by https; and where that names no mail server, and `mayAskDirectory`, a directory of providers.
 */
export async function discover(address: string, mayAskDirectory: boolean, sources: Sources): Promise<Discovery> {
  const account = accountOf(address);
  const known = providerOfDomain(account.domain);
  if (known !== undefined) {
    const proposals = proposalsOf(known, account, 'provider', 'likely');
    return { domain: account.domain, provider: known.name, proposals, asked: [] };
  }
  const inquiry = new Inquiry(account.domain, sources);
  const [services, settings, wellKnown, exchangers] = await Promise.all([
    askServices(inquiry, account),
    askAutoconfig(inquiry, account),
    askWellKnown(inquiry, account),
    askExchangers(inquiry, account),
  ]);
  const proposals: Proposal[] = [...services, ...settings, ...wellKnown, ...(exchangers?.proposals ?? [])];
  if (mayAskDirectory && !namesMail(proposals)) proposals.push(...(await askDirectory(inquiry, account)));
  if (!namesMail(proposals)) proposals.push(...(await guess(inquiry, account)));
  const best = bestFirst(proposals);
  return {
    domain: account.domain,
    provider: exchangers?.provider ?? providerIn(best)?.name ?? null,
    proposals: best,
    asked: inquiry.asked,
  };
}

const namesMail = (proposals: readonly Proposal[]): boolean => proposals.some(({ service }) => service === 'imap');

const placeOf = (one: Proposal): string =>
  one.service === 'imap' ? `imap ${one.host} ${one.port}` : `${one.service} ${new URL(one.url).host}`;

/** One of each place, as sure as anybody is of it. */
function bestFirst(proposals: readonly Proposal[]): readonly Proposal[] {
  const rank = (one: Proposal): number =>
    certainties.indexOf(one.certainty) * proposalOrigins.length + proposalOrigins.indexOf(one.origin);
  const sorted = proposals.toSorted((one, other) => rank(one) - rank(other));
  const places = sorted.map(placeOf);
  return sorted.filter((_, index) => places.indexOf(places[index] ?? '') === index);
}

function providerIn(proposals: readonly Proposal[]): MailProvider | undefined {
  for (const one of proposals) if (one.service === 'imap') return providerOfHost(one.host);
  return undefined;
}

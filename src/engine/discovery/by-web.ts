import type { Proposal } from '../../shared/domain/discovery.ts';
import { type Account, isWithin } from './account.ts';
import { type Configured, readAutoconfig } from './autoconfig.ts';
import type { Inquiry } from './inquiry.ts';

/** The directory of providers that Thunderbird's makers keep. */
const directory = 'https://autoconfig.thunderbird.net/v1.1/';

/** The domain's own file of settings. Its certificate vouches for the domain, so it says so itself. */
export async function askAutoconfig(inquiry: Inquiry, account: Account): Promise<readonly Proposal[]> {
  const places = [
    `https://autoconfig.${inquiry.domain}/mail/config-v1.1.xml`,
    `https://${inquiry.domain}/.well-known/autoconfig/mail/config-v1.1.xml`,
  ];
  const found = await Promise.all(places.map((url) => configured(inquiry, url, account)));
  return (found.find((one) => one.length > 0) ?? []).map((one) => proposed(one, account, 'autoconfig', 'sure'));
}

export async function askDirectory(inquiry: Inquiry, account: Account): Promise<readonly Proposal[]> {
  const found = await configured(inquiry, `${directory}${inquiry.domain}`, account);
  return found.map((one) => proposed(one, account, 'directory', 'likely'));
}

async function configured(inquiry: Inquiry, url: string, account: Account): Promise<readonly Configured[]> {
  const answer = await inquiry.web(url);
  return answer?.status === 200 ? readAutoconfig(answer.body, account) : [];
}

function proposed(one: Configured, { domain }: Account, origin: Proposal['origin'], certainty: Proposal['certainty']): Proposal {
  const host = one.service === 'imap' ? one.host : new URL(one.url).hostname;
  return { ...one, origin, certainty, isForeign: !isWithin(host, domain) };
}

/** RFC 6764, section 5, and RFC 8620, section 2.2. A redirection says where; a request for a sign-in says that it is there. Anything else is some web page. */
export async function askWellKnown(inquiry: Inquiry, account: Account): Promise<readonly Proposal[]> {
  const found = await Promise.all(
    (['caldav', 'carddav', 'jmap'] as const).map((service) => wellKnown(inquiry, service, account)),
  );
  return found.flat();
}

const redirections: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

async function wellKnown(inquiry: Inquiry, service: 'caldav' | 'carddav' | 'jmap', account: Account): Promise<Proposal[]> {
  const asked = `https://${inquiry.domain}/.well-known/${service}`;
  const answer = await inquiry.web(asked);
  if (answer === undefined) return [];
  const { location } = answer.headers;
  const led = redirections.has(answer.status) && location !== undefined && URL.canParse(location, asked);
  const url = led ? new URL(location, asked) : answer.status === 401 ? new URL(asked) : undefined;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return [];
  const isForeign = !isWithin(url.hostname, account.domain);
  const about = { user: account.address, origin: 'well-known', certainty: 'likely', signIn: ['password'] } as const;
  return [{ service, url: url.href, isForeign, ...about }];
}

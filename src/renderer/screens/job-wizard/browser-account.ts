import { domainOfAddress, type MailProvider, providerOfDomain, providerOfHost } from '../../../shared/domain/mail-providers.ts';
import type { OAuthServer, OAuthSignIn } from '../../../shared/domain/sign-in.ts';
import { davKindOf, isDav, isWeb, signsIn, type What } from './what.ts';

/** What a person answers of a sign-in in the browser. The secret of a client is never among it. */
export interface BrowserAnswers {
  /** Null: as the provider wants it. */
  readonly way: 'password' | 'browser' | null;
  readonly clientId: string;
  /** Where the provider is not known. */
  readonly issuer: string;
  readonly scopes: string;
}

/** What else of the answers matters here. */
interface AccountAnswers extends BrowserAnswers {
  readonly what: What;
  readonly host: string;
  readonly url: string;
  readonly user: string;
}

export const firstBrowserAnswers: BrowserAnswers = { way: null, clientId: '', issuer: '', scopes: 'offline_access' };

export const presetOf = ({ what, host, url, user }: AccountAnswers): MailProvider | undefined => {
  const server = isWeb(what) ? (URL.parse(url.includes('://') ? url : `https://${url}`)?.hostname ?? '') : host.trim();
  return providerOfHost(server) ?? providerOfDomain(domainOfAddress(user) ?? '');
};

/** By password, unless the provider takes none or a person wants it otherwise. */
export function wayOf(answers: AccountAnswers): 'password' | 'browser' {
  if (!signsIn(answers.what)) return 'password';
  if (answers.way !== null) return answers.way;
  const preset = presetOf(answers);
  const ways = (isDav(answers.what) ? preset?.davSignIn : undefined) ?? preset?.signIn;
  return ways?.[0] === 'oauth' && preset?.oauth ? 'browser' : 'password';
}

/** As the contract takes one. */
const httpsAddress = /^https:\/\/[^\s/@]+(?:[/?][^\s#]*)?$/;

/** Undefined: something that is needed is missing. */
export function signInOf(answers: AccountAnswers): OAuthSignIn | undefined {
  const clientId = answers.clientId.trim();
  const known = presetOf(answers)?.oauth;
  const issuer = answers.issuer.trim();
  const server: OAuthServer = known?.server ?? { by: 'issuer', issuer };
  if (clientId === '' || (server.by === 'issuer' && !httpsAddress.test(issuer))) return undefined;
  const kind = isDav(answers.what) ? davKindOf[answers.what] : 'imap';
  const scopes = known?.scopes[kind] ?? answers.scopes.split(/\s+/).filter((scope) => scope !== '');
  return { method: 'oauth', server, clientId, scopes };
}

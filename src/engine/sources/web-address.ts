import { davAddress } from '../../shared/domain/source-settings.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';

/** An account behind an address, and who asks. */
export interface WebAccount {
  readonly url: string;
  readonly user: string;
  /** Of a certificate that a person approved; null: the system decides. */
  readonly certificateSha256: string | null;
}

/** Where a person says that the account is. Without a scheme it is https. */
export function addressOf({ url }: Pick<WebAccount, 'url'>): URL {
  const address = davAddress.test(url) ? URL.parse(/^https?:/i.test(url) ? url : `https://${url}`) : null;
  if (address === null) throw new StrataError('usage.invalid', 'never', { reason: url });
  return address;
}

export const portOf = ({ port, protocol }: URL): number => (port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port));

/**
 * What a server's answer names, spelled as it does: a path is all that is to be used of it. Undefined where it names another host: nothing
 * is asked there, and no password goes there. Another scheme or port is a server behind a proxy that does not know its own address.
 */
export function targetOn(origin: URL, href: string, base: string): URL | undefined {
  const target = URL.parse(href.trim(), new URL(base, origin).href);
  return target?.hostname === origin.hostname ? target : undefined;
}

import { domainToASCII } from 'node:url';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { domainOfAddress } from '../../shared/domain/mail-providers.ts';

/** An address in its parts, the domain as DNS knows it. */
export interface Account {
  readonly address: string;
  readonly local: string;
  readonly domain: string;
}

const domainRule = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export function accountOf(text: string): Account {
  const address = text.trim();
  const typed = domainOfAddress(address);
  const domain = typed === undefined ? '' : domainToASCII(typed);
  if (!domainRule.test(domain)) throw new StrataError('input.invalid', 'never', { field: 'address' });
  return { address, local: address.slice(0, address.lastIndexOf('@')), domain };
}

/** The domain itself, or below it. */
export const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

import type { Certainty, Proposal, ProposalOrigin, ProposedPlace } from '../../shared/domain/discovery.ts';
import type { MailProvider } from '../../shared/domain/mail-providers.ts';
import type { Account } from './account.ts';

/** A provider's services, as the table has them. */
export function proposalsOf(
  provider: MailProvider,
  { address, local }: Account,
  origin: ProposalOrigin,
  certainty: Certainty,
): readonly Proposal[] {
  const { imap, caldav, carddav, signIn } = provider;
  const user = provider.user === 'address' ? address : local;
  // A hint by DNS could name any provider, and the password would go there.
  const about = { user, origin, certainty, isForeign: origin === 'exchanger' };
  const tls = imap.tls === 'starttls' ? 'starttls' : 'implicit';
  const mail: ProposedPlace = { service: 'imap', host: imap.host, port: imap.port, tls };
  const dav = (service: 'caldav' | 'carddav', url: string | null): Proposal[] =>
    url === null ? [] : [{ service, url, ...about, signIn: provider.davSignIn ?? signIn }];
  return [{ ...mail, ...about, signIn }, ...dav('caldav', caldav), ...dav('carddav', carddav)];
}

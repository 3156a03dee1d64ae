import type { SignInWay } from './mail-providers.ts';

/**
 * Who proposes: a table of ours; the domain's own file of settings; DNS; the domain's well-known address; a directory of providers;
 * a provider that takes the domain's mail in; or nobody, where a usual name exists.
 */
export const proposalOrigins = ['provider', 'autoconfig', 'srv', 'well-known', 'directory', 'exchanger', 'guess'] as const;
export type ProposalOrigin = (typeof proposalOrigins)[number];
export const certainties = ['sure', 'likely', 'guess'] as const;
export type Certainty = (typeof certainties)[number];

/** Where an account's data may be. Encrypted always: what offers no TLS is not proposed. */
export type Proposal = ProposedPlace & {
  readonly user: string;
  readonly origin: ProposalOrigin;
  readonly certainty: Certainty;
  /** Another domain than the address's: a person must know it before a password goes there (RFC 6186, section 6). */
  readonly isForeign: boolean;
  /** What lets a program in, the usual way first. */
  readonly signIn: readonly SignInWay[];
};
export type ProposedPlace =
  | { readonly service: 'imap'; readonly host: string; readonly port: number; readonly tls: 'implicit' | 'starttls' }
  | { readonly service: 'caldav' | 'carddav' | 'jmap'; readonly url: string };

export interface Discovery {
  /** All that is sent to anybody. */
  readonly domain: string;
  /** Name of the provider, where one is known. */
  readonly provider: string | null;
  /** The surest first. */
  readonly proposals: readonly Proposal[];
  /** Who was asked. DNS: about the names of the domain. */
  readonly asked: readonly { readonly how: 'dns' | 'web'; readonly host: string; readonly answered: boolean }[];
}

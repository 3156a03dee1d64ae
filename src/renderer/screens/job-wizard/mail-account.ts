import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { Answers } from './answers.ts';

type Discovery = CallOutput<'source.discover'>;
export type MailProposal = Extract<Discovery['proposals'][number], { service: 'imap' }>;

/** What became of asking for the mail server of an address. */
export interface FoundMail {
  readonly address: string;
  readonly proposals: readonly MailProposal[];
  /** Nobody answered at all: most likely this computer is offline. */
  readonly isOffline: boolean;
  /** The directory of providers was asked, too: it is a third party, and learns the domain. */
  readonly hasAskedDirectory: boolean;
}

export const foundMail = (address: string, { proposals, asked }: Discovery, hasAskedDirectory: boolean): FoundMail => ({
  address,
  proposals: proposals.filter((one): one is MailProposal => one.service === 'imap'),
  isOffline: asked.length > 0 && asked.every(({ answered }) => !answered),
  hasAskedDirectory,
});

/** Somebody named a server: more than that one of the usual name exists. */
export const isNamed = ({ proposals }: FoundMail): boolean => proposals.some(({ origin }) => origin !== 'guess');

export const placeOf = ({ host, port }: Pick<MailProposal, 'host' | 'port'>): string => `${host}:${port}`;

/** Where to sign in, and as whom. */
export const atMailServer = ({
  host,
  port,
  tls,
  user,
}: MailProposal): Pick<Answers, 'host' | 'port' | 'tls' | 'user' | 'certificateSha256'> => ({
  ...{ host, port, tls, user },
  certificateSha256: null,
});

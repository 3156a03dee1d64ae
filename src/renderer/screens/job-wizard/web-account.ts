import type { CallOutput } from '../../../shared/contract/calls.ts';
import { davAddress } from '../../../shared/domain/source-settings.ts';
import type { Answers } from './answers.ts';
import { isAddress } from './providers.ts';
import { type WebWhat, webKindOf } from './what.ts';

type Discovery = CallOutput<'source.discover'>;
export type WebProposal = Exclude<Discovery['proposals'][number], { service: 'imap' }>;

export const proposalsFor = (what: WebWhat, { proposals }: Discovery): readonly WebProposal[] =>
  proposals.filter((one): one is WebProposal => one.service === webKindOf[what]);

/** A server as it may be typed beside an e-mail address: a name with a dot, a port or a path, or a whole address. */
export const isServer = (text: string): boolean => davAddress.test(text.trim()) && /[.:/]/.test(text);

/** Where to sign in, and as whom. Nothing found: the person has to say where. */
export function atServer(
  { address }: Answers,
  proposal: WebProposal | undefined,
): Pick<Answers, 'url' | 'user' | 'certificateSha256'> {
  const typed = address.trim();
  if (!isAddress(typed)) return { url: typed, user: '', certificateSha256: null };
  return { url: proposal?.url ?? '', user: proposal?.user ?? typed, certificateSha256: null };
}

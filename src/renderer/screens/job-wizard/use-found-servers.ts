import { useState } from 'react';
import { engine } from '../../client/index.ts';
import type { Answers } from './answers.ts';
import { atServer, type WebProposal, proposalsFor } from './web-account.ts';
import { isWeb } from './what.ts';
import { isAddress } from './providers.ts';
import { type Attempt, useFoundMail } from './use-found-mail.ts';

/** Asks where the calendars, contacts or JMAP server of an address are, once for each address; of mail, when that is wanted. */
export function useFoundServers(answers: Answers, change: (changed: Partial<Answers>) => void, attempt: Attempt) {
  const [proposals, setProposals] = useState<readonly WebProposal[]>([]);
  /** True: it can go on, found or not. */
  const findServer = async (): Promise<boolean> => {
    const { what, url, address } = answers;
    if (!isWeb(what) || url !== '') return true;
    const ask = async (): Promise<readonly WebProposal[]> =>
      isAddress(address)
        ? proposalsFor(what, await engine.call('source.discover', { address: address.trim(), askDirectory: false }))
        : [];
    const found = await attempt(ask);
    if (found === undefined) return false;
    setProposals(found);
    change(atServer(answers, found[0]));
    return true;
  };
  return { proposals, findServer, ...useFoundMail(answers, change, attempt) };
}

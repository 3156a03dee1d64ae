import { useState } from 'react';
import { engine } from '../../client/index.ts';
import type { Answers } from './answers.ts';
import { atMailServer, type FoundMail, foundMail } from './mail-account.ts';

export type Attempt = <T>(act: () => Promise<T>) => Promise<T | undefined>;

/** Asks where the mail of an address is: only when a person wants it, and a directory of providers only when they want that, too. */
export function useFoundMail(answers: Answers, change: (changed: Partial<Answers>) => void, attempt: Attempt) {
  const [found, setFound] = useState<FoundMail | null>(null);
  const address = answers.address.trim();
  const findMail = async (askDirectory: boolean): Promise<void> => {
    await attempt(async () => {
      const now = foundMail(address, await engine.call('source.discover', { address, askDirectory }), askDirectory);
      setFound(now);
      const [best] = now.proposals;
      if (best !== undefined) change(atMailServer(best));
    });
  };
  // What was found for one address says nothing of another.
  return { foundMail: found?.address === address ? found : null, findMail };
}

import { useEffect, useRef, useState } from 'react';
import type { CallInput, CallOutput } from '../../shared/contract/calls.ts';
import type { GrantId } from '../../shared/domain/ids.ts';
import { type Failure, failureOf } from '../../shared/domain/strata-error.ts';
import { engine, shell } from '../client/index.ts';
import { useLanguage } from '../words/index.ts';

export type BrowserSignInRequest = Omit<CallInput<'signIn.begin'>, 'language'>;
/** Whoever waits for it is told; what is gone already needs none. */
const cancel = (grant: GrantId): void => void engine.call('signIn.cancel', { grant }).catch(() => undefined);

/** What a person has to know while they sign in elsewhere. */
export type Waiting = CallOutput<'signIn.begin'> & { readonly opened: boolean };

/**
 * A sign-in on a provider's page: begun, waited for, broken off. What it brings stays in the engine, under the name of a grant.
 * It ends with the component that began it, unless a source has it by then.
 */
export function useBrowserSignIn() {
  const language = useLanguage();
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [grant, setGrant] = useState<GrantId | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const live = useRef<GrantId | null>(null);
  /** Whoever began last decides what is seen. */
  const latest = useRef(0);

  const end = (): void => {
    latest.current += 1;
    if (live.current !== null) cancel(live.current);
    live.current = null;
  };
  useEffect(() => end, []);

  const forget = (): void => {
    end();
    setBusy(false);
    setWaiting(null);
    setGrant(null);
    setFailure(null);
  };

  /** The grant once the person has signed in; undefined: they have not, and the failure says why. */
  const begin = async (request: BrowserSignInRequest): Promise<GrantId | undefined> => {
    forget();
    const own = latest.current;
    setBusy(true);
    try {
      const begun = await engine.call('signIn.begin', { ...request, language });
      if (own !== latest.current) {
        cancel(begun.grant);
        return undefined;
      }
      live.current = begun.grant;
      const opened = begun.code !== null || (await shell.call('shell.openPage', { address: begun.address })).opened;
      setWaiting({ ...begun, opened });
      await engine.call('signIn.wait', { grant: begun.grant });
      if (own !== latest.current) return undefined;
      setGrant(begun.grant);
      return begun.grant;
    } catch (error) {
      const told = failureOf(error);
      if (told.code !== 'sign-in.cancelled' && own === latest.current) setFailure(told);
      return undefined;
    } finally {
      if (own === latest.current) {
        setWaiting(null);
        setBusy(false);
      }
    }
  };

  return { begin, forget, waiting, grant, failure, busy };
}
export type BrowserSignIn = ReturnType<typeof useBrowserSignIn>;

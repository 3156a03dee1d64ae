import type { Engine } from '../engine/index.ts';
import type { Handlers } from '../shared/contract/calls.ts';
import { type Failure, isStrataError } from '../shared/domain/strata-error.ts';
import type { Language } from '../shared/words/say.ts';
import { signInPage } from '../shared/words/sign-in-page.ts';

type SignInCalls = 'signIn.begin' | 'signIn.wait' | 'signIn.cancel' | 'source.renewSignIn';

export function signInHandlers({ signIns, sources }: Engine): Pick<Handlers, SignInCalls> {
  return {
    'signIn.begin': async ({ language, source, ...request }) =>
      signIns.begin({
        ...request,
        clientSecret: request.clientSecret ?? (source === null ? null : await sources.clientSecret(source, request.signIn)),
        page: (failure) => signInPage(failure === undefined ? undefined : shown(failure), language satisfies Language),
      }),
    'source.renewSignIn': async ({ id, grant, keepInKeychain }) => {
      await sources.renewSignIn(id, grant, keepInKeychain);
      return {};
    },
    'signIn.wait': async ({ grant }) => {
      await signIns.wait(grant);
      return {};
    },
    'signIn.cancel': async ({ grant }) => {
      signIns.cancel(grant);
      return {};
    },
  };
}

/** A bug has no sentence of its own; whoever waits for the sign-in gets it. */
const shown = (error: unknown): Failure =>
  isStrataError(error)
    ? { code: error.code, retry: error.retry, facts: error.facts }
    : { code: 'bug', retry: 'never', facts: {} };

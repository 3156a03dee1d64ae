import { useState } from 'react';
import type { CallInput } from '../../../shared/contract/calls.ts';
import type { GrantId, SourceId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { useBrowserSignIn } from '../../parts/use-browser-sign-in.ts';
import { useAnswer } from '../../state/index.ts';
import type { Answers } from './answers.ts';
import { signInOf, wayOf } from './browser-account.ts';
import { signsIn } from './what.ts';

export type Given = Pick<CallInput<'source.test'>, 'secret' | 'grant'>;

/** What decides whether a sign-in in the browser still stands: it was made at one provider, for one account. */
const signsInAnew: readonly (keyof Answers)[] = ['what', 'user', 'way', 'clientId', 'issuer', 'scopes'];

/** What lets Strata in at the account. In this component's memory only, and gone with it. */
export function useAccount(answers: Answers) {
  const [password, setPassword] = useState('');
  const [clientSecret, setClientSecret] = useState('');
  const [wantsKeychain, setKeepInKeychain] = useState(true);
  /** The source is there, and has what the sign-in brought. */
  const [isKept, setKept] = useState(false);
  const signIn = useBrowserSignIn();
  const { value: info } = useAnswer('app.info', () => engine.call('app.info', {}));
  const hasKeychain = info?.keychain !== 'unavailable';
  const isInBrowser = wayOf(answers) === 'browser';
  const secret = signsIn(answers.what) && !isInBrowser && password !== '' ? password : null;
  const grant = isInBrowser ? signIn.grant : null;

  const anew = (): void => {
    setKept(false);
    signIn.forget();
  };
  return {
    ...{ password, clientSecret, isInBrowser, signIn, hasKeychain, setPassword, setKeepInKeychain },
    keepInKeychain: wantsKeychain && hasKeychain,
    needsSignIn: isInBrowser && signIn.grant === null && !isKept,
    /** Whether the keychain gets what is given. */
    isKeptThere: (secret !== null || grant !== null) && wantsKeychain && hasKeychain,
    given: (fresh: GrantId | null = grant): Given => ({ secret, ...(fresh === null ? {} : { grant: fresh }) }),
    setClientSecret(text: string): void {
      setClientSecret(text);
      anew();
    },
    onChange(changed: Partial<Answers>): void {
      if (signsInAnew.some((key) => key in changed)) anew();
    },
    /** A grant is good for one source. */
    onKept(): void {
      if (grant === null) return;
      signIn.forget();
      setKept(true);
    },
    async begin(way: 'browser' | 'code', source: SourceId | null): Promise<GrantId | undefined> {
      const oauth = signInOf(answers);
      if (oauth === undefined) return undefined;
      const user = answers.user.trim();
      return signIn.begin({ signIn: oauth, user, clientSecret: clientSecret || null, source, way });
    },
  };
}

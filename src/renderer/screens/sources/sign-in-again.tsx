import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { OAuthSignIn } from '../../../shared/domain/sign-in.ts';
import { engine } from '../../client/index.ts';
import { BrowserSignInState } from '../../parts/browser-sign-in.tsx';
import { useBrowserSignIn } from '../../parts/use-browser-sign-in.ts';
import { type SourceSummary, useAnswer, useAttempt, useSources, useToasts } from '../../state/index.ts';
import { Card, FailureNote, Glyph } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './sources.module.css';

/** For a source whose sign-in has ended, ends soon, or was only for the time that Strata ran. */
export function SignInAgain({ source, oauth }: { readonly source: SourceSummary; readonly oauth: OAuthSignIn }) {
  const t = useWords();
  const signIn = useBrowserSignIn();
  const { busy, failure, attempt } = useAttempt();
  const show = useToasts((store) => store.show);
  const { value: info } = useAnswer('app.info', () => engine.call('app.info', {}));
  const [wantsKeychain, setKeep] = useState(true);
  const hasKeychain = info?.keychain !== 'unavailable';
  const { id, name, settings } = source;
  const about = stateOf(source);

  const again = async (way: 'browser' | 'code'): Promise<void> => {
    const user = 'user' in settings ? settings.user : '';
    const grant = await signIn.begin({ signIn: oauth, user, clientSecret: null, source: id, way });
    if (grant === undefined) return;
    await attempt(async () => {
      await engine.call('source.renewSignIn', { id, grant, keepInKeychain: wantsKeychain && hasKeychain });
      await useSources.getState().refresh();
      show({ tone: 'success', title: t('sources.signInAgain.renewed', { name }) });
    });
  };

  return (
    <Card title={t(`sources.signInAgain.title${about}`)} icon={<Glyph name="locked" />}>
      <div className={css['form']}>
        <p>{t(`sources.signInAgain.meaning${about}`, { name })}</p>
        <BrowserSignInState signIn={signIn} />
        {failure && <FailureNote failure={failure} />}
        <Checkbox
          label={t('sources.editForm.keep')}
          checked={wantsKeychain && hasKeychain}
          disabled={!hasKeychain}
          onChange={(event) => setKeep(event.currentTarget.checked)}
        />
        <div className={css['ways']}>
          <Button variant="filled" loading={signIn.busy || busy} onClick={() => void again('browser')}>
            {t('parts.browserSignIn.inBrowser')}
          </Button>
          {hasCodes(oauth) && (
            <Button disabled={signIn.busy || busy} onClick={() => void again('code')}>
              {t('parts.browserSignIn.onDevice')}
            </Button>
          )}
        </div>
      </div>
    </Card>
  );
}

function stateOf({ secret, endings }: SourceSummary): '' | 'Soon' | 'Missing' {
  if (secret === 'missing') return 'Missing';
  return endings.some(({ kind }) => kind === 'sign-in-ends') ? 'Soon' : '';
}

/** A server that describes itself says so when it is asked. */
const hasCodes = ({ server }: OAuthSignIn): boolean => server.by === 'issuer' || server.device !== null;

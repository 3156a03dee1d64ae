import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { GrantId } from '../../../shared/domain/ids.ts';
import { oauthOf } from '../../../shared/domain/sign-in.ts';
import type { SourceSettings } from '../../../shared/domain/source-settings.ts';
import { engine } from '../../client/index.ts';
import { BrowserSignInState } from '../../parts/browser-sign-in.tsx';
import { placeOf } from '../../parts/source-place.ts';
import { useBrowserSignIn } from '../../parts/use-browser-sign-in.ts';
import { useAnswer, useAttempt } from '../../state/index.ts';
import { Card, FailureNote, Glyph } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './access-card.module.css';

export interface Access {
  readonly secret: string | null;
  readonly grant: GrantId | undefined;
  readonly keepInKeychain: boolean;
}

interface Props {
  readonly title: string;
  readonly settings: SourceSettings;
  /** What it is to be called; undefined: nothing to be asked. */
  readonly naming?: { readonly name: string; readonly onName: (name: string) => void } | undefined;
  /** What is given goes straight to the engine. */
  readonly give: (access: Access) => Promise<unknown>;
}

/** Lets Strata into an account, by its password or on the provider's page. Whoever types a password has seen to whom it goes. */
export function AccessCard({ title, settings, naming, give }: Props) {
  const t = useWords();
  const [secret, setSecret] = useState('');
  const [wantsKeychain, setKeep] = useState(true);
  const { value: info } = useAnswer('app.info', () => engine.call('app.info', {}));
  const hasKeychain = info?.keychain !== 'unavailable';
  const keepInKeychain = wantsKeychain && hasKeychain;
  const signIn = useBrowserSignIn();
  const { busy, failure, attempt } = useAttempt();
  const user = 'user' in settings ? settings.user : '';
  const oauth = oauthOf(settings);

  const givePassword = (): Promise<unknown> => attempt(() => give({ secret, grant: undefined, keepInKeychain }));
  const giveSignIn = async (): Promise<void> => {
    if (oauth === undefined) return;
    const grant = await signIn.begin({ signIn: oauth, user, clientSecret: null, source: null, way: 'browser' });
    if (grant !== undefined) await attempt(() => give({ secret: null, grant, keepInKeychain }));
  };
  const isBusy = busy || signIn.busy;
  // The wizard around it is a form, and a form in a form is none: Enter in here is not the wizard's.
  const letIn = (): void => {
    if (isBusy) return;
    if (oauth !== undefined) void giveSignIn();
    else if (secret !== '') void givePassword();
  };

  return (
    <Card title={title} icon={<Glyph name="locked" />}>
      <div className={css['form']}>
        <p>{t('restoreWizard.access.place', { user, place: placeOf({ settings }) })}</p>
        {naming && (
          <TextInput
            label={t('restoreWizard.access.name')}
            description={t('restoreWizard.access.nameMeaning')}
            value={naming.name}
            maxLength={100}
            onChange={(event) => naming.onName(event.currentTarget.value)}
          />
        )}
        <BrowserSignInState signIn={signIn} />
        <div className={css['secret']}>
          {oauth === undefined && (
            <PasswordInput
              aria-label={t('restoreWizard.access.secretOf', { user })}
              placeholder={t('restoreWizard.access.secret')}
              autoComplete="off"
              value={secret}
              onChange={(event) => setSecret(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                letIn();
              }}
            />
          )}
          <Button variant="filled" loading={isBusy} disabled={oauth === undefined && secret === ''} onClick={letIn}>
            {t(oauth === undefined ? 'restoreWizard.access.action' : 'parts.browserSignIn.inBrowser')}
          </Button>
        </div>
        {failure && <FailureNote failure={failure} />}
        <Checkbox
          label={t('sources.editForm.keep')}
          checked={keepInKeychain}
          disabled={!hasKeychain}
          onChange={(event) => setKeep(event.currentTarget.checked)}
        />
      </div>
    </Card>
  );
}

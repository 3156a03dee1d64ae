import { Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { shell } from '../../client/index.ts';
import { BrowserSignInState } from '../../parts/browser-sign-in.tsx';
import { useWords } from '../../words/index.ts';
import { presetOf, signInOf } from './browser-account.ts';
import css from './job-wizard.module.css';
import type { JobWizardState } from './use-job-wizard.ts';

const ways = ['password', 'browser'] as const;

export function SignInWay({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  return (
    <SegmentedControl
      aria-label={t('jobWizard.signIn.way')}
      className={css['way'] ?? ''}
      value={wizard.account.isInBrowser ? 'browser' : 'password'}
      data={ways.map((way) => ({ value: way, label: t(`jobWizard.signIn.ways.${way}`) }))}
      onChange={(value) => wizard.change({ way: ways.find((way) => way === value) ?? null })}
    />
  );
}

/** Who lets Strata in, under which name; and how the sign-in there stands. */
export function BrowserFields({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const { answers, change } = wizard;
  const known = presetOf(answers)?.oauth ?? null;
  return (
    <>
      <p className="st-soft">{t('jobWizard.signIn.browserMeaning')}</p>
      {wizard.tested?.ok !== true && <BrowserSignInState signIn={wizard.account.signIn} />}
      {known === null && (
        <TextInput
          label={t('jobWizard.signIn.issuer')}
          description={t('jobWizard.signIn.issuerMeaning')}
          value={answers.issuer}
          spellCheck={false}
          autoFocus
          onChange={(event) => change({ issuer: event.currentTarget.value })}
        />
      )}
      <TextInput
        label={t('jobWizard.signIn.clientId')}
        description={t('jobWizard.signIn.clientIdMeaning')}
        value={answers.clientId}
        spellCheck={false}
        autoFocus={known !== null}
        onChange={(event) => change({ clientId: event.currentTarget.value })}
      />
      {known !== null && (
        <Button
          size="sm"
          className={css['way'] ?? ''}
          onClick={() => void shell.call('shell.openPage', { address: known.registration })}
        >
          {t('jobWizard.signIn.register')}
        </Button>
      )}
      <PasswordInput
        label={t('jobWizard.signIn.clientSecret')}
        description={t('jobWizard.signIn.clientSecretMeaning')}
        autoComplete="off"
        value={wizard.account.clientSecret}
        onChange={(event) => wizard.setClientSecret(event.currentTarget.value)}
      />
      {known === null && (
        <TextInput
          label={t('jobWizard.signIn.scopes')}
          description={t('jobWizard.signIn.scopesMeaning')}
          value={answers.scopes}
          spellCheck={false}
          onChange={(event) => change({ scopes: event.currentTarget.value })}
        />
      )}
      {(known === null || known.server.device !== null) && wizard.account.needsSignIn && (
        <Button
          size="sm"
          className={css['way'] ?? ''}
          disabled={wizard.busy || signInOf(answers) === undefined}
          onClick={() => void wizard.signInAt('code')}
        >
          {t('parts.browserSignIn.onDevice')}
        </Button>
      )}
    </>
  );
}

import { Button, Checkbox, PasswordInput, Select, TextInput } from '@mantine/core';
import { mailProviders } from '../../../shared/domain/mail-providers.ts';
import { tlsModes } from '../../../shared/domain/source-settings.ts';
import { Chip, FailureNote, FieldRow, Fields, Note } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { BrowserFields, SignInWay } from './browser-fields.tsx';
import { presetOf } from './browser-account.ts';
import { FoundMail } from './found-mail.tsx';
import { placeOf } from './mail-account.ts';
import { SignInHint } from './sign-in-hint.tsx';
import { isDav, isWeb } from './what.ts';
import { Collections, FoundServers, WebServer } from './web-server.tsx';
import css from './job-wizard.module.css';
import type { JobWizardState } from './use-job-wizard.ts';

const usualPort = { implicit: 993, starttls: 143, none: 143 } as const;

export function SignInStep({ wizard }: { readonly wizard: JobWizardState }) {
  const { answers, account } = wizard;
  const isOfWeb = isWeb(answers.what);
  return (
    <Fields>
      {isOfWeb ? <FoundServers wizard={wizard} /> : <MailAccount wizard={wizard} />}
      <SignInWay wizard={wizard} />
      {account.isInBrowser ? <BrowserFields wizard={wizard} /> : <PasswordFields wizard={wizard} />}
      <KeepPassword wizard={wizard} />
      {wizard.failure && <FailureNote failure={wizard.failure} />}
      <Result wizard={wizard} />
      {isOfWeb ? <WebServer wizard={wizard} /> : <Server wizard={wizard} />}
    </Fields>
  );
}

function PasswordFields({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const { answers } = wizard;
  return (
    <>
      <PasswordInput
        label={
          answers.user === '' || answers.isToken
            ? t(answers.isToken ? 'sources.settings.token' : 'sources.settings.secret')
            : t('jobWizard.signIn.password', { user: answers.user })
        }
        value={wizard.account.password}
        autoComplete="current-password"
        autoFocus
        onChange={(event) => wizard.setPassword(event.currentTarget.value)}
      />
      {answers.what === 'jmap' && (
        <Checkbox
          label={t('jobWizard.signIn.isToken')}
          description={t('jobWizard.signIn.isTokenMeaning')}
          checked={answers.isToken}
          onChange={(event) => wizard.change({ isToken: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

/** How its server is known, and what its provider wants. */
function MailAccount({ wizard }: { readonly wizard: JobWizardState }) {
  const { answers, foundMail } = wizard;
  const chosen = foundMail?.proposals.find((one) => placeOf(one) === placeOf(answers));
  return (
    <>
      <FoundMail wizard={wizard} />
      <SignInHint wizard={wizard} ways={chosen?.signIn ?? presetOf(answers)?.signIn ?? []} />
    </>
  );
}

function KeepPassword({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  return (
    <Checkbox
      label={t('sources.editForm.keep')}
      description={t(keepMeaningOf(wizard))}
      checked={wizard.account.keepInKeychain}
      disabled={!wizard.account.hasKeychain}
      onChange={(event) => wizard.account.setKeepInKeychain(event.currentTarget.checked)}
    />
  );
}

function keepMeaningOf({ account: { hasKeychain, isInBrowser } }: JobWizardState) {
  if (isInBrowser) return hasKeychain ? ('jobWizard.signIn.keepSignIn' as const) : ('jobWizard.signIn.noKeychainSignIn' as const);
  return hasKeychain ? ('jobWizard.signIn.keepMeaning' as const) : ('jobWizard.signIn.noKeychain' as const);
}

/** By the host, as some providers have several. The one that runs on this computer is known by its address alone. */
const presets = mailProviders
  .filter(({ signIn: [way] }) => way !== 'bridge')
  .map(({ name, imap }) => ({ value: imap.host, label: `${name} (${imap.host})` }));

function Server({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const { host, port, tls, user } = wizard.answers;
  return (
    <fieldset className={css['group']}>
      <legend>{t('jobWizard.signIn.server')}</legend>
      <Select
        label={t('jobWizard.signIn.preset')}
        value={presets.some((one) => one.value === host) ? host : ''}
        data={[{ value: '', label: t('jobWizard.signIn.presetOther') }, ...presets]}
        allowDeselect={false}
        searchable
        onChange={(value) => {
          const known = mailProviders.find(({ imap }) => imap.host === value);
          if (known) wizard.change({ ...known.imap, certificateSha256: null });
        }}
      />
      <FieldRow>
        <TextInput
          label={t('sources.settings.host')}
          value={host}
          spellCheck={false}
          onChange={(event) => wizard.change({ host: event.currentTarget.value, certificateSha256: null })}
        />
        <TextInput
          label={t('sources.settings.port')}
          className={css['port'] ?? ''}
          inputMode="numeric"
          value={port === 0 ? '' : port}
          onChange={(event) => wizard.change({ port: Math.min(65_535, Number(event.currentTarget.value.replaceAll(/\D/g, ''))) })}
        />
      </FieldRow>
      <Select
        label={t('sources.settings.tls')}
        value={tls}
        data={tlsModes.map((mode) => ({ value: mode, label: t(`sources.settings.tlsMode.${mode}`) }))}
        onChange={(value) => {
          const mode = tlsModes.find((known) => known === value);
          if (mode) wizard.change({ tls: mode, port: usualPort[mode] });
        }}
        {...(tls === 'none' ? { error: t('jobWizard.signIn.noTls') } : {})}
      />
      <TextInput
        label={t('sources.settings.user')}
        value={user}
        spellCheck={false}
        onChange={(event) => wizard.change({ user: event.currentTarget.value })}
      />
    </fieldset>
  );
}

/** A fingerprint in pairs, as other programs show it. */
const inPairs = (hex: string): string => hex.toUpperCase().match(/../g)?.join(':') ?? hex;

/** Servers of calendars number the levels of their standard. */
const saysSomething = (capability: string): boolean => !/^\d+$/.test(capability);

function Result({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const format = useFormat();
  const {
    tested,
    busy,
    answers: { what },
  } = wizard;
  if (tested === null)
    return (
      <span className="st-hidden" role="status">
        {busy ? t('sources.testing') : ''}
      </span>
    );
  const { failure, certificateSha256: sha256 } = tested;
  if (failure !== null && sha256 !== null) {
    return (
      <FailureNote
        failure={failure}
        title={t('jobWizard.signIn.untrusted')}
        action={
          <Button size="sm" onClick={() => void wizard.test({ certificateSha256: sha256 })}>
            {t('jobWizard.signIn.trust')}
          </Button>
        }
        more={
          <>
            <code className={css['fingerprint']}>{inPairs(sha256)}</code>
            {t('jobWizard.signIn.trustMeaning')}
          </>
        }
      />
    );
  }
  if (failure !== null) return <FailureNote failure={failure} title={t('jobWizard.signIn.refused')} />;
  return (
    <Note
      tone="fine"
      live
      title={t('jobWizard.signIn.works')}
      action={
        wizard.sourceOnly ? undefined : (
          <Button size="sm" onClick={() => wizard.goTo('choose')}>
            {t(isDav(what) ? 'jobWizard.steps.choose' : 'jobWizard.signIn.choose')}
          </Button>
        )
      }
    >
      {isDav(what) ? t(`jobWizard.signIn.${what}`, { count: tested.folders }) : t('sources.worksFact', { count: tested.folders })}{' '}
      {tested.items !== null && t('sources.worksItems', { count: tested.items, items: format.number(tested.items) })}
      {isWeb(what) && <Collections wizard={wizard} />}
      {tested.alsoNeeds.map((kind) => (
        <p key={kind}>{t(`sources.alsoNeeds.${kind}`)}</p>
      ))}
      <span className={css['chips']}>
        <Chip small>{t('jobWizard.signIn.readOnly')}</Chip>
        {tested.capabilities
          .filter(saysSomething)
          .slice(0, 6)
          .map((capability) => (
            <Chip key={capability} small>
              {capability}
            </Chip>
          ))}
      </span>
    </Note>
  );
}

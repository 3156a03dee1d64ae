import { TextInput } from '@mantine/core';
import { Choice, Choices, Note } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { atServer } from './web-account.ts';
import css from './job-wizard.module.css';
import { isAddress } from './providers.ts';
import { SignInHint } from './sign-in-hint.tsx';
import type { JobWizardState } from './use-job-wizard.ts';

/** What was found for the address, and what is to be known before a password goes there. */
export function FoundServers({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const { answers, proposals } = wizard;
  const chosen = proposals.find(({ url }) => url === answers.url);
  if (proposals.length === 0)
    return isAddress(answers.address) ? (
      <Note tone="plain" title={t('jobWizard.signIn.nothingFound', { address: answers.address.trim() })}>
        {t('jobWizard.signIn.nothingFoundMeaning', {
          name: answers.what === 'jmap' ? 'JMAP' : answers.what === 'calendars' ? 'CalDAV' : 'CardDAV',
        })}
      </Note>
    ) : null;
  return (
    <>
      {proposals.length > 1 && (
        <Choices
          label={t('jobWizard.signIn.several')}
          value={answers.url}
          onChange={(url) =>
            wizard.change(
              atServer(
                answers,
                proposals.find((one) => one.url === url),
              ),
            )
          }
        >
          {proposals.map(({ url, user }) => (
            <Choice key={url} value={url} title={url} meaning={user} />
          ))}
        </Choices>
      )}
      {chosen?.isForeign && (
        <Note tone="warning" title={t('jobWizard.signIn.foreign')}>
          {t('jobWizard.signIn.foreignMeaning', { url: chosen.url })}
        </Note>
      )}
      <SignInHint wizard={wizard} ways={chosen?.signIn ?? []} />
    </>
  );
}

export function WebServer({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const { url, user } = wizard.answers;
  return (
    <fieldset className={css['group']}>
      <legend>{t('jobWizard.signIn.server')}</legend>
      <TextInput
        label={t('jobWizard.signIn.davServer')}
        description={t('jobWizard.signIn.davServerHint')}
        value={url}
        spellCheck={false}
        {...(url.trim().startsWith('http:') ? { error: t('jobWizard.signIn.noTls') } : {})}
        onChange={(event) => wizard.change({ url: event.currentTarget.value, certificateSha256: null })}
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

/** The calendars, address books or mailboxes that the account has, with how much is in each. */
export function Collections({ wizard }: { readonly wizard: JobWizardState }) {
  const t = useWords();
  const format = useFormat();
  const { folders } = wizard;
  if (folders === null || folders.length === 0) return null;
  return (
    <ul className={css['collections']} tabIndex={0} aria-label={t('jobWizard.choose.heading')}>
      {folders.map(({ key, name, items }) => (
        <li key={key}>
          <span>{name}</span>
          {items !== null && <span className="st-soft">{format.number(items)}</span>}
        </li>
      ))}
    </ul>
  );
}

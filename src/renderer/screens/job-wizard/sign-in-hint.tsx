import { Button } from '@mantine/core';
import type { SignInWay } from '../../../shared/domain/mail-providers.ts';
import { shell } from '../../client/index.ts';
import { Note } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { presetOf } from './browser-account.ts';
import { hintOf } from './providers.ts';
import type { JobWizardState } from './use-job-wizard.ts';

interface Props {
  readonly wizard: JobWizardState;
  readonly ways: readonly SignInWay[];
}

/** What the provider wants beside the name, before it refuses something else; and its page for it. */
export function SignInHint({ wizard, ways }: Props) {
  const t = useWords();
  const hint = wizard.account.isInBrowser ? null : hintOf(ways);
  const preset = presetOf(wizard.answers);
  const isMail = wizard.answers.what === 'mail';
  return (
    <>
      {hint !== null && (
        <Note
          tone={hint === 'browser-only' ? 'warning' : 'plain'}
          action={
            hint === 'app-password' && (
              <Page address={preset?.appPasswords ?? null} label={t('jobWizard.signIn.makeAppPassword')} />
            )
          }
        >
          {t(`jobWizard.signIn.hint.${hint}`)}
        </Note>
      )}
      {isMail && preset?.imapSwitch != null && (
        <Note tone="plain" action={<Page address={preset.imapSwitch} label={t('jobWizard.signIn.openImapSwitch')} />}>
          {t('jobWizard.signIn.imapSwitch', { provider: preset.name })}
        </Note>
      )}
    </>
  );
}

function Page({ address, label }: { readonly address: string | null; readonly label: string }) {
  return address === null ? null : (
    <Button size="sm" onClick={() => void shell.call('shell.openPage', { address })}>
      {label}
    </Button>
  );
}

import { Button } from '@mantine/core';
import { providerOfDomain } from '../../../shared/domain/mail-providers.ts';
import { Choice, Choices, Note } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { atMailServer, type FoundMail as Found, isNamed, type MailProposal, placeOf } from './mail-account.ts';
import { domainOf } from './providers.ts';
import type { JobWizardState } from './use-job-wizard.ts';

interface Props {
  readonly wizard: JobWizardState;
}

/** How the mail server is known, and the ways to know more. Nobody is asked before a button for it was pressed. */
export function FoundMail({ wizard }: Props) {
  const t = useWords();
  const { answers, foundMail } = wizard;
  const domain = domainOf(answers.address);
  const known = providerOfDomain(domain);
  if (known !== undefined)
    return known.imap.host === answers.host ? (
      <Note tone="plain">{t('jobWizard.signIn.mail.ofTable', { provider: known.name })}</Note>
    ) : null;
  if (foundMail === null)
    return (
      <Note
        tone="plain"
        title={t('jobWizard.signIn.mail.unasked')}
        action={<Ask wizard={wizard} label={t('jobWizard.signIn.mail.find')} />}
      >
        {t('jobWizard.signIn.mail.unaskedMeaning', { domain })}
      </Note>
    );
  if (foundMail.proposals.length === 0) return <Nothing wizard={wizard} found={foundMail} />;
  return <Servers wizard={wizard} found={foundMail} />;
}

function Ask({ wizard, label, directory = false }: Props & { readonly label: string; readonly directory?: boolean }) {
  return (
    <Button size="sm" disabled={wizard.busy} onClick={() => void wizard.findMail(directory)}>
      {label}
    </Button>
  );
}

interface FoundProps extends Props {
  readonly found: Found;
}

function Nothing({ wizard, found }: FoundProps) {
  const t = useWords();
  const { address } = found;
  if (found.isOffline)
    return (
      <Note
        tone="warning"
        live
        title={t('jobWizard.signIn.mail.offline')}
        action={<Ask wizard={wizard} label={t('parts.tryAgain')} directory={found.hasAskedDirectory} />}
      >
        {t('jobWizard.signIn.mail.offlineMeaning')}
      </Note>
    );
  return (
    <>
      <Note tone="plain" live title={t('jobWizard.signIn.nothingFound', { address })}>
        {t('jobWizard.signIn.nothingFoundMeaning', { name: 'IMAP' })}
      </Note>
      <Directory wizard={wizard} found={found} />
    </>
  );
}

/** A third party is asked only where the domain itself names nobody, and only when a person says so. */
function Directory({ wizard, found }: FoundProps) {
  const t = useWords();
  if (found.hasAskedDirectory || isNamed(found)) return null;
  return (
    <Note
      tone="plain"
      title={t('jobWizard.signIn.mail.directory')}
      action={<Ask wizard={wizard} label={t('jobWizard.signIn.mail.askDirectory')} directory />}
    >
      {t('jobWizard.signIn.mail.directoryMeaning', { domain: domainOf(found.address) })}
    </Note>
  );
}

function Servers({ wizard, found }: FoundProps) {
  const t = useWords();
  const { answers, change } = wizard;
  const chosen = found.proposals.find((one) => placeOf(one) === placeOf(answers));
  const nameOf = (one: MailProposal): string =>
    t('jobWizard.signIn.mail.place', { host: one.host, mode: t(`sources.settings.tlsMode.${one.tls}`) });
  const choose = (place: string): void => {
    const one = found.proposals.find((other) => placeOf(other) === place);
    if (one !== undefined) change(atMailServer(one));
  };
  return (
    <>
      {found.proposals.length > 1 ? (
        <Choices label={t('jobWizard.signIn.several')} value={chosen === undefined ? null : placeOf(chosen)} onChange={choose}>
          {found.proposals.map((one) => (
            <Choice
              key={placeOf(one)}
              value={placeOf(one)}
              title={nameOf(one)}
              meaning={t(`jobWizard.signIn.mail.by.${one.origin}`)}
            />
          ))}
        </Choices>
      ) : (
        found.proposals.map((one) => (
          <Note key={placeOf(one)} tone={one.origin === 'guess' ? 'warning' : 'fine'} live title={nameOf(one)}>
            {t(`jobWizard.signIn.mail.by.${one.origin}`)}
          </Note>
        ))
      )}
      {chosen?.isForeign && (
        <Note tone="warning" title={t('jobWizard.signIn.foreign')}>
          {t('jobWizard.signIn.foreignMeaning', { url: chosen.host })}
        </Note>
      )}
      <Directory wizard={wizard} found={found} />
    </>
  );
}

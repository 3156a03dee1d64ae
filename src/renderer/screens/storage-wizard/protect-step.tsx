import { ActionIcon, PasswordInput, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { RefreshCw } from 'lucide-react';
import { Choice, Choices, CopyButton, FailureNote, FieldRow, Fields } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { makePassword, shortestPassword, type Strength, strengthOf } from '../../parts/passwords.ts';
import css from './storage-wizard.module.css';
import type { StorageWizardState } from './use-storage-wizard.ts';

export function ProtectStep({ wizard }: { readonly wizard: StorageWizardState }) {
  const t = useWords();
  const { secrets } = wizard;
  return (
    <Fields>
      <div className={css['labelled']}>
        <h2>{t('storageWizard.protect.password')}</h2>
        <SegmentedControl
          value={secrets.made ? 'made' : 'own'}
          data={[
            { value: 'made', label: t('storageWizard.protect.made') },
            { value: 'own', label: t('storageWizard.protect.own') },
          ]}
          onChange={(value) =>
            wizard.setSecrets({ made: value === 'made', password: value === 'made' ? makePassword() : '', again: '' })
          }
        />
      </div>
      {secrets.made ? <MadePassword wizard={wizard} /> : <OwnPassword wizard={wizard} />}
      <KeyPlace wizard={wizard} />
      {wizard.failure && <FailureNote failure={wizard.failure} />}
    </Fields>
  );
}

function MadePassword({ wizard }: { readonly wizard: StorageWizardState }) {
  const t = useWords();
  const { password } = wizard.secrets;
  return (
    <>
      <FieldRow>
        <TextInput
          classNames={{ input: css['mono'] ?? '' }}
          aria-label={t('storageWizard.protect.password')}
          value={password}
          readOnly
        />
        <Tooltip label={t('storageWizard.protect.another')}>
          <ActionIcon
            variant="default"
            size={34}
            aria-label={t('storageWizard.protect.another')}
            onClick={() => wizard.setSecrets({ made: true, password: makePassword(), again: '' })}
          >
            <RefreshCw size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <CopyButton text={password} label={t('storageWizard.protect.copy')} />
      </FieldRow>
      <Meter strength={strengthOf(password)} />
    </>
  );
}

function OwnPassword({ wizard }: { readonly wizard: StorageWizardState }) {
  const t = useWords();
  const { password, again } = wizard.secrets;
  const isShort = password !== '' && [...password].length < shortestPassword;
  const differs = again !== '' && again !== password;
  return (
    <>
      <PasswordInput
        label={t('storageWizard.protect.ownLabel')}
        value={password}
        autoComplete="new-password"
        error={isShort ? t('storageWizard.protect.short', { minimum: shortestPassword }) : null}
        onChange={(event) => wizard.setSecrets({ made: false, password: event.currentTarget.value, again })}
      />
      {password !== '' && <Meter strength={strengthOf(password)} />}
      <PasswordInput
        label={t('storageWizard.protect.again')}
        value={again}
        autoComplete="new-password"
        error={differs ? t('storageWizard.protect.differ') : null}
        onChange={(event) => wizard.setSecrets({ made: false, password, again: event.currentTarget.value })}
      />
    </>
  );
}

const bars: Readonly<Record<Strength, number>> = { weak: 1, fair: 2, strong: 3, veryStrong: 4 };

function Meter({ strength }: { readonly strength: Strength }) {
  const t = useWords();
  return (
    <p className={css['meter']} data-strength={strength}>
      <span className={css['bars']} aria-hidden>
        {[1, 2, 3, 4].map((bar) => (
          <i key={bar} data-on={bar <= bars[strength] || undefined} />
        ))}
      </span>
      <b>{t(`storageWizard.protect.strength.${strength}`)}</b> {t('storageWizard.protect.keepManager')}
    </p>
  );
}

function KeyPlace({ wizard }: { readonly wizard: StorageWizardState }) {
  const t = useWords();
  const unavailable = !wizard.hasKeychain;
  return (
    <Choices
      label={t('storageWizard.protect.where')}
      value={wizard.keepInKeychain ? 'keychain' : 'ask'}
      onChange={(value) => wizard.setKeepInKeychain(value === 'keychain')}
    >
      <Choice
        value="keychain"
        disabled={unavailable}
        title={t('storageWizard.protect.keychain')}
        meaning={t(unavailable ? 'storageWizard.protect.noKeychain' : 'storageWizard.protect.keychainMeaning')}
      />
      <Choice value="ask" title={t('storageWizard.protect.ask')} meaning={t('storageWizard.protect.askMeaning')} />
    </Choices>
  );
}

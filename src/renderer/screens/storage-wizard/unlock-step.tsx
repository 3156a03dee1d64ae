import { PasswordInput, SegmentedControl, Textarea } from '@mantine/core';
import { Choice, Choices, FailureNote, Fields } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './storage-wizard.module.css';
import type { StorageWizardState } from './use-storage-wizard.ts';

export interface UnlockText {
  readonly by: 'password' | 'recovery-key';
  readonly text: string;
}

interface Props {
  readonly wizard: StorageWizardState;
  readonly unlock: UnlockText;
  readonly onUnlock: (unlock: UnlockText) => void;
}

export function UnlockStep({ wizard, unlock, onUnlock }: Props) {
  const t = useWords();
  return (
    <Fields>
      <SegmentedControl
        className={css['start']}
        value={unlock.by}
        data={[
          { value: 'password', label: t('storageWizard.unlock.byPassword') },
          { value: 'recovery-key', label: t('storageWizard.unlock.byKey') },
        ]}
        onChange={(by) => onUnlock({ by: by === 'password' ? 'password' : 'recovery-key', text: '' })}
      />
      {unlock.by === 'password' ? (
        <PasswordInput
          label={t('storageWizard.unlock.byPassword')}
          value={unlock.text}
          autoFocus
          autoComplete="current-password"
          onChange={(event) => onUnlock({ by: 'password', text: event.currentTarget.value })}
        />
      ) : (
        <Textarea
          label={t('storageWizard.unlock.keyLabel')}
          description={t('storageWizard.unlock.keyHint')}
          classNames={{ input: css['mono'] ?? '' }}
          value={unlock.text}
          autoFocus
          rows={5}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onUnlock({ by: 'recovery-key', text: event.currentTarget.value })}
        />
      )}
      {(wizard.failure?.code === 'storage.owned-elsewhere' || wizard.taking !== 'refuse') && <TakingChoice wizard={wizard} />}
      {wizard.failure && <FailureNote failure={wizard.failure} />}
    </Fields>
  );
}

/** Two installations that write would not know of each other: one of them has it. */
function TakingChoice({ wizard }: { readonly wizard: StorageWizardState }) {
  const t = useWords();
  return (
    <Choices label={t('storageWizard.unlock.taking.title')} value={wizard.taking} onChange={(taking) => wizard.setTaking(taking)}>
      <Choice
        value="read-only"
        title={t('storageWizard.unlock.taking.readOnly')}
        meaning={t('storageWizard.unlock.taking.readOnlyMeaning')}
      />
      <Choice
        value="adopt"
        title={t('storageWizard.unlock.taking.adopt')}
        meaning={t('storageWizard.unlock.taking.adoptMeaning')}
      />
    </Choices>
  );
}

import { PasswordInput, SegmentedControl, Textarea } from '@mantine/core';
import type { StorageId } from '../../../shared/domain/ids.ts';
import { LiveRunCard } from '../../parts/live-run-card.tsx';
import { useLiveRuns } from '../../state/index.ts';
import { Choice, Choices, FailureNote, Fields } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './storage-wizard.module.css';
import { type Owner, ownedElsewhere, type StorageWizardState } from './use-storage-wizard.ts';

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
      {wizard.owner !== null && <TakingChoice wizard={wizard} owner={wizard.owner} />}
      {wizard.busy && <ReadingIn storage={wizard.inspection?.storage?.id} />}
      {wizard.failure && wizard.failure.code !== ownedElsewhere && <FailureNote failure={wizard.failure} />}
    </Fields>
  );
}

/** What a large storage holds is read in before it can be used, which takes a while. */
function ReadingIn({ storage }: { readonly storage: StorageId | undefined }) {
  const live = useLiveRuns(({ runs }) => runs.find(({ run }) => run.kind === 'rebuild-catalog' && run.storage === storage));
  return live && <LiveRunCard live={live} />;
}

/** Two installations that write would not know of each other: one of them has it. */
function TakingChoice({ wizard, owner }: { readonly wizard: StorageWizardState; readonly owner: Owner }) {
  const t = useWords();
  const format = useFormat();
  const title = t('storageWizard.unlock.taking.title', { host: owner.host, since: format.fullMoment(owner.sinceMs) });
  return (
    <Choices label={title} value={wizard.taking} onChange={(taking) => wizard.setTaking(taking)}>
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

import { Checkbox, TextInput } from '@mantine/core';
import { KeepFields } from '../../parts/keep-fields.tsx';
import { retentionOf } from '../../parts/keep-presets.ts';
import { usePreferences } from '../../state/index.ts';
import { Fields } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './storage-wizard.module.css';
import type { StorageWizardState } from './use-storage-wizard.ts';

interface Props {
  readonly wizard: StorageWizardState;
  /** Jobs save to it: no copy of another storage. */
  readonly getsJobs: boolean;
}

export function NameStep({ wizard, getsJobs }: Props) {
  const t = useWords();
  const { name, rules, setOwnRules } = wizard;
  const ofAll = usePreferences((feed) => feed.value?.newJobs.retention);
  return (
    <Fields>
      <TextInput
        label={t('storageWizard.name.label')}
        value={name}
        maxLength={100}
        autoFocus
        onChange={(event) => wizard.setName(event.currentTarget.value)}
      />
      {getsJobs && (
        <section className={css['group']}>
          <h2>{t('jobs.keep.title')}</h2>
        </section>
      )}
      {getsJobs && (
        <Checkbox
          label={t('storageWizard.name.ownRules')}
          description={t('storageWizard.name.ownRulesMeaning')}
          checked={rules !== undefined}
          onChange={(event) => setOwnRules(event.currentTarget.checked ? (ofAll ?? retentionOf('deleted', null)) : undefined)}
        />
      )}
      {getsJobs && rules !== undefined && <KeepFields retention={rules} onChange={setOwnRules} />}
    </Fields>
  );
}

import { Button } from '@mantine/core';
import type { StorageId } from '../../../shared/domain/ids.ts';
import { usualNewJobs } from '../../../shared/domain/new-jobs.ts';
import { presetOf } from '../../parts/keep-presets.ts';
import { saysSame, type When } from '../../parts/schedule/when.ts';
import { engine } from '../../client/index.ts';
import { useAnswer, usePreferences } from '../../state/index.ts';
import { Note } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';

interface Props {
  readonly when: When;
  readonly onChange: (when: When) => void;
}

/** That windows and conditions are those that a person wants of every new job, or no longer are. Nothing where nobody wanted any. */
export function InheritedNote({ when, onChange }: Props) {
  const t = useWords();
  const timing = usePreferences((feed) => feed.value?.newJobs.timing) ?? usualNewJobs.timing;
  if (saysSame(timing, usualNewJobs.timing)) return null;
  const isInherited = saysSame(when.timing, timing);
  return (
    <Note
      tone="plain"
      title={t(isInherited ? 'jobWizard.when.inherited' : 'jobWizard.when.ownTiming')}
      action={
        !isInherited && (
          <Button size="sm" onClick={() => onChange({ ...when, timing, typedWindows: null })}>
            {t('jobWizard.when.inherit')}
          </Button>
        )
      }
    >
      {t('jobWizard.when.inheritedMeaning')}
    </Note>
  );
}

/** How long it will keep, where the storage or the settings give new jobs rules. */
export function KeptWords({ storage }: { readonly storage: StorageId | null }) {
  const t = useWords();
  const ofAll = usePreferences((feed) => feed.value?.newJobs.retention) ?? null;
  const settings = useAnswer(storage === null ? null : `settings ${storage}`, () =>
    engine.call('storage.settings', { storage: storage as StorageId }),
  );
  const ofStorage = settings.value?.defaultRetention ?? null;
  const retention = ofStorage ?? ofAll;
  if (retention === null) return null;
  return t('jobWizard.review.keeps', {
    context: ofStorage === null ? 'settings' : 'storage',
    preset: t(`jobs.keep.preset.${presetOf(retention)}`),
  });
}

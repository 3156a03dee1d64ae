import { Checkbox } from '@mantine/core';
import { canReadBack, restoreParts } from '../../../shared/domain/restore-parts.ts';
import { Choice, Choices, Fields, Note } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import type { RestoreWizardState } from './use-restore-wizard.ts';

export function HowStep({ wizard }: { readonly wizard: RestoreWizardState }) {
  const t = useWords();
  const { conflict, target } = wizard.answers;
  const mayVerify = canReadBack(target);
  return (
    <Fields>
      <Choices
        label={t('restoreWizard.how.heading')}
        hideLabel
        value={conflict}
        onChange={(chosen) => wizard.change({ conflict: chosen })}
      >
        <Choice value="skip" title={t('restoreWizard.how.skip')} meaning={t('restoreWizard.how.skipMeaning')} />
        <Choice value="keep-both" title={t('restoreWizard.how.keep-both')} meaning={t('restoreWizard.how.bothMeaning')} />
        <Choice value="replace" title={t('restoreWizard.how.replace')} meaning={t('restoreWizard.how.replaceMeaning')} />
        <Choice value="changed" title={t('restoreWizard.how.changed')} meaning={t('restoreWizard.how.changedMeaning')} />
        <Choice value="newer" title={t('restoreWizard.how.newer')} meaning={t('restoreWizard.how.newerMeaning')} />
        <Choice
          value="empty-first"
          title={t('restoreWizard.how.empty-first')}
          meaning={t(wizard.canEmpty ? 'restoreWizard.how.emptyMeaning' : 'restoreWizard.how.emptyNotHere')}
          disabled={!wizard.canEmpty}
        />
      </Choices>
      <Checkbox
        label={t('restoreWizard.how.verify')}
        description={t(mayVerify ? 'restoreWizard.how.verifyMeaning' : 'restoreWizard.how.verifyNotThere')}
        disabled={!mayVerify}
        checked={mayVerify && wizard.answers.verify}
        onChange={(event) => wizard.change({ verify: event.currentTarget.checked })}
      />
      <LeftOut wizard={wizard} />
      <Note tone="plain" title={t('restoreWizard.how.always')}>
        {t('restoreWizard.how.alwaysMeaning')}
      </Note>
    </Fields>
  );
}

function LeftOut({ wizard }: { readonly wizard: RestoreWizardState }) {
  const t = useWords();
  const { without } = wizard.answers;
  const change = (chosen: readonly string[]): void =>
    wizard.change({ without: restoreParts.filter((part) => chosen.includes(part)) });
  return (
    <Checkbox.Group
      label={t('restoreWizard.how.without')}
      description={t('restoreWizard.how.withoutMeaning')}
      value={[...without]}
      onChange={change}
    >
      <Fields>
        {restoreParts.map((part) => (
          <Checkbox
            key={part}
            value={part}
            label={t(`restoreWizard.how.leaveOut.${part}`)}
            description={t(`restoreWizard.how.leaveOutMeaning.${part}`)}
          />
        ))}
      </Fields>
    </Checkbox.Group>
  );
}

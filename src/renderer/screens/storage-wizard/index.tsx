import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useToasts } from '../../state/index.ts';
import { WizardFrame } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { FillingStep } from './filling-step.tsx';
import { NameStep } from './name-step.tsx';
import { PlaceStep } from './place-step.tsx';
import { ProtectStep } from './protect-step.tsx';
import { SheetStep } from './sheet-step.tsx';
import { TakesStep } from './takes-step.tsx';
import { UnlockStep, type UnlockText } from './unlock-step.tsx';
import { useArchive } from './use-archive.ts';
import { type StepKey, useStorageWizard } from './use-storage-wizard.ts';
import { continueLabel, useHeading, useMissing, useSteps } from './wizard-texts.ts';

/** Location, name, of an archive what is in it and when, protection, recovery sheet; or, where a storage is found, location and unlocking. */
export function StorageWizard() {
  const t = useWords();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const show = useToasts((store) => store.show);
  const archive = useArchive(search.archiveOf);
  const wizard = useStorageWizard(archive?.defaultName);
  const [typed, setTyped] = useState('');
  const [unlock, setUnlock] = useState<UnlockText>({ by: 'password', text: '' });
  const isFound = archive === undefined && wizard.inspection?.state === 'storage';
  const adopt = search.adopt === true || isFound;
  const steps = useSteps(wizard, adopt, archive);
  const order = steps.map(({ key }) => key as StepKey);
  const missing = useMissing(wizard, { adopt, archive, typed, unlock });

  /** On to what the storage was made for. */
  const finish = (): void => {
    const { source, mirrorOf } = search;
    const made = wizard.made?.id;
    if (archive !== undefined) {
      const { id, name: origin } = archive.storage;
      show({ tone: 'success', title: t('archives.wizard.made', { name: wizard.name, origin }) });
      void navigate({ to: '/storages/$storage', params: { storage: id } });
      return;
    }
    if (made !== undefined && mirrorOf !== undefined) {
      void navigate({ to: '/storages/$storage', params: { storage: mirrorOf }, search: { mirror: made } });
      return;
    }
    const answers = { ...(made === undefined ? {} : { storage: made }), ...(source === undefined ? {} : { source }) };
    void navigate({ to: '/jobs/new', search: answers });
  };
  const leave = (): void => {
    const from = wizard.made?.id ?? archive?.storage.id;
    void navigate({ to: from === undefined ? '/storages' : `/storages/${from}` });
  };
  const go = async (): Promise<void> => {
    switch (wizard.step) {
      case 'place':
        if (wizard.inspection === null) return wizard.inspect(wizard.path);
        return wizard.goTo(isFound ? 'unlock' : 'name');
      case 'name':
        return wizard.goTo(archive === undefined ? 'protect' : 'takes');
      case 'takes':
        return wizard.goTo('filling');
      case 'filling':
        return wizard.goTo('protect');
      case 'protect':
        return wizard.create();
      case 'sheet':
        if (await wizard.confirmSheet(archive?.setUp ?? wizard.setRules)) finish();
        return;
      case 'unlock': {
        const id = await wizard.attach(
          unlock.by === 'password' ? { by: 'password', password: unlock.text } : { by: 'recovery-key', recoveryKey: unlock.text },
        );
        if (id === undefined) return;
        if (search.then === 'restore') void navigate({ to: '/restore', search: { storage: id } });
        else void navigate({ to: '/storages/$storage', params: { storage: id } });
      }
    }
  };

  return (
    <WizardFrame
      title={t(archive !== undefined ? 'archives.wizard.title' : adopt ? 'storageWizard.adoptTitle' : 'storageWizard.title')}
      steps={steps}
      current={wizard.step}
      reached={wizard.made === null ? order.indexOf(wizard.step) : -1}
      onStep={(key) => wizard.made === null && wizard.goTo(key as StepKey)}
      {...useHeading(wizard, search.adopt === true, archive)}
      consequence={
        missing ?? (wizard.step === 'protect' ? t('storageWizard.protect.consequence', { path: wizard.path }) : undefined)
      }
      onCancel={leave}
      onBack={
        wizard.made === null && order.indexOf(wizard.step) > 0
          ? () => wizard.goTo(order[order.indexOf(wizard.step) - 1] ?? 'place')
          : undefined
      }
      onContinue={() => void go()}
      {...continueLabel(wizard.step, { archive, isMirror: search.mirrorOf !== undefined }, t)}
      continueDisabled={missing !== undefined && !(wizard.step === 'place' && wizard.path !== '' && wizard.inspection === null)}
      busy={wizard.busy}
    >
      {wizard.step === 'place' && <PlaceStep wizard={wizard} adopt={search.adopt === true} />}
      {wizard.step === 'name' && <NameStep wizard={wizard} getsJobs={archive === undefined && search.mirrorOf === undefined} />}
      {wizard.step === 'takes' && archive !== undefined && <TakesStep archive={archive} />}
      {wizard.step === 'filling' && archive !== undefined && <FillingStep archive={archive} />}
      {wizard.step === 'protect' && <ProtectStep wizard={wizard} />}
      {wizard.step === 'sheet' && wizard.made !== null && (
        <SheetStep wizard={wizard} made={wizard.made} typed={typed} onType={setTyped} />
      )}
      {wizard.step === 'unlock' && <UnlockStep wizard={wizard} unlock={unlock} onUnlock={setUnlock} />}
    </WizardFrame>
  );
}

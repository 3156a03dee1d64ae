import { TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useStorages } from '../../state/index.ts';
import { Fields, WizardFrame, type WizardStep } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { shortestPassword } from '../../parts/passwords.ts';
import { PlaceStep } from './place-step.tsx';
import { ProtectStep } from './protect-step.tsx';
import { SheetStep } from './sheet-step.tsx';
import { UnlockStep, type UnlockText } from './unlock-step.tsx';
import { type StepKey, type StorageWizardState, useStorageWizard } from './use-storage-wizard.ts';

/** Location, name, protection, recovery sheet; or, where a storage is found, location and unlocking. */
export function StorageWizard() {
  const t = useWords();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const wizard = useStorageWizard();
  const [typed, setTyped] = useState('');
  const [unlock, setUnlock] = useState<UnlockText>({ by: 'password', text: '' });
  const isFound = wizard.inspection?.state === 'storage';
  const adopt = search.adopt === true || isFound;
  const steps = useSteps(wizard, adopt);
  const order = steps.map(({ key }) => key as StepKey);
  const missing = useMissing(wizard, adopt, typed, unlock);

  /** On to what the storage was made for. */
  const finish = (): void => {
    const { source, mirrorOf } = search;
    const made = wizard.made?.id;
    if (made !== undefined && mirrorOf !== undefined) {
      void navigate({ to: '/storages/$storage', params: { storage: mirrorOf }, search: { mirror: made } });
      return;
    }
    const answers = { ...(made === undefined ? {} : { storage: made }), ...(source === undefined ? {} : { source }) };
    void navigate({ to: '/jobs/new', search: answers });
  };
  const leave = (): void => void navigate({ to: wizard.made === null ? '/storages' : `/storages/${wizard.made.id}` });
  const go = async (): Promise<void> => {
    switch (wizard.step) {
      case 'place':
        if (wizard.inspection === null) return wizard.inspect(wizard.path);
        return wizard.goTo(isFound ? 'unlock' : 'name');
      case 'name':
        return wizard.goTo('protect');
      case 'protect':
        return wizard.create();
      case 'sheet':
        if (await wizard.confirmSheet()) finish();
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
      title={t(adopt ? 'storageWizard.adoptTitle' : 'storageWizard.title')}
      steps={steps}
      current={wizard.step}
      reached={wizard.made === null ? order.indexOf(wizard.step) : -1}
      onStep={(key) => wizard.made === null && wizard.goTo(key as StepKey)}
      {...useHeading(wizard, search.adopt === true)}
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
      {...continueLabel(wizard.step, search.mirrorOf !== undefined, t)}
      continueDisabled={missing !== undefined && !(wizard.step === 'place' && wizard.path !== '' && wizard.inspection === null)}
      busy={wizard.busy}
    >
      {wizard.step === 'place' && <PlaceStep wizard={wizard} adopt={search.adopt === true} />}
      {wizard.step === 'name' && <NameStep wizard={wizard} />}
      {wizard.step === 'protect' && <ProtectStep wizard={wizard} />}
      {wizard.step === 'sheet' && wizard.made !== null && (
        <SheetStep wizard={wizard} made={wizard.made} typed={typed} onType={setTyped} />
      )}
      {wizard.step === 'unlock' && <UnlockStep wizard={wizard} unlock={unlock} onUnlock={setUnlock} />}
    </WizardFrame>
  );
}

type Words = ReturnType<typeof useWords>;

function continueLabel(step: StepKey, isMirror: boolean, t: Words): { continueLabel?: string } {
  if (step === 'protect') return { continueLabel: t('storageWizard.protect.create') };
  if (step === 'sheet')
    return { continueLabel: t(isMirror ? 'storageWizard.sheet.finishMirror' : 'storageWizard.sheet.finishJob') };
  return step === 'unlock' ? { continueLabel: t('storageWizard.unlock.attach') } : {};
}

function useSteps(wizard: StorageWizardState, adopt: boolean): WizardStep[] {
  const t = useWords();
  const place: WizardStep = {
    key: 'place',
    name: t('storageWizard.steps.place'),
    answer: wizard.inspection === null ? undefined : wizard.path,
  };
  if (adopt) return [place, { key: 'unlock', name: t('storageWizard.steps.unlock') }];
  return [
    place,
    {
      key: 'name',
      name: t('storageWizard.steps.name'),
      answer: wizard.step === 'place' || wizard.name === '' ? undefined : wizard.name,
    },
    {
      key: 'protect',
      name: t('storageWizard.steps.protect'),
      answer:
        wizard.made === null
          ? undefined
          : t(wizard.keepInKeychain ? 'storageWizard.protect.keychain' : 'storageWizard.protect.ask'),
    },
    { key: 'sheet', name: t('storageWizard.steps.sheet') },
  ];
}

function useHeading(wizard: StorageWizardState, adopt: boolean): { heading: string; lead: string } {
  const t = useWords();
  switch (wizard.step) {
    case 'place':
      return adopt
        ? { heading: t('storageWizard.place.adoptHeading'), lead: t('storageWizard.place.adoptLead') }
        : { heading: t('storageWizard.place.heading'), lead: t('storageWizard.place.lead') };
    case 'unlock':
      return {
        heading: t('storageWizard.unlock.heading', { name: wizard.inspection?.storage?.name ?? '' }),
        lead: t('storageWizard.unlock.lead'),
      };
    case 'name':
    case 'protect':
    case 'sheet':
      return { heading: t(`storageWizard.${wizard.step}.heading`), lead: t(`storageWizard.${wizard.step}.lead`) };
  }
}

/** What is missing to go on, in words; undefined: nothing. */
function useMissing(wizard: StorageWizardState, adopt: boolean, typed: string, unlock: UnlockText): string | undefined {
  const t = useWords();
  const names = useStorages((feed) => feed.value) ?? [];
  const { path, inspection, name, secrets, made } = wizard;
  switch (wizard.step) {
    case 'place':
      if (path === '') return t('storageWizard.place.needed');
      if (inspection === null) return t('storageWizard.place.needsCheck');
      if (inspection.state === 'storage') return undefined;
      if (adopt) return t('storageWizard.place.noStorage');
      return inspection.state === 'empty' || inspection.state === 'missing' ? undefined : t('storageWizard.place.blocked');
    case 'name':
      if (name.trim() === '') return t('storageWizard.name.needed');
      return names.some((storage) => storage.name.toLowerCase() === name.trim().toLowerCase())
        ? t('storageWizard.name.taken')
        : undefined;
    case 'protect':
      if ([...secrets.password].length < shortestPassword) return t('storageWizard.protect.short', { minimum: shortestPassword });
      return secrets.made || secrets.again === secrets.password ? undefined : t('storageWizard.protect.differ');
    case 'sheet': {
      const characters = made?.checkCharacters ?? '';
      if (typed.toUpperCase() === characters.toUpperCase()) return undefined;
      return t('storageWizard.sheet.togo', { count: Math.max(1, characters.length - typed.length) });
    }
    case 'unlock':
      return unlock.text.trim() === '' ? t('storageWizard.unlock.lead') : undefined;
  }
}

function NameStep({ wizard }: { readonly wizard: StorageWizardState }) {
  const t = useWords();
  return (
    <Fields>
      <TextInput
        label={t('storageWizard.name.label')}
        value={wizard.name}
        maxLength={100}
        autoFocus
        onChange={(event) => wizard.setName(event.currentTarget.value)}
      />
    </Fields>
  );
}

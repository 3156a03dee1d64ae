import { sayKinds } from '../../../shared/words/choice.ts';
import { shortestPassword } from '../../parts/passwords.ts';
import { scheduleOf } from '../../parts/schedule/when.ts';
import { useStorages } from '../../state/index.ts';
import type { WizardStep } from '../../widgets/index.ts';
import { useFormat, useLanguage, useWords } from '../../words/index.ts';
import type { UnlockText } from './unlock-step.tsx';
import { type ArchiveState, isInside } from './use-archive.ts';
import type { StepKey, StorageWizardState } from './use-storage-wizard.ts';

type Words = ReturnType<typeof useWords>;

interface Purpose {
  readonly archive: ArchiveState | undefined;
  readonly isMirror: boolean;
}

export function continueLabel(step: StepKey, { archive, isMirror }: Purpose, t: Words): { continueLabel?: string } {
  if (step === 'protect')
    return { continueLabel: t(archive === undefined ? 'storageWizard.protect.create' : 'archives.wizard.create') };
  if (step === 'sheet' && archive !== undefined) return { continueLabel: t('archives.wizard.finish') };
  if (step === 'sheet')
    return { continueLabel: t(isMirror ? 'storageWizard.sheet.finishMirror' : 'storageWizard.sheet.finishJob') };
  return step === 'unlock' ? { continueLabel: t('storageWizard.unlock.attach') } : {};
}

export function useSteps(wizard: StorageWizardState, adopt: boolean, archive: ArchiveState | undefined): WizardStep[] {
  const t = useWords();
  const asked = useArchiveSteps(wizard, archive);
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
    ...asked,
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

/** What an archive is asked besides, with what was answered so far. */
function useArchiveSteps(wizard: StorageWizardState, archive: ArchiveState | undefined): WizardStep[] {
  const t = useWords();
  const format = useFormat();
  const language = useLanguage();
  if (archive === undefined) return [];
  const { takes, sources, kinds, way } = archive.answers;
  const chosen = (archive.saved.value ?? []).filter(({ id }) => sources.includes(id)).map(({ name }) => name);
  const parts = [
    ...(takes.sources === 'all' ? [] : [format.list(chosen)]),
    ...(takes.kinds === 'all' ? [] : [sayKinds(kinds, language)]),
  ];
  const isBehind = (...steps: readonly StepKey[]): boolean => wizard.made !== null || steps.includes(wizard.step);
  return [
    {
      key: 'takes',
      name: t('archives.wizard.takes'),
      answer: isBehind('filling', 'protect')
        ? parts.length === 0
          ? t('archives.wizard.sources.all')
          : parts.join(' · ')
        : undefined,
    },
    {
      key: 'filling',
      name: t('archives.wizard.filling'),
      answer: isBehind('protect') ? t(`archives.wizard.when.${way}`) : undefined,
    },
  ];
}

export function useHeading(
  wizard: StorageWizardState,
  adopt: boolean,
  archive: ArchiveState | undefined,
): { heading: string; lead: string } {
  const t = useWords();
  switch (wizard.step) {
    case 'takes':
      return { heading: t('archives.wizard.sources.heading'), lead: t('archives.wizard.sources.lead') };
    case 'filling':
      return { heading: t('archives.wizard.when.heading'), lead: t('archives.wizard.when.lead') };
    case 'place':
      if (archive !== undefined) return { heading: t('archives.wizard.place.heading'), lead: t('archives.wizard.place.lead') };
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

interface Typed {
  readonly adopt: boolean;
  readonly archive: ArchiveState | undefined;
  readonly typed: string;
  readonly unlock: UnlockText;
}

/** What is missing to go on, in words; undefined: nothing. */
export function useMissing(wizard: StorageWizardState, { adopt, archive, typed, unlock }: Typed): string | undefined {
  const t = useWords();
  const names = useStorages((feed) => feed.value) ?? [];
  const { path, inspection, name, secrets, made } = wizard;
  switch (wizard.step) {
    case 'place':
      if (path === '') return t('storageWizard.place.needed');
      if (archive !== undefined && isInside(path, archive.storage)) return t('archives.wizard.place.inside');
      if (archive !== undefined && inspection?.state === 'storage') return t('storageWizard.place.blocked');
      if (inspection === null) return t('storageWizard.place.needsCheck');
      if (inspection.state === 'storage') return undefined;
      if (adopt) return t('storageWizard.place.noStorage');
      return inspection.state === 'empty' || inspection.state === 'missing' ? undefined : t('storageWizard.place.blocked');
    case 'name':
      if (name.trim() === '') return t('storageWizard.name.needed');
      return names.some((storage) => storage.name.toLowerCase() === name.trim().toLowerCase())
        ? t('storageWizard.name.taken')
        : undefined;
    case 'takes':
    case 'filling':
      return archive === undefined ? undefined : missingOf(archive, wizard.step, t);
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

function missingOf({ answers }: ArchiveState, step: 'takes' | 'filling', t: Words): string | undefined {
  const { takes, sources, kinds, way, when } = answers;
  if (step === 'filling') return way === 'times' && scheduleOf(when) === null ? t('archives.wizard.when.needed') : undefined;
  if (takes.sources === 'some' && sources.length === 0) return t('archives.wizard.sources.needed');
  return takes.kinds === 'some' && kinds.length === 0 ? t('archives.wizard.kinds.needed') : undefined;
}

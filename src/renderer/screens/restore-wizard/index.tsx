import { Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { StorageId } from '../../../shared/domain/ids.ts';
import { shell } from '../../client/index.ts';
import { type RunRecord, tellFailure, useRestoreSelection } from '../../state/index.ts';
import { WizardFrame, type WizardStep } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { AsOfStep } from './as-of-step.tsx';
import { ConfirmEmptying } from './emptied-card.tsx';
import { HowStep } from './how-step.tsx';
import { hasOwnFolder, isRootName, needsPath, type StepKey, steps } from './restore-answers.ts';
import { RunStep, useRecord } from './run-step.tsx';
import { useAsOfWords, usePlace, useWhat } from './restore-words.ts';
import { type RestoreWizardState, useRestoreWizard } from './use-restore-wizard.ts';
import { WhatStep } from './what-step.tsx';
import { WhereStep } from './where-step.tsx';

/** What, as of when, where to, how; then a dry run that shows what would happen, and only then the restore. */
export function RestoreWizard() {
  const t = useWords();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const handed = useRestoreSelection(({ selection }) => selection);
  // What was handed over for another storage is of another time.
  const [selection] = useState(handed !== null && search.storage === handed.storage ? handed : null);
  const wizard = useRestoreWizard(selection, (search.storage ?? null) as StorageId | null);
  const { step, run } = wizard;
  const record = useRecord(run ?? wizard.dryRun);
  const list = useSteps(wizard, record);
  const heading = useHeading(wizard, record);
  const missing = useMissing(wizard, record);
  const place = usePlace(wizard);
  const at = steps.indexOf(step);
  const isDone = run !== null;

  const [isAsking, setIsAsking] = useState(false);
  const emptied = isDone ? null : (record?.restore?.emptied ?? null);

  const leave = (): void => {
    if (run !== null) void navigate({ to: '/runs/$run', params: { run } });
    else void navigate(selection === null ? { to: '/' } : { to: '/browse', search: { storage: selection.storage } });
  };
  const go = (): void => {
    if (isDone) leave();
    else if (step === 'run' && emptied !== null) setIsAsking(true);
    else if (step === 'run') void wizard.restore();
    else wizard.goTo(steps[at + 1] ?? 'run');
  };
  const count = record?.restore ? record.restore.created + record.restore.replaced : 0;
  const last = isDone ? t('restoreWizard.run.show') : t('restoreWizard.run.restore', { count });

  return (
    <WizardFrame
      title={t('restoreWizard.title')}
      steps={list}
      current={step}
      reached={isDone ? -1 : wizard.reached}
      onStep={(key) => wizard.goTo(key as StepKey)}
      {...heading}
      consequence={missing ?? (step === 'run' && !isDone ? t('restoreWizard.run.consequence', { place }) : undefined)}
      onCancel={isDone ? () => void navigate({ to: '/' }) : leave}
      leaveLabel={isDone ? t('parts.close') : undefined}
      onBack={at > 0 && !isDone ? () => wizard.goTo(steps[at - 1] ?? 'what') : undefined}
      onContinue={go}
      extra={isDone ? <OpenFolder wizard={wizard} record={record} /> : undefined}
      {...(step === 'run' ? { continueLabel: last } : {})}
      continueDisabled={missing !== undefined}
      busy={wizard.busy}
    >
      {step === 'what' && <WhatStep wizard={wizard} />}
      {step === 'asOf' && <AsOfStep wizard={wizard} />}
      {step === 'where' && <WhereStep wizard={wizard} />}
      {step === 'how' && <HowStep wizard={wizard} />}
      {step === 'run' && <RunStep wizard={wizard} record={record} />}
      <ConfirmEmptying emptied={isAsking ? emptied : null} onClose={() => setIsAsking(false)} onConfirm={wizard.restore} />
    </WizardFrame>
  );
}

function OpenFolder({ wizard, record }: { readonly wizard: RestoreWizardState; readonly record: RunRecord | null }) {
  const t = useWords();
  const { target, path } = wizard.answers;
  if (!needsPath(target) || record === null || record.status === 'running') return null;
  const open = (): void => void tellFailure(t('restoreWizard.run.openFolder'), () => shell.call('shell.showDirectory', { path }));
  return (
    <Button leftSection={<FolderOpen size={16} strokeWidth={1.75} aria-hidden />} onClick={open}>
      {t('restoreWizard.run.openFolder')}
    </Button>
  );
}

function useSteps(wizard: RestoreWizardState, record: RunRecord | null): WizardStep[] {
  const t = useWords();
  const format = useFormat();
  const asOf = useAsOfWords(wizard);
  const place = usePlace(wizard);
  const what = useWhat(wizard);
  const { answers, kinds, reached, run } = wizard;
  const answerOf: Readonly<Record<StepKey, () => string | undefined>> = {
    what: () => what,
    asOf: () => asOf,
    where: () => (hasOwnFolder(answers, kinds) ? `${place}, ${answers.rootName}` : place),
    how: () => t(`restoreWizard.how.${answers.conflict}`),
    run: () => undefined,
  };
  const ran = record?.endedAtMs
    ? t(run === null ? 'restoreWizard.run.checkedAt' : 'restoreWizard.run.endedAt', { time: format.time(record.endedAtMs) })
    : undefined;
  return steps.map((key, index) => ({
    key,
    name: t(`restoreWizard.steps.${key}`),
    answer: key === 'run' ? ran : index < reached ? answerOf[key]() : undefined,
  }));
}

function useHeading({ step, run, answers }: RestoreWizardState, record: RunRecord | null): { heading: string; lead: string } {
  const t = useWords();
  const format = useFormat();
  if (step !== 'run') return { heading: t(`restoreWizard.${step}.heading`), lead: t(`restoreWizard.${step}.lead`) };
  const report = record?.status === 'running' ? null : record?.restore;
  if (run === null) {
    if (!report) return { heading: t('restoreWizard.run.checking'), lead: t('restoreWizard.run.checkingLead') };
    const all = report.created + report.replaced + report.skipped + report.failed.length;
    const values = { count: all, written: format.number(report.created + report.replaced), all: format.number(all) };
    return { heading: t('restoreWizard.run.wouldHeading', values), lead: t('restoreWizard.run.dryLead') };
  }
  if (!report) return { heading: t('restoreWizard.run.running'), lead: t('restoreWizard.run.runningLead') };
  return {
    heading: t('restoreWizard.run.done', { count: report.created + report.replaced }),
    lead: t(report.failed.length > 0 ? 'restoreWizard.run.doneWithFailures' : 'restoreWizard.run.doneLead', {
      place: needsPath(answers.target) ? answers.path : '',
    }),
  };
}

/** What is missing to go on, in words; undefined: nothing. */
function useMissing(wizard: RestoreWizardState, record: RunRecord | null): string | undefined {
  const t = useWords();
  const { step, answers, kinds, measured, storage, run } = wizard;
  switch (step) {
    case 'what':
      if (storage === undefined) return t('restoreWizard.missing.storage');
      if (storage.state === 'locked') return t('restoreWizard.missing.unlock');
      if (answers.scope === 'sources' && answers.sources.length === 0) return t('restoreWizard.missing.source');
      return undefined;
    case 'asOf':
      return measured.value?.items === 0 ? t('restoreWizard.missing.items') : undefined;
    case 'where':
      if (needsPath(answers.target) && answers.path.trim() === '') return t('restoreWizard.missing.path');
      if (answers.target === 'source' && answers.source === null) return t('restoreWizard.missing.source');
      if (answers.target === 'matched' && !wizard.concerned.every(({ id }) => answers.matches[id]))
        return t('restoreWizard.missing.match');
      if (wizard.unknown.length > 0 || wizard.lockedOut.length > 0) return t('restoreWizard.missing.access');
      return hasOwnFolder(answers, kinds) && !isRootName(answers.rootName) ? t('restoreWizard.where.rootInvalid') : undefined;
    case 'how':
      return undefined;
    case 'run': {
      if (run !== null) return undefined;
      if (record === null || record.status === 'running') return t('restoreWizard.missing.check');
      if (!record.restore || record.status === 'failed') return t('restoreWizard.missing.failed');
      return doesNothing(record.restore) ? t('restoreWizard.missing.nothingToDo') : undefined;
    }
  }
}

const doesNothing = ({ created, replaced, emptied }: NonNullable<RunRecord['restore']>): boolean =>
  created + replaced + (emptied?.removed ?? 0) === 0;

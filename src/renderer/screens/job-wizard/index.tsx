import { Button } from '@mantine/core';
import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { SourceId, StorageId } from '../../../shared/domain/ids.ts';
import type { Timing } from '../../../shared/domain/schedule.ts';
import { engine } from '../../client/index.ts';
import { tellFailure, useJobs, usePreferences, useSources, useStorages } from '../../state/index.ts';
import { FeedView, WizardFrame, type WizardStep } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { freeName, type StepKey } from './answers.ts';
import { faultOf, savingFaultOf, usualWhen } from '../../parts/schedule/when.ts';
import { signInOf } from './browser-account.ts';
import { BegunNote } from './begun-note.tsx';
import { ChooseStep } from './choose-step.tsx';
import { type Draft, forgetDraft, keptDraft, stillThere } from './kept-draft.ts';
import { SourceChooseStep } from './source-choose-step.tsx';
import { isServer } from './web-account.ts';
import { isDav, isWeb, signsIn } from './what.ts';
import { isAddress } from './providers.ts';
import { ReviewStep } from './review-step.tsx';
import { SignInStep } from './sign-in-step.tsx';
import { type JobWizardState, useJobWizard } from './use-job-wizard.ts';
import { useChosenWords } from './use-chosen-words.ts';
import { useLeftOutWords } from './use-left-out-words.ts';
import { WhatStep } from './what-step.tsx';
import { WhenStep } from './when-step.tsx';
import { WhereStep } from './where-step.tsx';

/** What, signing in, folders, storage, schedule, review; for a source alone only what concerns it. Begins with what new jobs are given. */
export function JobWizard() {
  const preferences = usePreferences();
  const sources = useSources();
  const storages = useStorages();
  const search = useSearch({ strict: false });
  const sourceOnly = useLocation().pathname === '/sources/new';
  // Whoever comes for a source or a storage of theirs begins with it.
  const isAsked = search.source !== undefined || search.storage !== undefined;
  const [draft, setDraft] = useState(() => (isAsked ? undefined : keptDraft(localStorage, sourceOnly)));
  const beginAnew = (): void => {
    forgetDraft(localStorage, sourceOnly);
    setDraft(undefined);
  };
  const wizard = ({ timing }: { readonly timing: Timing }, left?: Draft) => (
    <Wizard key={left === undefined ? 'new' : 'begun'} timing={timing} draft={left} onAnew={beginAnew} />
  );
  return (
    <FeedView feed={preferences}>
      {({ newJobs }) =>
        draft === undefined ? (
          wizard(newJobs)
        ) : (
          <FeedView feed={sources}>
            {(ofSources) => (
              <FeedView feed={storages}>{(ofStorages) => wizard(newJobs, stillThere(draft, ofSources, ofStorages))}</FeedView>
            )}
          </FeedView>
        )
      }
    </FeedView>
  );
}

interface WizardProps {
  readonly timing: Timing;
  readonly draft: Draft | undefined;
  readonly onAnew: () => void;
}

function Wizard({ timing, draft, onAnew }: WizardProps) {
  const t = useWords();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const sourceOnly = useLocation().pathname === '/sources/new';
  const given = {
    when: { ...usualWhen, timing },
    ...(search.source === undefined ? {} : { what: 'known' as const, known: [search.source as SourceId] }),
    ...(search.storage === undefined ? {} : { storage: search.storage as StorageId }),
  };
  const wizard = useJobWizard(sourceOnly, draft?.answers ?? given, draft?.step);
  const { step, steps, answers } = wizard;
  const name = useName(wizard);
  const fault = useNameFault(wizard, name);
  const missing = useMissing(wizard, fault);
  const consequence = useConsequence(wizard);
  const list = useSteps(wizard, name);
  const at = steps.indexOf(step);

  const finish = async (start: boolean): Promise<void> => {
    if (sourceOnly) {
      const source = await wizard.addSource(name);
      if (source !== undefined) forgetDraft(localStorage, sourceOnly);
      if (source) void navigate({ to: '/sources/$source', params: { source } });
      return;
    }
    const job = await wizard.addJob(name);
    if (job === undefined) return;
    forgetDraft(localStorage, sourceOnly);
    // The job is there, whether it can start now or not; why not is said on its page.
    const started = start ? await tellFailure(t('jobWizard.review.start'), () => engine.call('job.run', { id: job })) : undefined;
    if (started === undefined) void navigate({ to: '/jobs/$job', params: { job } });
    else void navigate({ to: '/runs/$run', params: { run: started.run } });
  };
  const go = async (): Promise<void> => {
    if (step === 'review') return finish(true);
    const needsTest = wizard.tested?.ok !== true && answers.what !== 'known';
    if (step === 'signIn' && needsTest) return signInOrTest(wizard);
    if (step === 'what' && !(signsIn(answers.what) ? await wizard.findServer() : !needsTest || (await wizard.test()))) return;
    wizard.goOn();
  };
  /** The source is kept first, so that nothing that was answered is lost on the way to the storage wizard and back. */
  const addStorage = async (): Promise<void> => {
    const source = await wizard.addSource(wizard.sourceName);
    if (source === undefined) return;
    const kept = source ?? answers.known[0];
    void navigate({ to: '/storages/new', search: kept === undefined ? {} : { source: kept } });
  };

  return (
    <WizardFrame
      title={t(sourceOnly ? 'sources.add' : 'jobWizard.title')}
      steps={list}
      current={step}
      reached={wizard.reached}
      onStep={(key) => wizard.goTo(key as StepKey)}
      heading={t(step === 'review' && sourceOnly ? 'jobWizard.review.sourceHeading' : `jobWizard.${step}.heading`)}
      lead={t(leadOf(wizard))}
      consequence={missing ?? consequence}
      onCancel={() => {
        forgetDraft(localStorage, sourceOnly);
        void navigate({ to: sourceOnly ? '/sources' : '/jobs' });
      }}
      onBack={at > 0 ? () => wizard.goTo(steps[at - 1] ?? 'what') : undefined}
      onContinue={() => void go()}
      extra={
        step === 'review' && !sourceOnly ? (
          <Button disabled={missing !== undefined || wizard.busy} onClick={() => void finish(false)}>
            {t('jobWizard.review.save')}
          </Button>
        ) : undefined
      }
      {...continueLabel(wizard, t)}
      continueDisabled={missing !== undefined}
      busy={wizard.busy}
    >
      {draft !== undefined && step === draft.step && <BegunNote onAnew={onAnew} />}
      {step === 'what' && <WhatStep wizard={wizard} />}
      {step === 'signIn' && <SignInStep wizard={wizard} />}
      {step === 'choose' && (sourceOnly ? <SourceChooseStep wizard={wizard} /> : <ChooseStep wizard={wizard} />)}
      {step === 'where' && <WhereStep wizard={wizard} onNewStorage={() => void addStorage()} />}
      {step === 'when' && <WhenStep wizard={wizard} />}
      {step === 'review' && <ReviewStep wizard={wizard} name={name} nameFault={fault} />}
    </WizardFrame>
  );
}

/** What was signed in to already is only tried again. */
async function signInOrTest(wizard: JobWizardState): Promise<void> {
  if (wizard.account.needsSignIn) await wizard.signInAt('browser');
  else await wizard.test();
}

function leadOf({ step, sourceOnly, answers: { what } }: JobWizardState) {
  if (step === 'choose' && !sourceOnly) return 'jobWizard.choose.jobLead' as const;
  return step === 'choose' && (what === 'files' || isDav(what))
    ? (`jobWizard.choose.${what}Lead` as const)
    : (`jobWizard.${step}.lead` as const);
}

function continueLabel(
  { step, sourceOnly, tested, account }: JobWizardState,
  t: ReturnType<typeof useWords>,
): { continueLabel?: string } {
  if (step === 'review') return { continueLabel: t(sourceOnly ? 'sources.add' : 'jobWizard.review.start') };
  if (step !== 'signIn' || tested?.ok === true) return {};
  return { continueLabel: t(account.needsSignIn ? 'parts.browserSignIn.inBrowser' : 'jobWizard.signIn.go') };
}

/** What a person typed, or else a free name: of the source, or of the only known one. */
function useName({ answers, sourceOnly, sourceName, sources }: JobWizardState): string {
  const jobs = useJobs((feed) => feed.value) ?? [];
  if (answers.name !== null) return answers.name;
  if (sourceOnly) return sourceName;
  const known = sources.find(({ id }) => id === answers.known[0])?.name ?? '';
  return freeName(
    answers.what === 'known' ? known : sourceName,
    jobs.map(({ name }) => name),
  );
}

function useNameFault({ sourceOnly, sources }: JobWizardState, name: string): string | undefined {
  const t = useWords();
  const jobs = useJobs((feed) => feed.value) ?? [];
  if (name.trim() === '' || name !== name.trim()) return t('jobs.nameInvalid');
  const taken = (sourceOnly ? sources : jobs).some((other) => other.name.toLowerCase() === name.toLowerCase());
  return taken ? t('jobWizard.review.taken') : undefined;
}

/** What is missing to go on, in words; undefined: nothing. */
function useMissing(
  { step, answers, account: { password, isInBrowser } }: JobWizardState,
  nameFault: string | undefined,
): string | undefined {
  const t = useWords();
  const whenFault = savingFaultOf(answers.when);
  switch (step) {
    case 'what':
      if (answers.what === 'mail') return isAddress(answers.address) ? undefined : t('jobWizard.missing.address');
      if (isWeb(answers.what))
        return isAddress(answers.address) || isServer(answers.address) ? undefined : t('jobWizard.missing.addressOrServer');
      if (answers.what === 'files') return answers.paths.length > 0 ? undefined : t('jobWizard.missing.folder');
      if (answers.what === 'local') return answers.localPath.trim() !== '' ? undefined : t('jobWizard.missing.folder');
      return answers.known.length > 0 ? undefined : t('jobs.sources.atLeastOne');
    case 'signIn':
      if (isInBrowser && signInOf(answers) === undefined) return t('jobWizard.missing.browserServer');
      if (!isInBrowser && password === '') return t('jobWizard.missing.password');
      if (isWeb(answers.what))
        return isServer(answers.url) && answers.user.trim() !== '' ? undefined : t('jobWizard.missing.davServer');
      return answers.host.trim() === '' || answers.user.trim() === '' || answers.port === 0
        ? t('jobWizard.missing.server')
        : undefined;
    case 'where':
      return answers.storage === null ? t('jobWizard.missing.storage') : undefined;
    case 'when':
      return whenFault === null ? undefined : t(`schedule.fault.${whenFault}`);
    case 'choose':
      return undefined;
    case 'review':
      return nameFault;
  }
}

/** What the next click does where that is not plain. */
function useConsequence(wizard: JobWizardState): string | undefined {
  const t = useWords();
  const words = useChosenWords(wizard);
  const { step, sourceOnly, answers } = wizard;
  if (step === 'review' && !sourceOnly) return t('jobWizard.review.consequence');
  // What is left out although nobody said so is said at once.
  if (step === 'what' && answers.what === 'files' && !sourceOnly && words !== null) return words.all;
  return undefined;
}

function useSteps(wizard: JobWizardState, name: string): WizardStep[] {
  const t = useWords();
  const format = useFormat();
  const leftOut = useLeftOutWords(wizard);
  const words = useChosenWords(wizard);
  const { answers, steps, reached, tested, sources, sourceOnly } = wizard;
  const storage = useStorages((feed) => feed.value?.find(({ id }) => id === answers.storage));
  const answerOf = (key: StepKey): string | undefined => {
    switch (key) {
      case 'what': {
        const known = sources.filter(({ id }) => answers.known.includes(id)).map((source) => source.name);
        return answers.what === 'known' ? format.list(known) : wizard.sourceName;
      }
      case 'signIn':
        return tested?.ok ? (isWeb(answers.what) ? answers.url : answers.host) : undefined;
      case 'choose':
        if (!sourceOnly) return words === null ? t('jobWizard.choose.everything') : words.short;
        return leftOut === null ? t('jobWizard.choose.everything') : t('jobWizard.choose.without', { what: leftOut });
      case 'where':
        return storage?.name;
      case 'when':
        return answers.when.mode === 'continuous' && faultOf(answers.when) === null
          ? t('jobWizard.when.answer', { idle: format.duration(answers.when.idleMs) })
          : t(`schedule.mode.${answers.when.mode}`);
      case 'review':
        return name;
    }
  };
  return steps.map((key, index) => ({
    key,
    name: t(key === 'review' && sourceOnly ? 'jobs.name' : `jobWizard.steps.${key}`),
    answer: index < reached ? answerOf(key) : undefined,
  }));
}

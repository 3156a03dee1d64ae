import { useState } from 'react';
import type { CallInput, CallOutput } from '../../../shared/contract/calls.ts';
import { type Choice, takesEverything } from '../../../shared/domain/choice.ts';
import type { GrantId, JobId, SourceId } from '../../../shared/domain/ids.ts';
import type { SourceSettings } from '../../../shared/domain/source-settings.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { engine } from '../../client/index.ts';
import { useAttempt, useSources } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import {
  type Answers,
  captures,
  firstAnswers,
  furtherOf,
  newSource,
  settingsOf,
  type SourceKey,
  sourceNameOf,
  type StepKey,
  stepAfter,
  stepsFor,
  withoutRules,
} from './answers.ts';
import { scheduleOf } from '../../parts/schedule/when.ts';
import type { BrowserAnswers } from './browser-account.ts';
import { type ChosenInJob, chosenSources } from './chosen-sources.ts';
import { keepChoice } from './kept-choices.ts';
import { useDraftKeeping } from './kept-draft.ts';
import { isDav } from './what.ts';
import { leftOutAtFirst, type RemoteFolder } from './folder-choice.ts';
import { type Given, useAccount } from './use-account.ts';
import { useFoundServers } from './use-found-servers.ts';

export type SourceTest = CallOutput<'source.test'>;

/** What decides whether a test still stands. */
type Reach = Pick<
  Answers,
  | 'what'
  | 'host'
  | 'port'
  | 'tls'
  | 'url'
  | 'user'
  | 'isToken'
  | 'certificateSha256'
  | 'paths'
  | 'localKind'
  | 'localPath'
  | keyof BrowserAnswers
>;
const reaches: readonly (keyof Reach)[] = [
  'what',
  'host',
  'port',
  'tls',
  'url',
  'user',
  'isToken',
  'certificateSha256',
  'paths',
  'localKind',
  'localPath',
  'way',
  'clientId',
  'issuer',
  'scopes',
];

/** A free one. What the wizard itself has added is no other. */
function useSourceName(answers: Answers, sources: CallOutput<'source.list'>, added: SourceId | null): string {
  const t = useWords();
  const taken = sources.filter(({ id }) => id !== added).map(({ name }) => name);
  const { what } = answers;
  return sourceNameOf(answers, taken, (user) => (isDav(what) ? t(`jobWizard.what.${what}Of`, { user }) : user));
}

/** The answers, the password, and the calls that they lead to. What is wrong stays beside its step until it is tried again. */
export function useJobWizard(sourceOnly: boolean, given: Partial<Answers>, begun?: StepKey) {
  const [answers, setAnswers] = useState<Answers>({ ...firstAnswers, ...given });
  // Whoever comes back with a source from making a storage goes on where they left.
  const begins = begun ?? (given.known === undefined || sourceOnly ? 'what' : 'where');
  const [step, setStep] = useState<StepKey>(begins);
  /** Index of the furthest step that was shown, or passed by with its default. */
  const [reached, setReached] = useState(stepsFor(answers.what, sourceOnly).indexOf(begins));
  const account = useAccount(answers);
  const [tested, setTested] = useState<SourceTest | null>(null);
  const [folders, setFolders] = useState<readonly RemoteFolder[] | null>(null);
  const [added, setAdded] = useState<SourceId | null>(null);
  const { busy, failure, attempt, forget } = useAttempt();
  const sources = useSources((feed) => feed.value) ?? [];
  useDraftKeeping(sourceOnly, { answers, step }, { added, isBegun: begun !== undefined });

  const steps = stepsFor(answers.what, sourceOnly);
  const sourceName = useSourceName(answers, sources, added);
  const settings = sourceOnly ? settingsOf(answers, folders) : settingsOf(withoutRules(answers), null);
  const chosen = chosenSources(answers, settings, sourceName, sources);

  const forgetTest = (): void => {
    setTested(null);
    setFolders(null);
    forget();
  };

  const change = (changed: Partial<Answers>): void => {
    setAnswers((former) => ({ ...former, ...changed }));
    if (reaches.some((key) => key in changed)) forgetTest();
    account.onChange(changed);
  };
  const servers = useFoundServers(answers, change, attempt);

  const goTo = (key: StepKey): void => {
    forget();
    setStep(key);
    setReached((former) => Math.max(former, steps.indexOf(key)));
  };

  /** Tries the source as it is answered, and looks at its folders once it works. True: it works. */
  const test = async (changed: Partial<Answers> = {}, fresh?: GrantId): Promise<boolean> => {
    const tried = { ...answers, ...changed };
    change(changed);
    const settings = settingsOf(tried, null);
    if (settings === null) return true;
    const found = await attempt(() => tryOut(settings, account.given(fresh), added));
    if (found === undefined) return false;
    setTested(found.answer);
    setFolders(found.tree);
    if (found.tree !== null) setAnswers((former) => ({ ...former, leftOut: leftOutAtFirst(found.tree ?? []) }));
    return found.answer.ok;
  };

  /** On the provider's page, and then tried at once. */
  const signInAt = async (way: 'browser' | 'code'): Promise<void> => {
    forgetTest();
    const grant = await account.begin(way, added);
    if (grant !== undefined) await test({}, grant);
  };

  /** Adds the source once; a second try changes what the first has added. */
  const keepSource = async (name: string): Promise<SourceId | null> => {
    if (settings === null) return null;
    const id = await putSource(added, { name, settings, ...account.given(), keepInKeychain: account.isKeptThere });
    account.onKept();
    setAdded(id);
    return id;
  };

  return {
    sourceOnly,
    answers,
    change,
    steps,
    step,
    reached,
    goTo,
    goOn: () => goTo(stepAfter(step, answers, sourceOnly)),
    account,
    setPassword: (text: string) => {
      account.setPassword(text);
      forgetTest();
    },
    setClientSecret: (text: string) => {
      account.setClientSecret(text);
      forgetTest();
    },
    signInAt,
    ...servers,
    tested,
    test,
    folders,
    sources,
    sourceName,
    settings,
    chosen,
    choose: (key: SourceKey, choice: Choice) =>
      setAnswers((former) => ({ ...former, choices: { ...former.choices, [key]: choice } })),
    busy: busy || account.signIn.busy,
    failure,
    addSource: (name: string) =>
      attempt(async () => {
        const source = await keepSource(name);
        keepChoices(chosen, source);
        return source;
      }),
    addJob: (name: string) =>
      attempt(async () => {
        const source = await keepSource(sourceName);
        return putJob(name, choicesOf(chosen, source), answers);
      }),
  };
}
export type JobWizardState = ReturnType<typeof useJobWizard>;

function keepChoices(chosen: readonly ChosenInJob[], added: SourceId | null): void {
  for (const { key, choice } of chosen) {
    const id = key === newSource ? added : key;
    if (id !== null) keepChoice(id, choice);
  }
}

const choicesOf = (chosen: readonly ChosenInJob[], added: SourceId | null) =>
  chosen.map(({ key, choice }) => ({ source: key === newSource ? (added ?? key) : key, choice }));

/** Whether it works, and what folders it has then. */
async function tryOut(settings: SourceSettings, given: Given, id: SourceId | null) {
  const answer = await engine.call('source.test', { settings, ...given, id });
  const hasTree = answer.ok && settings.kind !== 'files';
  const tree: readonly RemoteFolder[] | null = hasTree
    ? await engine.call('source.tree', { id, settings, ...given, parentKey: null })
    : null;
  return { answer, tree };
}

async function putSource(known: SourceId | null, source: CallInput<'source.add'>): Promise<SourceId> {
  if (known === null) return (await engine.call('source.add', source)).id;
  await engine.call('source.edit', { ...source, id: known });
  return known;
}

async function putJob(
  name: string,
  choices: readonly { readonly source: string; readonly choice: Choice }[],
  answers: Answers,
): Promise<JobId> {
  const { storage } = answers;
  const schedule = scheduleOf(answers.when);
  if (storage === null || schedule === null) throw new StrataError('input.invalid', 'never', { field: 'storage' });
  const { id } = await engine.call('job.create', {
    name,
    sources: choices.map(({ source }) => source),
    choices: choices.filter(({ choice }) => !takesEverything(choice)),
    storage,
    alsoTo: [...furtherOf(answers)],
    schedule,
    timing: answers.when.timing,
    ...(answers.when.zone === null ? {} : { zone: answers.when.zone }),
    capture: captures(answers) ? 'on' : 'off',
  });
  return id;
}

import type { Choice } from '../../../shared/domain/choice.ts';
import type { SourceId, StorageId } from '../../../shared/domain/ids.ts';
import type { WithSignIn } from '../../../shared/domain/sign-in.ts';
import type { SourceSettings, TlsMode } from '../../../shared/domain/source-settings.ts';
import { usualWhen, type When } from '../../parts/schedule/when.ts';
import { type BrowserAnswers, firstBrowserAnswers, signInOf, wayOf } from './browser-account.ts';
import { linesOf, markers, type Preset, presets } from './file-rules.ts';
import { type LeftOut, patternsOf, type RemoteFolder } from './folder-choice.ts';
import { mailServerOf } from './providers.ts';
import { davKindOf, type LocalChoice, signsIn, type What } from './what.ts';

export type StepKey = 'what' | 'signIn' | 'choose' | 'where' | 'when' | 'review';

/** The source that the wizard is about to add has no id yet. */
export const newSource = 'new';
export type SourceKey = SourceId | typeof newSource;

/** All that the wizard asks, but for the password. */
export interface Answers extends BrowserAnswers {
  readonly what: What;
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  /** Of the server of calendars, contacts, or mail over JMAP; empty until it is found or typed. */
  readonly url: string;
  readonly user: string;
  /** The password is a token that the provider gave for programs. */
  readonly isToken: boolean;
  readonly certificateSha256: string | null;
  readonly paths: readonly string[];
  readonly localKind: LocalChoice;
  readonly localPath: string;
  readonly known: readonly SourceId[];
  readonly leftOut: LeftOut;
  readonly presets: readonly Preset[];
  /** One .gitignore pattern a line. */
  readonly patterns: string;
  readonly useMarkers: boolean;
  readonly oneFileSystem: boolean;
  /** Of the job's sources, by id, or as the new one; absent: what is usual. */
  readonly choices: Readonly<Partial<Record<SourceKey, Choice>>>;
  readonly storage: StorageId | null;
  readonly alsoTo: readonly StorageId[];
  readonly when: When;
  /** Null until a person says so: on where the job runs by itself. */
  readonly capture: boolean | null;
  /** Null until a person types one: the wizard proposes one until then. */
  readonly name: string | null;
}

/** Safe defaults: whoever gives three answers gets these. */
export const firstAnswers: Answers = {
  ...firstBrowserAnswers,
  what: 'mail',
  address: '',
  host: '',
  port: 993,
  tls: 'implicit',
  url: '',
  user: '',
  isToken: false,
  certificateSha256: null,
  paths: [],
  localKind: 'thunderbird',
  localPath: '',
  known: [],
  leftOut: new Set(),
  presets: ['caches', 'built', 'trash'],
  patterns: '',
  useMarkers: true,
  oneFileSystem: false,
  choices: {},
  storage: null,
  alsoTo: [],
  when: usualWhen,
  capture: null,
  name: null,
};

/** Without the one that is the first. */
export const furtherOf = ({ storage, alsoTo }: Pick<Answers, 'storage' | 'alsoTo'>): readonly StorageId[] =>
  alsoTo.filter((id) => id !== storage);

/** The steps that this source needs. `sourceOnly`: a source without a job. */
export function stepsFor(what: What, sourceOnly: boolean): readonly StepKey[] {
  const source: readonly StepKey[] =
    what === 'known'
      ? sourceOnly
        ? ['what']
        : ['what', 'choose']
      : signsIn(what)
        ? ['what', 'signIn', 'choose']
        : ['what', 'choose'];
  return sourceOnly ? [...source, 'review'] : [...source, 'where', 'when', 'review'];
}

/** Three answers are enough: what has a safe default is passed by, and can be opened from the list at the left. */
export function stepAfter(step: StepKey, answers: Answers, sourceOnly: boolean): StepKey {
  const steps = stepsFor(answers.what, sourceOnly);
  const next = steps[steps.indexOf(step) + 1] ?? 'review';
  const isPassedBy = next === 'when' || (next === 'choose' && !sourceOnly);
  return isPassedBy ? (steps[steps.indexOf(next) + 1] ?? 'review') : next;
}

/** The server of an address, filled in for a person to look at. */
export function withAddress(answers: Answers, address: string): Answers {
  const { imap, user } = mailServerOf(address);
  return { ...answers, ...imap, address, url: '', user, certificateSha256: null };
}

/** Leaves it to the job what is taken. */
export const withoutRules = (answers: Answers): Answers => ({
  ...answers,
  leftOut: new Set(),
  presets: [],
  patterns: '',
  useMarkers: false,
  oneFileSystem: false,
});

/** Null for sources that are there already. */
export function settingsOf(answers: Answers, folders: readonly RemoteFolder[] | null): SourceSettings | null {
  switch (answers.what) {
    case 'known':
      return null;
    case 'mail': {
      const { host, port, tls, user, certificateSha256 } = answers;
      const exclude = patternsOf('imap', folders ?? [], answers.leftOut);
      return { kind: 'imap', host: host.trim(), port, tls, user: user.trim(), certificateSha256, exclude, ...signedIn(answers) };
    }
    case 'calendars':
    case 'contacts': {
      const { url, user, certificateSha256 } = answers;
      const kind = davKindOf[answers.what];
      const exclude = patternsOf(kind, folders ?? [], answers.leftOut);
      return { kind, url: url.trim(), user: user.trim(), certificateSha256, exclude, ...signedIn(answers) };
    }
    case 'jmap': {
      const { url, user, certificateSha256, isToken } = answers;
      const exclude = patternsOf('jmap', folders ?? [], answers.leftOut);
      const account = { url: url.trim(), user: user.trim(), certificateSha256, exclude };
      const isByToken = isToken && wayOf(answers) === 'password';
      return { kind: 'jmap', ...account, ...(isByToken ? { secretIs: 'token' } : {}), ...signedIn(answers) };
    }
    case 'local': {
      const { localKind: kind, localPath } = answers;
      return { kind, path: localPath.trim(), exclude: patternsOf(kind, folders ?? [], answers.leftOut) };
    }
    case 'files':
      return {
        kind: 'files',
        paths: answers.paths,
        exclude: [...answers.presets.flatMap((preset) => presets[preset]), ...linesOf(answers.patterns)],
        excludeIfPresent: answers.useMarkers ? markers : [],
        oneFileSystem: answers.oneFileSystem,
      };
  }
}

function signedIn(answers: Answers): WithSignIn {
  const signIn = wayOf(answers) === 'browser' ? signInOf(answers) : undefined;
  return signIn === undefined ? {} : { signIn };
}

const lastPart = (path: string): string => path.split(/[/\\]/).filter(Boolean).at(-1) ?? path;

/** A name for the new source that no other has; names differ by more than case. */
export function sourceNameOf(answers: Answers, taken: readonly string[], ofAccount: (user: string) => string): string {
  return freeName(
    signsIn(answers.what)
      ? ofAccount(answers.user.trim() || answers.address.trim())
      : lastPart(answers.what === 'local' ? answers.localPath : (answers.paths[0] ?? '')),
    taken,
  );
}

export function freeName(wish: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  const base = wish.trim().slice(0, 90);
  let name = base;
  for (let number = 2; used.has(name.toLowerCase()); number += 1) name = `${base} ${number}`;
  return name;
}

/** Whether changes are saved as they happen. */
export const captures = ({ capture, when }: Answers): boolean => capture ?? capturesByItself(when.mode);

/** What a new job does where nobody says otherwise, here and on the command line. */
export const capturesByItself = (mode: When['mode']): boolean => mode === 'continuous' || mode === 'on-change';

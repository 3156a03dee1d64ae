import type { CallInput, CallOutput } from '../shared/contract/calls.ts';
import { actionFailures, actionMoments, usualTimeoutSeconds, webhookMethods } from '../shared/domain/action.ts';
import { StrataError } from '../shared/domain/strata-error.ts';
import type { Context } from './context.ts';
import { readSecretFile } from './secrets.ts';

type Definition = CallInput<'action.put'>['definition'];
type Action = CallOutput<'action.list'>[number];

export interface ActionOptions {
  readonly when?: string;
  readonly onFailure?: string;
  readonly timeout?: string;
  readonly shell?: string;
  readonly folder?: string;
  readonly url?: string;
  readonly method?: string;
  readonly header?: string[];
  readonly secretHeader?: string[];
  readonly body?: string;
  readonly verifyTls?: boolean;
  readonly newName?: string;
  readonly on?: boolean;
  readonly off?: boolean;
  readonly keychain: boolean;
}

interface Given {
  readonly name: string;
  /** The program and its words, after `--`. */
  readonly words: readonly string[];
  readonly before: Action | undefined;
}

/** What is given, on top of what was. */
export function actionFrom(context: Context, options: ActionOptions, { name, words, before }: Given): Definition {
  const when = oneOf(context, actionMoments, options.when ?? before?.when ?? 'before');
  return {
    name: options.newName ?? name,
    when,
    onFailure: oneOf(context, actionFailures, options.onFailure ?? before?.onFailure ?? (when === 'before' ? 'stop' : 'warn')),
    timeoutSeconds:
      options.timeout === undefined ? (before?.timeoutSeconds ?? usualTimeoutSeconds) : seconds(context, options.timeout),
    isOn: options.off === true ? false : options.on === true || (before?.isOn ?? true),
    deed:
      options.url !== undefined || (before?.deed.kind === 'webhook' && words.length === 0 && options.shell === undefined)
        ? webhookFrom(context, options, before?.deed)
        : commandFrom(context, options, words, before?.deed),
  };
}

function commandFrom(
  context: Context,
  { shell, folder }: ActionOptions,
  words: readonly string[],
  before: Definition['deed'] | undefined,
): Definition['deed'] {
  const was = before?.kind === 'command' ? before : undefined;
  const [program = shell, ...rest] = shell === undefined ? words : [shell, ...words];
  if (program === undefined && was === undefined)
    throw new StrataError('usage.invalid', 'never', { reason: context.say('actionWhat') });
  return {
    kind: 'command',
    program: program ?? was?.program ?? '',
    arguments: program === undefined ? (was?.arguments ?? []) : rest,
    shell: program === undefined ? (was?.shell ?? false) : shell !== undefined,
    folder: folder ?? was?.folder ?? null,
  };
}

function webhookFrom(context: Context, options: ActionOptions, before: Definition['deed'] | undefined): Definition['deed'] {
  const was = before?.kind === 'webhook' ? before : undefined;
  const plain = options.header?.map((text) => {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/s.exec(text) ?? [];
    if (name === '') throw new StrataError('usage.invalid', 'never', { reason: context.say('headerShape', { text }) });
    return { name: name.trim(), value };
  });
  const secret = options.secretHeader?.map((text) => ({ name: secretHeader(context, text).name, value: null }));
  const kept = was?.headers ?? [];
  return {
    kind: 'webhook',
    url: options.url ?? was?.url ?? '',
    method: options.method === undefined ? (was?.method ?? 'POST') : oneOf(context, webhookMethods, options.method.toUpperCase()),
    headers: [
      ...(plain ?? kept.filter(({ value }) => value !== null)),
      ...(secret ?? kept.filter(({ value }) => value === null)),
    ],
    body: options.body ?? was?.body ?? '',
    verifiesTls: options.verifyTls ?? was?.verifiesTls ?? true,
  };
}

/** Of `NAME=FILE`: a secret never comes from the command line itself. */
export const secretsFrom = (context: Context, { secretHeader: given = [] }: ActionOptions): Record<string, string> =>
  Object.fromEntries(
    given.map((text) => {
      const { name, file } = secretHeader(context, text);
      return [name, readSecretFile(file).split(/\r?\n/, 1)[0] ?? ''];
    }),
  );

function secretHeader(context: Context, text: string): { readonly name: string; readonly file: string } {
  const [, name = '', file = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === '') throw new StrataError('usage.invalid', 'never', { reason: context.say('secretHeaderShape', { text }) });
  return { name, file };
}

function seconds(context: Context, text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new StrataError('usage.invalid', 'never', { reason: context.say('notACount', { text }) });
}

function oneOf<Word extends string>(context: Context, words: readonly Word[], text: string): Word {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new StrataError('usage.invalid', 'never', { reason: context.say('oneOfThese', { text, words: words.join(', ') }) });
}

import type { CallInput, CallOutput } from '../shared/contract/calls.ts';
import {
  type AlertEvent,
  alertEvents,
  alertLevels,
  type ChannelKind,
  type ChannelSettings,
  needsSecret,
  telegramServer,
} from '../shared/domain/alert.ts';
import { tlsModes } from '../shared/domain/source-settings.ts';
import { StrataError } from '../shared/domain/strata-error.ts';
import type { Context } from './context.ts';
import { askSecret, givenSecret } from './secrets.ts';
import { keychainUsable } from './unlocking.ts';

export interface ChannelOptions {
  readonly host?: string;
  readonly port?: string;
  readonly tls?: string;
  readonly user?: string;
  readonly from?: string;
  readonly to?: string[];
  readonly url?: string;
  readonly chat?: string;
  readonly events?: string;
  readonly least?: string;
  readonly daily?: boolean;
  readonly keychain: boolean;
  readonly newName?: string;
  readonly on?: boolean;
  readonly off?: boolean;
}

interface Subject {
  readonly name: string;
  readonly kind: ChannelKind;
  /** Undefined: it is new. */
  readonly before: CallOutput<'alert.channels'>[number] | undefined;
}

/** What is given, on top of what was. A new one's secret is asked for when it is not given. */
export async function definitionFrom(
  context: Context,
  options: ChannelOptions,
  { name, kind, before }: Subject,
): Promise<CallInput<'alert.addChannel'>> {
  const settings = settingsFrom(context, kind, options, before?.settings);
  const asks = before === undefined && needsSecret(settings);
  const given = givenSecret(context.options);
  const secret = given ?? (asks ? await askSecret(context.say('askChannelSecret', { name })) : undefined) ?? null;
  const keepInKeychain = secret !== null && options.keychain && (await keychainUsable(context));
  if (secret !== null && options.keychain && !keepInKeychain) context.tell(context.say('noKeychain'));
  return {
    ...{ name, settings, secret, keepInKeychain },
    ...(options.on === true ? { isOn: true } : options.off === true ? { isOn: false } : {}),
    ...(options.events === undefined ? {} : { events: eventsFrom(context, options.events) }),
    ...(options.least === undefined ? {} : { least: among(context, alertLevels, options.least) }),
    ...(options.daily === undefined ? {} : { daily: options.daily }),
  };
}

/** `failure,guard`, `all`, or `none`. */
export function eventsFrom(context: Context, text: string): AlertEvent[] {
  if (text === 'none') return [];
  if (text === 'all') return [...alertEvents];
  return text.split(',').map((word) => among(context, alertEvents, word.trim()));
}

function settingsFrom(
  context: Context,
  kind: ChannelKind,
  options: ChannelOptions,
  before: ChannelSettings | undefined,
): ChannelSettings {
  switch (kind) {
    case 'email':
      return mailFrom(context, options, before?.kind === 'email' ? before : undefined);
    case 'gotify':
      return { kind, url: options.url ?? (before?.kind === kind ? before.url : needed(context, '--url', kind)) };
    case 'telegram': {
      const old = before?.kind === kind ? before : undefined;
      const chat = options.chat ?? old?.chat ?? needed(context, '--chat', kind);
      return { kind, url: options.url ?? old?.url ?? telegramServer, chat };
    }
    default:
      return { kind };
  }
}

type Mail = Extract<ChannelSettings, { readonly kind: 'email' }>;

function mailFrom(context: Context, options: ChannelOptions, before: Mail | undefined): Mail {
  const tls = options.tls === undefined ? (before?.tls ?? 'implicit') : among(context, tlsModes, options.tls);
  const usualPort = { implicit: 465, starttls: 587, none: 25 }[tls];
  return {
    kind: 'email',
    host: options.host ?? before?.host ?? needed(context, '--host', 'email'),
    port: options.port === undefined ? (options.tls === undefined && before ? before.port : usualPort) : Number(options.port),
    tls,
    user: options.user === undefined ? (before?.user ?? null) : options.user || null,
    from: options.from ?? before?.from ?? needed(context, '--from', 'email'),
    to: options.to ?? before?.to ?? needed(context, '--to', 'email'),
  };
}

function needed(context: Context, option: string, kind: string): never {
  throw new StrataError('usage.invalid', 'never', { reason: context.say('optionMissing', { option, kind }) });
}

export function among<Word extends string>(context: Context, words: readonly Word[], text: string): Word {
  const word = words.find((one) => one === text);
  if (word === undefined) {
    const reason = context.say('noneOf', { text, words: words.join(', ') });
    throw new StrataError('usage.invalid', 'never', { reason });
  }
  return word;
}

import type { CallInput } from '../../../shared/contract/calls.ts';
import {
  type AlertEvent,
  type ChannelKind,
  type ChannelSettings,
  channelKinds,
  telegramServer,
  usualEvents,
} from '../../../shared/domain/alert.ts';
import type { TlsMode } from '../../../shared/domain/source-settings.ts';
import type { AlertChannel } from '../../state/index.ts';

export type AddedKind = Exclude<ChannelKind, 'desktop'>;
export const addedKinds = channelKinds.filter((kind) => kind !== 'desktop') as readonly AddedKind[];

/** All fields of all kinds, so that changing the kind loses nothing. */
export interface ChannelDraft {
  readonly kind: ChannelKind;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  readonly user: string;
  readonly from: string;
  /** Addresses with commas. */
  readonly to: string;
  readonly url: string;
  readonly chat: string;
  /** Empty when editing: as it was. */
  readonly secret: string;
  readonly events: readonly AlertEvent[];
  readonly daily: boolean;
}

export const ports: Readonly<Record<TlsMode, number>> = { implicit: 465, starttls: 587, none: 25 };

const first: ChannelDraft = {
  kind: 'email',
  name: '',
  host: '',
  port: ports.implicit,
  tls: 'implicit',
  user: '',
  from: '',
  to: '',
  url: '',
  chat: '',
  secret: '',
  events: usualEvents('email'),
  daily: false,
};

export function draftOf(channel: AlertChannel | null): ChannelDraft {
  if (channel === null) return first;
  const { name, settings, events, daily } = channel;
  const base = { ...first, kind: settings.kind, name, events, daily };
  switch (settings.kind) {
    case 'email':
      return { ...base, ...settings, user: settings.user ?? '', to: settings.to.join(', ') };
    case 'gotify':
    case 'telegram':
      return { ...base, ...settings };
    default:
      return base;
  }
}

/** What is usual for one kind is not for another: a counter of runs wants to hear of each. */
export const withKind = (draft: ChannelDraft, kind: ChannelKind): ChannelDraft => ({
  ...draft,
  kind,
  events: draft.events.join() === usualEvents(draft.kind).join() ? usualEvents(kind) : draft.events,
  url: kind === 'telegram' && draft.url === '' ? telegramServer : draft.url,
});

const addresses = (text: string): string[] =>
  text
    .split(/[,;\s]+/)
    .map((address) => address.trim())
    .filter(Boolean);

export function settingsOf({ kind, host, port, tls, user, from, to, url, chat }: ChannelDraft): ChannelSettings {
  switch (kind) {
    case 'email':
      return { kind, host: host.trim(), port, tls, user: user.trim() || null, from: from.trim(), to: addresses(to) };
    case 'gotify':
      return { kind, url: url.trim() };
    case 'telegram':
      return { kind, url: url.trim() || telegramServer, chat: chat.trim() };
    default:
      return { kind };
  }
}

/** The field of the secret, by what it is called; null: there is none. */
export function secretOf({ kind, user }: Pick<ChannelDraft, 'kind' | 'user'>): 'password' | 'token' | 'address' | null {
  if (kind === 'desktop') return null;
  if (kind === 'email') return user.trim() === '' ? null : 'password';
  return kind === 'gotify' || kind === 'telegram' ? 'token' : 'address';
}

export function isWhole(draft: ChannelDraft, isNew: boolean): boolean {
  const { kind, name, host, from, to, url, chat, secret } = draft;
  if (kind !== 'desktop' && name.trim() === '') return false;
  if (kind === 'email' && (host.trim() === '' || !from.includes('@') || !addresses(to).every((one) => one.includes('@'))))
    return false;
  if (kind === 'email' && addresses(to).length === 0) return false;
  if (kind === 'gotify' && url.trim() === '') return false;
  if (kind === 'telegram' && chat.trim() === '') return false;
  return !isNew || secretOf(draft) === null || secret !== '';
}

/** As the contract takes it. */
export const definitionOf = (draft: ChannelDraft, keepInKeychain: boolean): CallInput<'alert.addChannel'> => ({
  name: draft.name.trim(),
  settings: settingsOf(draft),
  secret: secretOf(draft) === null || draft.secret === '' ? null : draft.secret,
  keepInKeychain,
  events: [...draft.events],
  daily: draft.daily,
});

/** A channel as it is, for a change of one thing. */
export const editOf = (channel: AlertChannel): CallInput<'alert.editChannel'> => ({
  id: channel.id,
  name: channel.name,
  settings: channel.settings,
  secret: null,
  keepInKeychain: channel.secretInKeychain,
});

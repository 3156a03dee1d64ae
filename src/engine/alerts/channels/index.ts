import type { Channel, ChannelKind } from '../../../shared/domain/alert.ts';
import type { Web } from '../../kernel/web.ts';
import type { Message } from '../message.ts';
import { toApprise } from './apprise.ts';
import { toDiscord } from './discord.ts';
import { toEmail } from './email.ts';
import { toGotify } from './gotify.ts';
import { toHealthchecks } from './healthchecks.ts';
import type { Send } from './send.ts';
import { toNtfy } from './ntfy.ts';
import { toSlack } from './slack.ts';
import { toTeams } from './teams.ts';
import { toTelegram } from './telegram.ts';
import { toWebhook } from './webhook.ts';

type RemoteKind = Exclude<ChannelKind, 'desktop'>;

const ways: { readonly [Kind in RemoteKind]: Send<Kind> } = {
  email: toEmail,
  webhook: toWebhook,
  ntfy: toNtfy,
  gotify: toGotify,
  slack: toSlack,
  discord: toDiscord,
  teams: toTeams,
  telegram: toTelegram,
  apprise: toApprise,
  healthchecks: toHealthchecks,
};

/** @param secret What the channel's kind needs; empty where it needs none. */
export async function sendThrough(
  { settings }: Pick<Channel, 'settings'>,
  secret: string,
  message: Message,
  web: Web,
): Promise<void> {
  if (settings.kind === 'desktop') return;
  const send = ways[settings.kind] as Send<RemoteKind>;
  await send(settings, secret, message, web);
}

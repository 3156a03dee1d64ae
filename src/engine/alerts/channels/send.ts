import type { AlertLevel, ChannelKind, ChannelSettings } from '../../../shared/domain/alert.ts';
import { alertLevels } from '../../../shared/domain/alert.ts';
import type { Web } from '../../kernel/web.ts';
import type { Message } from '../message.ts';

/** Resolves when the other side has confirmed it. */
export type Send<Kind extends ChannelKind> = (
  settings: Extract<ChannelSettings, { readonly kind: Kind }>,
  secret: string,
  message: Message,
  web: Web,
) => Promise<void>;

/** The gravest of what it tells. */
export const levelOf = ({ alerts }: Pick<Message, 'alerts'>): AlertLevel =>
  alertLevels[Math.max(0, ...alerts.map(({ level }) => alertLevels.indexOf(level)))] ?? 'information';

/** Services refuse or cut what is longer than they take: it is cut here, where a person sees that it was. */
export const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

export const titleAndText = ({ title, text }: Message, most: number): string => cut(`${title}\n${text}`.trim(), most);

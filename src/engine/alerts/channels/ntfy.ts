import type { AlertLevel } from '../../../shared/domain/alert.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { addressOf } from '../address.ts';
import { post } from './post.ts';
import { cut, levelOf, type Send } from './send.ts';

/** 1 to 5; from 4 on phones insist. */
const priorities: Readonly<Record<AlertLevel, number>> = { information: 2, warning: 3, error: 4, critical: 5 };

/** As JSON to the server, which names the topic: the other way puts titles into headers, where not every letter can be. */
export const toNtfy: Send<'ntfy'> = (_settings, address, message, web) => {
  const { headers } = addressOf(address);
  const url = new URL(addressOf(address).url);
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const topic = parts.pop();
  if (topic === undefined) throw new StrataError('alert.address', 'after-user-action');
  url.pathname = parts.join('/');
  const json = {
    topic,
    title: cut(message.title, 250),
    message: cut(message.text, 3500),
    priority: priorities[levelOf(message)],
  };
  return post(web, { address: url.href, headers, json });
};

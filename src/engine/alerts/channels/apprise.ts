import type { AlertLevel } from '../../../shared/domain/alert.ts';
import { post } from './post.ts';
import { levelOf, type Send } from './send.ts';

const types: Readonly<Record<AlertLevel, string>> = {
  information: 'info',
  warning: 'warning',
  error: 'failure',
  critical: 'failure',
};

/** Apprise's own server passes it on to all that it knows: `https://host/notify/KEY`. */
export const toApprise: Send<'apprise'> = (_settings, address, message, web) => {
  const { title, text } = message;
  return post(web, { address, json: { title, body: text === '' ? title : text, type: types[levelOf(message)], format: 'text' } });
};

import type { AlertLevel } from '../../../shared/domain/alert.ts';
import { post } from './post.ts';
import { levelOf, type Send } from './send.ts';

const priorities: Readonly<Record<AlertLevel, number>> = { information: 2, warning: 5, error: 8, critical: 10 };

export const toGotify: Send<'gotify'> = ({ url }, token, message, web) => {
  const { title, text } = message;
  const json = { title, message: text === '' ? title : text, priority: priorities[levelOf(message)] };
  return post(web, { address: `${url.replace(/\/+$/, '')}/message`, headers: { 'x-gotify-key': token }, json });
};

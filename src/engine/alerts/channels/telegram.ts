import { post } from './post.ts';
import { type Send, titleAndText } from './send.ts';

/** The token is part of the address, as Telegram wants it. */
export const toTelegram: Send<'telegram'> = ({ url, chat }, token, message, web) => {
  const address = `${url.replace(/\/+$/, '')}/bot${encodeURIComponent(token).replaceAll('%3A', ':')}/sendMessage`;
  const json = { chat_id: chat, text: titleAndText(message, 4096), link_preview_options: { is_disabled: true } };
  return post(web, { address, json });
};

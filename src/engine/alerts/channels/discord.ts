import { post } from './post.ts';
import { type Send, titleAndText } from './send.ts';

/** Nobody is called by a name that happens to stand in the text. */
export const toDiscord: Send<'discord'> = (_settings, address, message, web) =>
  post(web, { address, json: { content: titleAndText(message, 2000), allowed_mentions: { parse: [] } } });

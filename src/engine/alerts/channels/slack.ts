import { post } from './post.ts';
import { cut, type Send } from './send.ts';

/** Names come from strangers, and Slack would make links and calls to everybody of them. */
const plain = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const toSlack: Send<'slack'> = (_settings, address, { title, text }, web) =>
  post(web, { address, json: { text: plain(cut(`${title}\n${text}`, 35_000)), mrkdwn: false } });

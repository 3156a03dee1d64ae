import { post } from './post.ts';
import { cut, type Send } from './send.ts';

/** As the flows take it that replaced Teams' connectors: a message that holds one adaptive card. */
export const toTeams: Send<'teams'> = (_settings, address, { title, text }, web) => {
  const line = (words: string, more: object) => ({ type: 'TextBlock', text: cut(words, 10_000), wrap: true, ...more });
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [line(title, { weight: 'Bolder', size: 'Medium' }), line(text, {})],
  };
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
  return post(web, { address, json: { type: 'message', attachments } });
};

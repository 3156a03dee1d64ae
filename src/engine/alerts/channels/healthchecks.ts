import { type Alert, alertTopics } from '../../../shared/domain/alert.ts';
import { addressOf } from '../address.ts';
import { post } from './post.ts';
import { cut, type Send } from './send.ts';

/** What it is told of a run that saved something, warnings or not, is a success: it is an alarm for silence. */
function endingOf({ topic, level }: Alert): '/start' | '' | '/fail' | '/log' {
  const { event } = alertTopics[topic];
  if (event === 'start' || topic === 'restore-started') return '/start';
  if (event === null) return '/log';
  return event === 'failure' || level === 'error' || level === 'critical' ? '/fail' : '';
}

/** The address of a check, as healthchecks.io and who does as it does give it; with what happened as the body. */
export const toHealthchecks: Send<'healthchecks'> = async (_settings, address, message, web) => {
  const { headers } = addressOf(address);
  for (const alert of message.alerts) {
    const url = new URL(addressOf(address).url);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}${endingOf(alert)}`;
    const text = cut([message.title, message.text, message.log].filter((part) => part !== '').join('\n'), 10_000);
    await post(web, { address: url.href, headers, text });
  }
};

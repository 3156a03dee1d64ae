import { alertTopics } from '../../../shared/domain/alert.ts';
import { post } from './post.ts';
import { levelOf, type Send } from './send.ts';

/** JSON for whoever wants to make something of it. The `id` is the same at each try. docs/alerts.md has the members. */
export const toWebhook: Send<'webhook'> = (_settings, address, message, web) => {
  const { id, title, text, alerts } = message;
  const json = {
    id,
    title,
    text,
    level: levelOf(message),
    alerts: alerts.map(({ topic, level, atMs, job, storage, run, failure, facts }) => ({
      event: alertTopics[topic].event ?? topic,
      topic,
      level,
      time: new Date(atMs).toISOString(),
      job: job?.name ?? null,
      storage: storage?.name ?? null,
      run,
      failure: failure?.code ?? null,
      facts,
    })),
  };
  return post(web, { address, json });
};

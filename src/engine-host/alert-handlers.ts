import type { Engine, EngineOptions } from '../engine/index.ts';
import type { alertCalls } from '../shared/contract/alerts.ts';
import type { Handlers } from '../shared/contract/calls.ts';
import { sayAlerts } from '../shared/words/alerts.ts';
import { languageOf } from '../shared/words/say.ts';

/** Who is told, of what, and how it went, call by call. */
export function alertHandlers({ channels, alerts }: Engine): Pick<Handlers, keyof typeof alertCalls> {
  const done = async (work: void | Promise<void>): Promise<Record<string, never>> => {
    await work;
    return {};
  };
  return {
    'alert.channels': async () => channels.list(),
    'alert.addChannel': (definition) => channels.add(definition),
    'alert.editChannel': (channel) => done(channels.edit(channel)),
    'alert.removeChannel': ({ id }) => done(channels.remove(id)),
    'alert.testChannel': ({ id }) => done(channels.test(id)),
    'alert.route': async ({ channel, job, events }) => done(channels.route(channel, job, events)),
    'alert.settings': async () => alerts.settings(),
    'alert.setSettings': async (change) => alerts.changeSettings(change),
    'alert.inbox': async ({ limit, job = null, least = null, event = null }) => alerts.inbox(limit, { job, least, event }),
    'alert.markRead': async ({ ids }) => done(alerts.markRead(ids)),
  };
}

/** In the language that was chosen, else in the system's as far as it tells. */
export const alertWords: NonNullable<EngineOptions['alertWords']> = (alerts, language) =>
  sayAlerts(alerts, language === 'system' ? languageOf(systemLocale()) : language);

const systemLocale = (): string =>
  process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || new Intl.NumberFormat().resolvedOptions().locale;

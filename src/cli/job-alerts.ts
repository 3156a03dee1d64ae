import type { AlertEvent } from '../shared/domain/alert.ts';
import { eventsFrom } from './alert-channels.ts';
import type { Context } from './context.ts';
import { pickChannel } from './naming.ts';

export interface Route {
  readonly channel: string;
  readonly events: readonly AlertEvent[];
}

/** Each `CHANNEL:EVENTS`, or `CHANNEL` for all. Read before anything is made, so that a wrong name makes nothing. */
export async function routesFrom(context: Context, notify: readonly string[] = []): Promise<readonly Route[]> {
  return Promise.all(
    notify.map(async (text) => {
      const at = text.lastIndexOf(':');
      const [name, events] = at < 0 ? [text, 'all'] : [text.slice(0, at), text.slice(at + 1)];
      return { channel: (await pickChannel(context, name)).id, events: eventsFrom(context, events) };
    }),
  );
}

export async function setRoutes({ client }: Context, job: string, routes: readonly Route[]): Promise<void> {
  for (const { channel, events } of routes) await client.call('alert.route', { channel, job, events });
}

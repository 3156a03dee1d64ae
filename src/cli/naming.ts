import type { CallOutput } from '../shared/contract/calls.ts';
import { StrataError } from '../shared/domain/strata-error.ts';
import type { Context } from './context.ts';

type Kind = 'storage' | 'source' | 'job' | 'run' | 'channel' | 'action';

/** By name (whatever its case), by id, or by an unambiguous beginning of an id. */
export function pick<Thing extends { readonly id: string; readonly name?: string }>(
  kind: Kind,
  text: string,
  things: readonly Thing[],
): Thing {
  const wanted = text.toLowerCase();
  const exact = things.find((thing) => thing.id === text || thing.name?.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const beginning = wanted.length < 3 ? [] : things.filter((thing) => thing.id.startsWith(wanted));
  if (beginning.length > 1) throw new StrataError('name.ambiguous', 'never', { kind, name: text });
  const [only] = beginning;
  if (only === undefined) throw new StrataError('name.unknown', 'never', { kind, name: text });
  return only;
}

export async function pickStorage(context: Context, text: string): Promise<CallOutput<'storage.list'>[number]> {
  return pick('storage', text, await context.client.call('storage.list', {}));
}
export async function pickSource(context: Context, text: string): Promise<CallOutput<'source.list'>[number]> {
  return pick('source', text, await context.client.call('source.list', {}));
}
export async function pickJob(context: Context, text: string): Promise<CallOutput<'job.list'>[number]> {
  return pick('job', text, await context.client.call('job.list', {}));
}
export async function pickRun(context: Context, text: string): Promise<CallOutput<'run.show'>> {
  return pick('run', text, await context.client.call('run.list', { job: null, storage: null, kind: null, limit: 1000 }));
}
export async function pickChannel(context: Context, text: string): Promise<CallOutput<'alert.channels'>[number]> {
  return pick('channel', text, await context.client.call('alert.channels', {}));
}

import type { Engine } from '../engine/index.ts';
import type { Handlers } from '../shared/contract/calls.ts';

type SourceCalls = Exclude<Extract<keyof Handlers, `source.${string}`>, 'source.renewSignIn'>;

export function sourceHandlers({ sources, savedSources, discover }: Engine): Pick<Handlers, SourceCalls> {
  return {
    'source.discover': ({ address, askDirectory }) => discover(address, askDirectory),
    'source.test': (request) => sources.test(request),
    'source.add': (request) => sources.add(request),
    'source.saved': ({ storage }) => savedSources.list(storage),
    'source.setUp': (request) => savedSources.setUp(request),
    'source.edit': async (request) => {
      await sources.edit(request);
      return {};
    },
    'source.unlock': async ({ id, secret, keepInKeychain }) => {
      await sources.unlock(id, secret, keepInKeychain);
      return {};
    },
    'source.remove': async ({ id }) => {
      await sources.remove(id);
      return {};
    },
    'source.list': () => sources.list(),
    'source.show': ({ id }) => sources.show(id),
    'source.recovery': ({ id }) => sources.recovery(id),
    'source.tree': (request) => sources.tree(request),
  };
}

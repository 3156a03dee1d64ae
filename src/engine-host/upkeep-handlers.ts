import type { Engine } from '../engine/index.ts';
import type { Handlers } from '../shared/contract/calls.ts';
import type { upkeepCalls } from '../shared/contract/upkeep.ts';

/** When a storage is looked after, call by call. */
export function upkeepHandlers({ upkeep }: Engine): Pick<Handlers, keyof typeof upkeepCalls> {
  return {
    'upkeep.list': async ({ storage }) => upkeep.list().filter((one) => storage === null || one.storage === storage),
    'upkeep.set': async ({ storage, kind, times }) => {
      upkeep.set(storage, kind, times);
      return {};
    },
  };
}

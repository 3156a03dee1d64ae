import type { Engine } from '../engine/index.ts';
import type { Handlers } from '../shared/contract/calls.ts';
import type { removalCalls } from '../shared/contract/retention.ts';
import { StrataError } from '../shared/domain/strata-error.ts';

/** What a storage keeps and what goes, call by call. */
export function removalHandlers({ storages }: Engine): Pick<Handlers, keyof typeof removalCalls> {
  const later = async (): Promise<never> => {
    throw new StrataError('not.supported', 'later', { reason: 'this part of the engine is being built' });
  };
  return {
    'storage.settings': async ({ storage }) => storages.settings(storage),
    'storage.changeSettings': async ({ storage, ...change }) => storages.changeSettings(storage, change),
    'storage.removalPlan': later,
    'storage.applyRetention': later,
    'storage.undoRetention': later,
    'storage.purge': later,
    'storage.trash': later,
    'storage.returnFromTrash': later,
    'storage.repair': later,
    'storage.growth': later,
    'storage.sizes': later,
    'storage.forecast': later,
    'hold.list': later,
    'hold.add': later,
    'hold.remove': later,
    'freeze.list': later,
    'freeze.answer': later,
    'moment.list': later,
    'moment.forget': later,
    'moment.remember': later,
  };
}

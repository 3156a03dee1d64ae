import type { Engine } from '../engine/index.ts';
import type { Handlers } from '../shared/contract/calls.ts';
import type { removalCalls } from '../shared/contract/retention.ts';

/** What a storage keeps and what goes, call by call. */
export function removalHandlers(engine: Engine): Pick<Handlers, keyof typeof removalCalls> {
  const { storages, removals, removalPlans, repairs, forgetting, clock, keeping, sizes } = engine;
  const done = async (work: Promise<void>): Promise<Record<string, never>> => {
    await work;
    return {};
  };
  return {
    'storage.settings': async ({ storage }) => storages.settings(storage),
    'storage.changeSettings': async ({ storage, ...change }) => storages.changeSettings(storage, change),
    'storage.removalPlan': ({ storage, olderThanDays, limit }) => removalPlans.plan(storage, olderThanDays, limit),
    'storage.applyRetention': async ({ storage, token }) => ({ run: await removals.applyRetention(storage, token) }),
    'storage.forgetSourcePlan': ({ storage, source }) => forgetting.plan(storage, source),
    'storage.forgetSource': async ({ storage, source, token }) => ({ run: await forgetting.forget(storage, source, token) }),
    'storage.undoRetention': ({ storage, run }) => removals.undo(storage, run),
    'storage.purge': async (request) => ({ run: await removals.purge(request, 'person') }),
    'storage.clock': ({ storage }) => clock.state(storage),
    'storage.believeClock': ({ storage }) => done(clock.answer(storage, 'right')),
    'storage.doubtClock': ({ storage }) => done(clock.answer(storage, 'keep')),
    'storage.trash': ({ storage }) => removals.trash(storage),
    'storage.returnFromTrash': ({ storage, batch }) => removals.returnFromTrash(storage, batch),
    'storage.repair': async ({ storage, dryRun, fromMirror }) => ({ run: await repairs.start(storage, dryRun, fromMirror) }),
    'storage.growth': ({ storage }) => sizes.growth(storage),
    'storage.sizes': ({ storage }) => sizes.sizes(storage),
    'storage.folderSizes': ({ storage }) => sizes.folders(storage),
    'storage.senders': ({ storage, folders, kind, limit }) => sizes.senders(storage, folders, kind, limit),
    'storage.forecast': ({ storage }) => sizes.forecast(storage),
    'hold.list': ({ storage }) => keeping.holds(storage),
    'hold.add': ({ storage, scope, reason }) => keeping.hold(storage, scope, reason),
    'hold.remove': ({ storage, id }) => done(keeping.release(storage, id)),
    'freeze.list': ({ storage }) => keeping.freezes(storage),
    'freeze.answer': ({ storage, id, answer }) => done(keeping.answer(storage, id, answer)),
    'moment.list': ({ storage, limit }) => removalPlans.moments(storage, limit),
    'moment.forget': ({ storage, runs }) => keeping.forget(storage, runs),
    'moment.remember': ({ storage, runs }) => keeping.remember(storage, runs),
  };
}

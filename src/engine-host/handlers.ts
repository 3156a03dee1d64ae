import {
  changePreferences,
  type Engine,
  findRun,
  formatVersion,
  listRuns,
  pauseRun,
  preview,
  rawBytes,
  textDifference,
  readPreferences,
  readStatus,
  runLog,
  runProgress,
  stopRun,
} from '../engine/index.ts';
import { present } from './present.ts';
import type { Handlers } from '../shared/contract/calls.ts';
import { jobHandlers } from './job-handlers.ts';
import { actionHandlers } from './action-handlers.ts';
import { alertHandlers } from './alert-handlers.ts';
import { removalHandlers } from './removal-handlers.ts';
import { parseSetup, setupText } from './setup-text.ts';
import { signInHandlers } from './sign-in-handlers.ts';
import { sourceHandlers } from './source-handlers.ts';
import { surveyHandlers } from './survey-handlers.ts';
import { upkeepHandlers } from './upkeep-handlers.ts';

/** The contract, call by call. Nothing is decided here: each line hands over to the engine. */
export function createHandlers(engine: Engine): Handlers {
  const { parts, storages, keyring, ownership, mirrors, jobs, browse, restores } = engine;
  const done = async (work: void | Promise<void>): Promise<Record<string, never>> => {
    await work;
    return {};
  };
  return {
    'app.info': async () => ({
      version: parts.appVersion,
      format: formatVersion,
      profile: parts.profile.directory,
      crypto: engine.crypto,
      runtime: `Node ${process.versions.node}${process.versions['electron'] === undefined ? '' : `, Electron ${process.versions['electron']}`}`,
      platform: process.platform,
      keychain: await parts.keychain.status(),
    }),
    'app.preferences': async () => readPreferences(parts),
    'app.setPreferences': async (change) => changePreferences(parts, present(change)),

    'storage.inspect': async ({ path }) => storages.inspect(path),
    'storage.create': (request) => storages.create(request),
    'storage.confirmRecoveryKey': ({ id }) => done(storages.confirmRecoveryKey(id)),
    'storage.attach': (request) => storages.attach(request),
    'storage.adopt': ({ id }) => done(ownership.adopt(id)),
    'storage.acceptOlder': ({ id }) => done(ownership.acceptOlder(id)),
    'storage.repoint': ({ id, path }) => done(ownership.repoint(id, path)),
    'storage.locks': ({ id }) => ownership.locks(id),
    'storage.clearLock': ({ id, lock }) => done(ownership.clearLock(id, lock)),
    'storage.unlock': ({ id, unlock, keepInKeychain, copy }) => done(storages.unlock(id, unlock, keepInKeychain, copy)),
    'storage.tryPassword': ({ id, password }) => done(keyring.tryPassword(id, password)),
    'storage.changePassword': ({ id, proof, newPassword }) => done(keyring.changePassword(id, proof, newPassword)),
    'storage.addPassword': ({ id, proof, label, newPassword }) => done(keyring.addPassword(id, proof, label, newPassword)),
    'storage.removeKey': ({ id, proof, slot }) => done(keyring.removeKey(id, proof, slot)),
    'storage.showRecoveryKey': ({ id, password }) => keyring.showRecoveryKey(id, password),
    'storage.renewRecoveryKey': ({ id, proof }) => keyring.renewRecoveryKey(id, proof),
    'storage.newKey': ({ id, password }) => keyring.newKey(id, password),
    'storage.list': () => storages.list(),
    'storage.show': ({ id }) => storages.show(id),
    'storage.rename': ({ id, name }) => done(storages.rename(id, name)),
    'storage.detach': ({ id }) => done(storages.detach(id)),
    'storage.check': async ({ id, level, percent, sinceMs }) => {
      if (level === 'part') return { run: await engine.checks.check(id, { level, percent: percent ?? 100 }) };
      return { run: await engine.checks.check(id, level === 'since' ? { level, sinceMs: sinceMs ?? 0 } : { level }) };
    },
    'storage.rehearse': async ({ id, ...wish }) => ({ run: await engine.rehearsals.start(id, wish) }),
    'storage.rebuildCatalog': async ({ id }) => ({ run: await storages.rebuildCatalog(id) }),

    ...upkeepHandlers(engine),

    'mirror.add': ({ origin, mirror, adds, archive }) => mirrors.add(origin, mirror, adds, archive),
    'mirror.list': ({ origin }) => mirrors.list(origin),
    'mirror.run': async ({ mirror }) => ({ run: await mirrors.run(mirror, 'hand') }),
    'mirror.change': async ({ mirror, ...change }) => done(mirrors.change(mirror, change)),
    'mirror.standing': async ({ origin }) => mirrors.standing(origin),
    'mirror.remove': async ({ mirror }) => done(mirrors.remove(mirror)),

    ...sourceHandlers(engine),
    ...signInHandlers(engine),
    ...jobHandlers(engine),

    ...surveyHandlers(engine),

    'setup.export': async () => ({ text: setupText(engine.setups.export()) }),
    'setup.plan': async ({ text }) => ({ steps: engine.setups.plan(parseSetup(text)) }),
    'setup.apply': ({ text, ...given }) => engine.setups.apply(parseSetup(text), given),

    'run.list': async (filter) => listRuns(parts, filter),
    'run.show': async ({ id }) => findRun(parts, id),
    'run.steps': ({ id }) => engine.steps.of(id),
    'run.progress': async ({ id }) => runProgress(parts, id),
    'run.stop': async ({ id, how }) => stopRun(parts, id, how),
    'run.pause': async ({ id }) => done(pauseRun(parts, id)),
    'run.resume': async ({ id }) => ({ run: await engine.jobs.resume(id) }),
    'run.log': async ({ id, after, limit }) => runLog(parts, id, after, limit),

    'status.get': async () => readStatus(parts, jobs, storages, engine.removals),

    'browse.moments': ({ storage, limit }) => browse.moments(storage, limit),
    'browse.tree': ({ storage, at }) => browse.tree(storage, at),
    'browse.items': ({ storage, at, ...query }) => browse.items(storage, { ...query, atMs: at }),
    'browse.density': ({ storage, folder }) => browse.density(storage, folder),
    'browse.differences': ({ storage, from, to, ...query }) => browse.differences(storage, { ...query, fromMs: from, toMs: to }),
    'browse.item': ({ storage, item, version, at }) => browse.item(storage, item, version, at),
    'browse.resolve': ({ storage, text, at }) => browse.resolve(storage, text, at),
    'browse.history': ({ storage, item }) => browse.history(storage, item),
    'browse.preview': (part) => preview(browse, part),
    'browse.textDifference': ({ storage, item, ...versions }) => textDifference(browse, storage, item, versions),
    'browse.raw': async (part) => ({ bytes: await rawBytes(browse, part) }),
    'search.texts': ({ storage }) => engine.texts.view(storage),
    'search.indexTexts': async ({ storage }) => ({ run: await engine.texts.fill(storage, 'person') }),
    'search.find': ({ storage, at, ...query }) => browse.find(storage, { ...query, atMs: at }),

    ...removalHandlers(engine),
    ...alertHandlers(engine),
    ...actionHandlers(engine),

    'record.list': async (query) => engine.record.list(query),

    'restore.measure': ({ storage, selection, asOf }) => restores.measure(storage, selection, asOf),
    'restore.start': async (request) => ({ run: await restores.start(request) }),
    'restore.asked': ({ run }) => restores.asked(run),
    'restore.retry': async ({ run }) => ({ run: await restores.retry(run) }),
    'restore.undo': async ({ run, dryRun }) => ({ run: await restores.undo(run, dryRun) }),
  };
}

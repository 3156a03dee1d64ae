import type { CallArguments, CallName } from '../shared/contract/calls.ts';
import type { ActKind, ActSubject } from '../shared/domain/act.ts';
import type { ItemId, JobId, SourceId, StorageId } from '../shared/domain/ids.ts';

type Subject<Name extends CallName> = ((input: CallArguments<Name>) => ActSubject | null) | null;

/** Of how the window looks, and what it remembers: nobody's content depends on it. */
const ofTheWindow = new Set(['theme', 'language', 'closeToTray', 'foldedGroups', 'savedSearches']);

const inStorage =
  (kind: ActKind) =>
  ({ storage }: { storage: StorageId }) => ({ kind, storage });
const ofStorage =
  (kind: ActKind) =>
  ({ id }: { id: StorageId }) => ({ kind, storage: id });
const ofSource =
  (kind: ActKind) =>
  ({ id }: { id: SourceId }) => ({ kind, sources: [id] });
const ofJob =
  (kind: ActKind) =>
  ({ id }: { id: JobId }) => ({ kind, job: id });
const named =
  (kind: ActKind) =>
  ({ name }: { name: string | null }) => ({ kind, name: name ?? undefined });
const justThat = (kind: ActKind) => () => ({ kind });
const ofItem =
  (kind: ActKind) =>
  ({ storage, item }: { storage: StorageId; item: ItemId }) => ({ kind, storage, items: [item] });
const settingsOf = (change: object): string[] =>
  Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));

const ofStorages = {
  'storage.inspect': null,
  'storage.create': named('add-storage'),
  'storage.confirmRecoveryKey': null,
  'storage.attach': named('add-storage'),
  'storage.adopt': ofStorage('change-storage'),
  'storage.acceptOlder': ofStorage('change-storage'),
  'storage.repoint': ({ id, path }) => ({ kind: 'change-storage', storage: id, to: path }),
  'storage.locks': null,
  'storage.clearLock': ofStorage('change-storage'),
  'storage.unlock': ofStorage('unlock'),
  'storage.tryPassword': ofStorage('unlock'),
  'storage.changePassword': ofStorage('change-keys'),
  'storage.addPassword': ({ id, label }) => ({ kind: 'change-keys', storage: id, name: label }),
  'storage.removeKey': ofStorage('change-keys'),
  'storage.showRecoveryKey': ofStorage('show-recovery-key'),
  'storage.renewRecoveryKey': ofStorage('change-keys'),
  'storage.newKey': ofStorage('change-keys'),
  'storage.list': null,
  'storage.show': null,
  'storage.rename': ({ id, name }) => ({ kind: 'change-storage', storage: id, name }),
  'storage.detach': ofStorage('remove-storage'),
  // What they read stays in the storage, or comes back into this computer's own memory.
  'storage.check': null,
  'storage.rehearse': null,
  'storage.rebuildCatalog': null,
  'mirror.add': ({ origin, mirror }) => ({ kind: 'change-mirrors', storage: origin, name: mirror }),
  'mirror.list': null,
  'mirror.run': null,
  'mirror.change': ({ mirror, ...change }) => ({ kind: 'change-mirrors', storage: mirror, settings: settingsOf(change) }),
  'mirror.standing': null,
  'mirror.remove': ({ mirror }) => ({ kind: 'change-mirrors', storage: mirror }),
  'upkeep.list': null,
  'upkeep.set': ({ storage, kind }) => ({ kind: 'change-storage', storage, settings: [kind] }),
} satisfies { readonly [Name in CallName]?: Subject<Name> };

const ofRemoval = {
  'storage.settings': null,
  'storage.changeSettings': ({ storage, ...change }) => ({ kind: 'change-storage', storage, settings: settingsOf(change) }),
  'storage.removalPlan': inStorage('browse'),
  'storage.applyRetention': inStorage('hide'),
  'storage.forgetSourcePlan': null,
  'storage.forgetSource': ({ storage, source }) => ({ kind: 'forget-source', storage, sources: [source] }),
  'storage.undoRetention': inStorage('bring-back'),
  'storage.purge': ({ storage, dryRun }) => (dryRun ? null : { kind: 'purge', storage }),
  'storage.clock': null,
  'storage.believeClock': inStorage('protect'),
  'storage.doubtClock': inStorage('protect'),
  'storage.trash': null,
  'storage.returnFromTrash': inStorage('bring-back'),
  'storage.repair': ({ storage, dryRun }) => (dryRun ? null : { kind: 'repair', storage }),
  'storage.growth': null,
  'storage.folderSizes': null,
  'storage.senders': inStorage('browse'),
  'storage.sizes': null,
  'storage.forecast': null,
  'hold.list': null,
  'hold.add': inStorage('protect'),
  'hold.remove': inStorage('protect'),
  'freeze.list': null,
  'freeze.answer': ({ storage, answer }) => ({ kind: 'protect', storage, settings: [answer] }),
  'moment.list': null,
  'moment.forget': inStorage('hide'),
  'moment.remember': inStorage('bring-back'),
} satisfies { readonly [Name in CallName]?: Subject<Name> };

const ofSetUp = {
  'source.discover': null,
  'source.test': null,
  'source.add': named('add-source'),
  'source.saved': null,
  'source.setUp': ({ storage, source, name }) => ({ kind: 'add-source', storage, sources: [source], name: name ?? undefined }),
  'source.edit': ({ id, name }) => ({ kind: 'change-source', sources: [id], name }),
  'source.unlock': ofSource('change-source'),
  'source.renewSignIn': ofSource('change-source'),
  'source.remove': ofSource('remove-source'),
  'source.list': null,
  'source.show': null,
  'source.recovery': null,
  'source.tree': null,
  'signIn.begin': null,
  'signIn.wait': null,
  'signIn.cancel': null,
  'job.create': named('add-job'),
  'job.edit': ofJob('change-job'),
  'job.switch': ofJob('change-job'),
  'job.remove': ofJob('remove-job'),
  'job.move': null,
  'job.clone': ({ id, name }) => ({ kind: 'add-job', job: id, name: name ?? undefined }),
  'job.list': null,
  'job.show': null,
  'job.answer': ofJob('change-job'),
  'job.forecast': null,
  'job.check': null,
  'job.run': null,
  'action.list': null,
  'action.put': ({ job }) => ({ kind: 'change-job', job, settings: ['actions'] }),
  'action.remove': ({ job }) => ({ kind: 'change-job', job, settings: ['actions'] }),
  'action.preview': null,
  'action.try': null,
  'survey.begin': null,
  'survey.show': null,
  'survey.folders': null,
  'survey.stop': null,
  'setup.export': justThat('export-setup'),
  'setup.plan': null,
  'setup.apply': justThat('apply-setup'),
} satisfies { readonly [Name in CallName]?: Subject<Name> };

const ofContent = {
  'browse.moments': null,
  'browse.tree': inStorage('browse'),
  'browse.items': inStorage('browse'),
  'browse.density': null,
  'browse.differences': inStorage('browse'),
  'browse.item': inStorage('browse'),
  'browse.resolve': inStorage('browse'),
  'browse.history': inStorage('browse'),
  'browse.preview': ofItem('look'),
  'browse.textDifference': ofItem('look'),
  'browse.raw': ofItem('take-out'),
  'search.find': inStorage('browse'),
  'search.texts': null,
  'search.indexTexts': null,
  'restore.measure': null,
  'restore.start': ({ storage, selection, target, dryRun }) => {
    if (dryRun) return { kind: 'browse', storage };
    const { items, sources } = selection;
    if (target.kind === 'original') return { kind: 'restore', storage, items, sources };
    if (target.kind === 'source') return { kind: 'restore', storage, items, sources: [...sources, target.source] };
    if (target.kind === 'matched') return { kind: 'restore', storage, items, sources: target.matches.map(({ to }) => to) };
    return { kind: 'export', storage, items, sources, to: target.path };
  },
  'restore.asked': null,
  'restore.retry': ({ run }) => ({ kind: 'restore', ofRun: run }),
  'restore.undo': ({ run, dryRun }) => (dryRun ? null : { kind: 'undo-restore', ofRun: run }),
} satisfies { readonly [Name in CallName]?: Subject<Name> };

/**
 * As what each call goes into the record of who did what. Null: it gives out nothing of what is stored, and changes nothing of what becomes
 * of it. A new call has to say it: forgetting it does not compile.
 */
export const actOf: { readonly [Name in CallName]: Subject<Name> } = {
  'app.info': null,
  'app.preferences': null,
  'app.setPreferences': (change) => {
    const settings = settingsOf(change)
      .filter((name) => !ofTheWindow.has(name))
      .map((name) => (name === 'recordDays' ? `recordDays=${change.recordDays}` : name));
    return settings.length === 0 ? null : { kind: 'change-settings', settings };
  },
  'clock.tick': null,
  'clock.pause': ({ untilMs }) => ({ kind: 'change-settings', settings: [untilMs === null ? 'resume' : 'pause'] }),
  ...ofStorages,
  ...ofRemoval,
  ...ofSetUp,
  'run.list': null,
  'run.show': null,
  'run.steps': null,
  'run.progress': null,
  'run.stop': null,
  'run.pause': null,
  'run.resume': null,
  'run.log': null,
  'status.get': null,
  ...ofContent,
  'alert.channels': null,
  'alert.addChannel': named('change-alerts'),
  'alert.editChannel': named('change-alerts'),
  'alert.removeChannel': justThat('change-alerts'),
  'alert.testChannel': null,
  'alert.route': justThat('change-alerts'),
  'alert.settings': null,
  'alert.setSettings': (change) => ({ kind: 'change-alerts', settings: settingsOf(change) }),
  'alert.inbox': null,
  'alert.markRead': null,
  'record.list': null,
};

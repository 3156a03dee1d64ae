import type { CallArguments, CallOutput, Handlers } from '../../../src/shared/contract/calls.ts';
import type { Notice } from '../../../src/shared/contract/notices.ts';
import { usualRecordDays } from '../../../src/shared/domain/act.ts';
import { usualNewJobs } from '../../../src/shared/domain/new-jobs.ts';
import { noCounts } from '../../../src/shared/domain/run.ts';
import { StrataError } from '../../../src/shared/domain/strata-error.ts';
import { attachmentPreviewOf, density, historyOf, type ItemRow, inbox, moments, previewOf, rowOf, tree } from './sample-mail.ts';
import { damagedCheck, storagesOf } from './sample-damage.ts';
import { createActionHandlers } from './sample-actions.ts';
import { createAlertHandlers } from './sample-alerts.ts';
import { createMirrorHandlers } from './sample-mirrors.ts';
import { createUpkeepHandlers } from './sample-upkeep.ts';
import { forecastOf } from './sample-forecast.ts';
import { heldJobs } from './sample-held.ts';
import { createRemovalHandlers } from './sample-removal.ts';
import { differencesOf, textDifference } from './sample-differences.ts';
import { discoveryOf } from './sample-discovery.ts';
import { createSurveyHandlers } from './sample-survey.ts';
import { recoveryOf, savedSources } from './sample-saved.ts';
import { findings, stepsOf } from './sample-steps.ts';
import { removalRuns } from './sample-removal-runs.ts';
import { madeStorages, plannedSteps } from './sample-plan.ts';
import type { RunId } from '../../../src/shared/domain/ids.ts';
import { at, ids, type Job, nowMs } from './sample-base.ts';
import { recordOf } from './sample-record.ts';
import { rehearsed, unproven } from './sample-rehearsals.ts';
import { dryRun, emptyingDryRun, pausedRun, runs, undone, undoPlan } from './sample-runs.ts';
import { jobs, sources, status, storages } from './sample-setup.ts';

/**
 * `rich`: years of use. `spare`: the same, and one more storage that nothing saves into. `archived`: the same, with archives of the first. `damaged`, `repaired`, `flickered`: the same,
 * and that has happened to the first storage. `halfway`: a change of its password broke off. `headless`: it lost STORAGE. `empty`: the first start.
 * `held`: one job waits for power, another for an answer. `lost`: a new computer, of whose sources only the storages know.
 */
export type WorldName =
  | 'rich'
  | 'spare'
  | 'archived'
  | 'damaged'
  | 'repaired'
  | 'flickered'
  | 'halfway'
  | 'headless'
  | 'held'
  | 'lost'
  | 'empty';

const known = <Value extends { readonly id: string }>(kind: string, values: readonly Value[], id: string): Value => {
  const found = values.find((value) => value.id === id);
  if (!found) throw new StrataError('name.unknown', 'never', { kind, name: id });
  return found;
};

const progress: Notice<'run.progress'>['progress'] = {
  phase: 'copying',
  itemsTotal: 13_390,
  itemsDone: 8_214,
  bytesTotal: 8_400_000_000,
  bytesDone: 5_208_000_000,
  bytesStored: 3_100_000_000,
  current: 'office@nord.example/Sent/Re: tender documents, lot 3',
  counts: { ...noCounts, seen: 61_204, new: 7_851, changed: 241, moved: 119, unchanged: 47_814, vanished: 38, failed: 3 },
  problems: 4,
};

/** Progress as of now; it goes on at 18 MB/s, with a little unrest. */
export function progressAfter(ms: number): typeof progress {
  const bytes = 18_000 * ms + 2_000_000 * Math.sin(ms / 900);
  return {
    ...progress,
    bytesDone: Math.min(8_400_000_000, Math.round(5_208_000_000 + bytes)),
    itemsDone: Math.min(13_390, 8_214 + Math.floor(ms / 60)),
  };
}

function itemsOf(input: CallArguments<'browse.items'>): CallOutput<'browse.items'> {
  const place = tree.find(({ item }) => item === input.folder) ?? inbox;
  const total = input.mode === 'vanished' ? Math.ceil(place.items / 8) : place.items;
  const length = Math.max(0, Math.min(input.limit, total - input.offset));
  const skip = input.at === null ? 0 : Math.max(0, Math.floor((nowMs - input.at) / 86_400_000) * 3);
  const rows = Array.from({ length }, (_, index): ItemRow => {
    const row = rowOf(place, skip + (input.mode === 'vanished' ? (input.offset + index) * 8 + 1 : input.offset + index));
    if (input.mode === 'as-of' && input.at === null) return { ...row, vanishedAtMs: null };
    return input.mode === 'as-of' ? row : { ...row, deleted: row.vanishedAtMs !== null };
  });
  return { total, rows };
}

function findRow(id: string): ItemRow {
  for (const place of tree) {
    for (let index = 0; index < 1200; index += 1) {
      const row = rowOf(place, index);
      if (row.item === id) return row;
    }
  }
  throw new StrataError('name.unknown', 'never', { kind: 'item', name: id });
}

/** A server whose name says so has a certificate that nobody vouches for; all others let everybody in. */
function testOf(settings: CallArguments<'source.test'>['settings']): CallOutput<'source.test'> {
  const isMail = settings.kind === 'imap';
  if (isMail && settings.host.startsWith('imap.self-signed') && settings.certificateSha256 === null) {
    const { host, port } = settings;
    const sha256 = '3f9a'.repeat(16);
    return {
      ok: false,
      failure: {
        code: 'source.tls-untrusted',
        retry: 'after-user-action',
        facts: { host, port, reason: 'self-signed certificate', sha256 },
      },
      folders: 0,
      items: null,
      capabilities: [],
      alsoNeeds: [],
      certificateSha256: sha256,
    };
  }
  return {
    ok: true,
    failure: null,
    folders: 42,
    items: settings.kind === 'files' ? null : 61_204,
    certificateSha256: null,
    alsoNeeds: [],
    capabilities: isMail ? ['IMAP4rev1', 'CONDSTORE', 'QRESYNC', 'OBJECTID', 'IDLE', 'UIDPLUS'] : ['read-only'],
  };
}

const log: CallOutput<'run.log'> = [
  ['info', 'run.started', { trigger: 'schedule' }],
  ['info', 'source.opened', { source: 'anna@nord.example', capabilities: 12 }],
  ['info', 'pack.sealed', { pack: '3f9a…c1', bytes: 16_777_216, chunks: 1204 }],
  ['info', 'folder.copied', { folder: 'office@nord.example/Sent', from: 88_120, to: 88_379 }],
  ['warn', 'items.vanished', { folder: 'Archive/2019', items: 38 }],
  ['error', 'item.failed', { folder: 'Clients/Quay 7', code: 'item.unreadable', attempt: 2 }],
  ['info', 'commit.written', { sequence: 4118, kind: 'checkpoint' }],
].map(([level, event, facts], index) => ({
  line: index + 1,
  atMs: at(0, 14, 7) + index * 640,
  level,
  event,
  facts,
})) as CallOutput<'run.log'>;

const dryRunOf = (conflict: CallArguments<'restore.start'>['conflict']): RunId =>
  conflict === 'empty-first' ? ids.emptyingDryRun : ids.dryRun;

const sheet = { recoveryKey: 'QX7F-K2MT-98PD-R4WN-B3HC-Z6VJ-T1SG-M5YA', checkCharacters: 'K7PQ' };

/** The password, and the recovery key, of every storage is “right”. */
function proved<Value>(proof: CallArguments<'storage.changePassword'>['proof'], value: Value): Promise<Value> {
  const given = proof.by === 'password' ? proof.password : proof.recoveryKey;
  return given === 'right'
    ? Promise.resolve(value)
    : Promise.reject(new StrataError('storage.wrong-password', 'after-user-action'));
}

/** Every call of the contract, answered from memory. What changes something changes nothing here but says yes. */
export function createHandlers(name: WorldName): Handlers {
  const rich = name !== 'empty';
  const preferences: CallOutput<'app.preferences'> = {
    theme: 'system',
    language: 'system',
    closeToTray: null,
    priority: 'low',
    workers: null,
    servers: 2,
    foldedGroups: [],
    savedSearches: [],
    newJobs: usualNewJobs,
    recordDays: usualRecordDays,
  };
  let order: readonly Job[] = name === 'held' ? heldJobs : rich && name !== 'lost' ? jobs : [];
  const done = () => Promise.resolve({});
  const answer =
    <Value>(value: Value) =>
    () =>
      Promise.resolve(value);
  return {
    'app.info': answer({
      version: '0.1.0',
      format: 1,
      profile: '/home/anna/.config/strata',
      runtime: 'Electron 33.2.1',
      platform: 'linux',
      keychain: 'available',
      crypto: 'native',
    }),
    'app.preferences': answer(preferences),
    'app.setPreferences': (input) => Promise.resolve(Object.assign(preferences, input)),
    'record.list': (query) => Promise.resolve(rich ? recordOf(query) : { rows: [], more: false }),
    'clock.tick': answer({ started: 0, asks: { power: false, network: false } }),
    'clock.pause': answer({}),
    'storage.inspect': (input) =>
      Promise.resolve({
        path: input.path,
        state: 'empty',
        freeBytes: 400_000_000_000,
        totalBytes: 1_000_000_000_000,
        storage: null,
        failure: null,
        steps: (['reach', 'list', 'write', 'sync', 'read-back', 'exclusive', 'delete'] as const).map((step) => ({
          step,
          ok: true,
        })),
      }),
    'storage.create': async ({ path }) => ({ id: path.includes('vault') ? ids.vault : ids.nas, ...sheet }),
    'storage.confirmRecoveryKey': done,
    'storage.attach': answer({ id: ids.nas }),
    'storage.adopt': answer({}),
    'storage.acceptOlder': answer({}),
    'storage.repoint': answer({}),
    'storage.locks': answer([]),
    'storage.clearLock': answer({}),
    'storage.unlock': ({ unlock }) => (unlock.by === 'keychain' ? done() : proved(unlock, {})),
    'storage.tryPassword': ({ password }) => proved({ by: 'password', password }, {}),
    'storage.changePassword': ({ proof }) => proved(proof, {}),
    'storage.addPassword': ({ proof }) => proved(proof, {}),
    'storage.removeKey': ({ proof }) => proved(proof, {}),
    'storage.showRecoveryKey': ({ password }) => proved({ by: 'password', password }, sheet),
    'storage.renewRecoveryKey': ({ proof }) => proved(proof, sheet),
    'storage.newKey': ({ password }) => proved({ by: 'password', password }, sheet),
    'storage.list': answer(rich ? [...storagesOf(name)] : []),
    'storage.show': async (input) => known('storage', storagesOf(name), input.id),
    'storage.rename': done,
    'storage.detach': (input) =>
      Promise.reject(
        new StrataError('storage.in-use', 'after-user-action', { name: known('storage', storages, input.id).name, job: 'Mail' }),
      ),
    'storage.check': answer({ run: ids.check }),
    'storage.rehearse': answer({ run: ids.rehearsal }),
    'storage.rebuildCatalog': answer({ run: ids.check }),
    'source.discover': async ({ address, askDirectory }) => discoveryOf(address, askDirectory),
    'source.test': async (input) => testOf(input.settings),
    'source.add': answer({ id: ids.anna }),
    'source.saved': answer(rich ? savedSources(name !== 'lost') : []),
    'source.setUp': answer({ id: ids.anna }),
    'source.edit': done,
    'source.remove': done,
    'source.unlock': done,
    'source.renewSignIn': done,
    'signIn.begin': async ({ way }) => ({
      grant: way === 'code' ? ids.codeGrant : ids.grant,
      address: `https://sign-in.nord.example/${way === 'code' ? 'device' : 'authorize'}`,
      code: way === 'code' ? 'QUAY-1000' : null,
      endsAtMs: nowMs + 600_000,
    }),
    // A code is never typed here; a browser is done at once.
    'signIn.wait': (input) => (input.grant === ids.codeGrant ? new Promise(() => undefined) : done()),
    'signIn.cancel': done,
    'source.list': answer(rich && name !== 'lost' ? [...sources] : []),
    'source.show': async (input) => known('source', sources, input.id),
    'source.recovery': async ({ id }) => recoveryOf(id),
    'source.tree': async (input) =>
      tree
        .filter((folder) => folder.source === (input.id ?? ids.anna) && folder.path !== '')
        .map((folder) => ({
          key: folder.path,
          parentKey:
            folder.path.includes('/') && folder.sourceKind !== 'files' ? folder.path.split('/').slice(0, -1).join('/') : null,
          name: folder.name,
          specialUse: folder.specialUse,
          items: folder.items,
          excluded: folder.deleted,
        })),
    ...createSurveyHandlers(),
    'job.create': answer({ id: ids.mailToNas }),
    'job.edit': done,
    'job.switch': done,
    'job.move': async ({ id, to, group }) => {
      order = movedTo(order, id, to, group);
      return {};
    },
    'job.clone': answer({ id: ids.mailToNas }),
    'job.remove': done,
    'job.list': async () => [...order],
    'job.show': async (input) => known('job', jobs, input.id),
    'job.answer': done,
    'job.forecast': async (input) => forecastOf(input),
    'job.check': async () => findings,
    'job.run': answer({ run: ids.running }),
    'setup.export': answer({ text: 'strata: 1\n' }),
    'setup.plan': answer({ steps: plannedSteps }),
    'setup.apply': answer({ steps: plannedSteps, made: madeStorages }),
    'run.list': async (input) =>
      (name === 'damaged' ? [damagedCheck, ...runs] : rich ? runs : [])
        .filter(
          (run) =>
            (input.job === null || run.job === input.job) &&
            (input.storage === null || run.storage === input.storage) &&
            (input.kind === null || run.kind === input.kind),
        )
        .slice(0, input.limit),
    'run.show': async (input) =>
      known(
        'run',
        [...runs, dryRun, emptyingDryRun, undoPlan, undone, pausedRun, damagedCheck, rehearsed, unproven, ...removalRuns],
        input.id,
      ),
    'run.steps': async (input) => stepsOf(input.id),
    'run.progress': (input) => Promise.resolve(input.id === ids.running ? progress : null),
    'run.stop': answer({ stopped: true }),
    'run.pause': done,
    'run.resume': answer({ run: ids.running }),
    'run.log': async (input) => log.filter(({ line }) => line > input.after).slice(0, input.limit),
    'status.get': answer(
      rich ? status : { verdict: 'nothing', protectedUntilMs: null, pausedUntilMs: null, needs: [], year: [] },
    ),
    'browse.moments': async (input) => moments.slice(0, input.limit),
    'browse.tree': answer([...tree]),
    'browse.items': async (input) => itemsOf(input),
    'browse.density': async (input) => density(input.folder === null ? 1 : input.folder.charCodeAt(6)),
    'browse.differences': async (input) => differencesOf(input),
    'browse.textDifference': answer(textDifference),
    'browse.item': async (input) => {
      const row = findRow(input.item);
      return { ...row, version: input.version ?? row.version };
    },
    'browse.resolve': async () => ({ item: rowOf(inbox, 3).item }),
    'browse.history': async (input) => historyOf(findRow(input.item)),
    'browse.preview': async ({ item, within }) =>
      within === undefined ? previewOf(findRow(item)) : attachmentPreviewOf(findRow(item), within),
    'browse.raw': answer({ bytes: new TextEncoder().encode('Subject: Offer harbour office\r\n\r\nDear Anna\r\n') }),
    ...createMirrorHandlers(rich, name),
    ...createUpkeepHandlers(rich),
    ...createRemovalHandlers(rich),
    ...createAlertHandlers(rich),
    ...createActionHandlers(rich),
    'restore.measure': ({ asOf }) =>
      Promise.resolve({
        items: 147,
        bytes: 31_000_000,
        before: asOf.kind === 'now' ? { atMs: at(9, 14, 2), items: 41_260 } : null,
      }),
    'restore.start': (input) => Promise.resolve({ run: input.dryRun ? dryRunOf(input.conflict) : ids.restore }),
    'restore.asked': () => Promise.resolve({ target: { kind: 'original' }, sources: [] }),
    'restore.retry': answer({ run: ids.restore }),
    'restore.undo': (input) => Promise.resolve({ run: input.dryRun ? ids.undoPlan : ids.undone }),
  };
}

/** Without what the engine knows of groups. */
function movedTo(
  order: readonly Job[],
  id: string,
  to: CallArguments<'job.move'>['to'],
  group: string | null | undefined,
): readonly Job[] {
  const which = order.filter((job) => job.id === id).map((job) => (group === undefined ? job : { ...job, group }));
  const others = order.filter((job) => job.id !== id);
  if (!('job' in to)) return to.at === 'first' ? [...which, ...others] : [...others, ...which];
  const place = others.findIndex((job) => job.id === to.job) + (to.at === 'after' ? 1 : 0);
  return others.toSpliced(place, 0, ...which);
}

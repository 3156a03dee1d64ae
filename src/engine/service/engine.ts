import { homedir } from 'node:os';
import type { Alert } from '../../shared/domain/alert.ts';
import type { RunId } from '../../shared/domain/ids.ts';
import type { Run, RunProgress } from '../../shared/domain/run.ts';
import type { Discovery } from '../../shared/domain/discovery.ts';
import { type AlertWords, isNear } from '../alerts/index.ts';
import { openProfileStore, type ProfileStore } from '../catalog/index.ts';
import { cryptoKind, startCrypto } from '../crypto/index.ts';
import { RunDesk } from '../jobs/index.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import type { Keychain } from '../kernel/keychain.ts';
import type { Log } from '../kernel/log.ts';
import { NodeFileSystem } from '../kernel/node-file-system.ts';
import { standBack } from '../kernel/priority.ts';
import { systemCommand } from '../kernel/system-command.ts';
import { systemClock } from '../kernel/system-clock.ts';
import { systemMachine } from '../kernel/system-machine.ts';
import { systemNames } from '../kernel/system-names.ts';
import { systemRandom } from '../kernel/system-random.ts';
import { systemWeb } from '../kernel/system-web.ts';
import type { Web } from '../kernel/web.ts';
import type { Pace } from '../capture/index.ts';
import { secureContext } from '../sources/certificate.ts';
import { ActRecord } from './act-record.ts';
import { ActionBook } from './action-book.ts';
import { AlertChannels } from './alert-channels.ts';
import { Alerts } from './alerts.ts';
import { Browse } from './browse.ts';
import { Captures } from './captures.ts';
import { Checks } from './checks.ts';
import { ClockWatch } from './clock-watch.ts';
import { Forgetting } from './forgetting.ts';
import { JobActions } from './job-actions.ts';
import { Jobs } from './jobs.ts';
import { Keeping } from './keeping.ts';
import { KeyUse } from './key-use.ts';
import { Mirrors } from './mirrors.ts';
import { OpenStorages } from './open-storages.ts';
import { OriginWatch } from './origin-watch.ts';
import { Ownership } from './ownership.ts';
import type { Changed, Parts } from './parts.ts';
import { type Preferences, readPreferences } from './preferences.ts';
import { openProfile } from './profile.ts';
import { ReadingBooks } from './reading-books.ts';
import { RemovalPlans } from './removal-plans.ts';
import { clearScratch, Rehearsals } from './rehearsals.ts';
import { Removals } from './removals.ts';
import { Repairs } from './repairs.ts';
import { Restores } from './restores.ts';
import { RunArchive } from './run-archive.ts';
import { RunSteps } from './run-steps.ts';
import { SavedSources } from './saved-sources.ts';
import { Scrubs } from './scrubs.ts';
import { Secrets } from './secrets.ts';
import { Setups } from './setups.ts';
import { SignIns } from './sign-ins.ts';
import { Sizes } from './sizes.ts';
import { SourceSecrets } from './source-secrets.ts';
import { Sources } from './sources.ts';
import { readStatus } from './status.ts';
import { StorageKeyring } from './storage-keys.ts';
import { Storages } from './storages.ts';
import { Surroundings } from './surroundings.ts';
import { Surveys } from './surveys.ts';
import { TextIndexes } from './text-indexes.ts';
import { Upkeep } from './upkeep.ts';

export interface EngineOptions {
  /** Absolute. Made when missing; one engine per profile is the caller's duty. */
  readonly profileDir: string;
  readonly keychain: Keychain;
  readonly appVersion: string;
  /** The build of better-sqlite3 for this runtime, where the packaged one does not fit. */
  readonly sqliteBinding?: string;
  /** Entry of the packers' worker threads; without one everything is packed in this thread. */
  readonly packerWorker?: URL;
  /** Entry of the threads that read storages; without one this thread reads by itself. */
  readonly readerWorker?: URL;
  /** Entry of the thread that writes a catalog while a commit is made; without one it is written afterwards. */
  readonly catalogWorker?: URL;
  /** Entry of the thread that reads what items say; without one they are read in this thread. */
  readonly textWorker?: URL;
  readonly workers?: number;
  /** Lets everything else on the computer go first, unless a person wanted otherwise. */
  readonly standsBack?: boolean;
  /** Notices changes as they happen, and stores them at that pace: for the process that also says what time it is. */
  readonly captures?: Pace;
  /** Puts alerts into a person's language; without it they are sent under the names of their topics. */
  readonly alertWords?: (alerts: readonly Alert[], language: Preferences['language']) => ReturnType<AlertWords>;
  readonly log: Log;
  /** In the place of the computer's own: of a life that is lived in minutes, on a machine that sleeps and disks that go. */
  readonly instead?: Partial<Pick<Parts, 'clock' | 'machine' | 'files'>>;
}

export interface EngineNotices {
  'run.started': { run: Run };
  'run.progress': { id: RunId; progress: RunProgress };
  'run.ended': { run: Run };
  alert: { alerts: readonly Alert[] };
  changed: { what: Changed };
}
export type NoticeListener = <Name extends keyof EngineNotices>(name: Name, value: EngineNotices[Name]) => void;

/** Everything that the engine can do, as objects that know no contract. */
export interface Engine {
  readonly parts: Parts;
  readonly storages: Storages;
  readonly keyring: StorageKeyring;
  readonly ownership: Ownership;
  readonly mirrors: Mirrors;
  readonly checks: Checks;
  readonly scrubs: Scrubs;
  readonly rehearsals: Rehearsals;
  readonly upkeep: Upkeep;
  readonly sources: Sources;
  readonly savedSources: SavedSources;
  readonly signIns: SignIns;
  readonly jobs: Jobs;
  readonly captures: Captures;
  readonly surroundings: Surroundings;
  readonly surveys: Surveys;
  readonly browse: Browse;
  readonly texts: TextIndexes;
  readonly restores: Restores;
  readonly removals: Removals;
  readonly removalPlans: RemovalPlans;
  readonly clock: ClockWatch;
  readonly forgetting: Forgetting;
  readonly repairs: Repairs;
  readonly keeping: Keeping;
  readonly sizes: Sizes;
  readonly channels: AlertChannels;
  readonly alerts: Alerts;
  readonly actions: ActionBook;
  readonly record: ActRecord;
  readonly setups: Setups;
  readonly runs: { going(): number };
  readonly steps: RunSteps;
  readonly discover: (address: string, mayAskDirectory: boolean) => Promise<Discovery>;
  readonly crypto: 'native' | 'wasm';
  onNotice(listener: NoticeListener): () => void;
  close(how: 'finish-item' | 'now'): Promise<void>;
}

/** Two packers use two cores while this thread lists and the system copies; more gained nothing (measured). */
const defaultWorkers = 2;

export async function openEngine(options: EngineOptions): Promise<Engine> {
  await startCrypto();
  const listeners = new Set<NoticeListener>();
  const announce: NoticeListener = (name, value) => {
    for (const listener of listeners) listener(name, value);
  };
  const files = options.instead?.files ?? new NodeFileSystem();
  const profile = openProfile(files, options.profileDir);
  const store = openStore(options, profile.statePath, files);
  if (options.standsBack === true && readPreferences({ store }).priority === 'low') standBack(options.log);
  const archive = new RunArchive(store);
  const parts = makeParts(options, { files, profile, store, archive, announce });
  endFormerLife(parts);

  const web = systemWeb({ trust: secureContext });
  const secrets = new Secrets(options.keychain);
  const keyUse = new KeyUse(parts);
  const open = new OpenStorages(parts, secrets, keyUse);
  const keyring = new StorageKeyring(parts, open, secrets, keyUse);
  archive.useDetails((id) => open.runDetails(id));
  const signIns = new SignIns(parts, web);
  const sources = new Sources(parts, { secrets: new SourceSecrets(parts, secrets, web), signIns }, open);
  const surveys = new Surveys(parts, sources);
  const ownership = new Ownership(parts, open);
  const clock = new ClockWatch(parts, open);
  const origins = new OriginWatch(parts, open);
  const removals = new Removals(parts, open, clock, origins);
  const mirrors = new Mirrors(parts, open, { removals, clock });
  const books = new ReadingBooks(store);
  const checks = new Checks(parts, open, books);
  const scrubs = new Scrubs(parts, open, books, checks);
  const rehearsals = new Rehearsals(parts, open);
  const surroundings = new Surroundings(parts, open);
  const upkeep = new Upkeep(parts, open, { checks, rehearsals, removals, mirrors, surroundings });
  const captures = new Captures({ parts, open, sources });
  const texts = new TextIndexes(parts, open);
  const storages = new Storages(parts, open, { secrets, keyring, keyUse, ownership, books, scrubs, texts });
  const actions = new ActionBook(parts, secrets, actionPorts());
  const acting = new JobActions(parts, actions);
  const jobs = new Jobs(parts, open, sources, { mirrors, removals, clock, watched: captures, surroundings, actions: acting });
  const needs = async () => (await readStatus(parts, jobs, storages, removals)).needs;
  const { channels, alerts } = makeAlerts(options, { parts, secrets, needs, announce });
  const record = new ActRecord(parts, open);
  record.settle();
  listeners.add(tellOfRuns(alerts, texts, record));
  alerts.begin();
  if (options.captures !== undefined) captures.begin(options.captures);
  return {
    parts,
    sources,
    savedSources: new SavedSources(parts, open, sources),
    signIns,
    storages,
    keyring,
    ownership,
    mirrors,
    checks,
    scrubs,
    rehearsals,
    upkeep,
    jobs,
    captures,
    surroundings,
    surveys,
    browse: new Browse(open, texts),
    texts,
    restores: new Restores(parts, open, sources),
    removals,
    removalPlans: new RemovalPlans(parts, open, clock, origins),
    clock,
    forgetting: new Forgetting(parts, open, clock),
    repairs: new Repairs(parts, open),
    keeping: new Keeping(parts, open),
    sizes: new Sizes(parts, open),
    channels,
    alerts,
    actions,
    record,
    setups: new Setups(parts, { storages, sources, channels, jobs }),
    steps: new RunSteps(parts, open, { jobs, scrubs }),
    runs: { going: () => parts.runs.going().length },
    discover: discoverBy(web),
    crypto: cryptoKind(),
    onNotice(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close(how) {
      jobs.close();
      if (how === 'now') acting.close();
      signIns.close();
      await captures.close();
      await surveys.close();
      await scrubs.close();
      await Promise.all([texts.close(how), parts.runs.close(how)]);
      await alerts.close(how);
      open.closeAll();
      store.close();
    },
  };
}

const discoverBy =
  (web: Web): Engine['discover'] =>
  async (address, mayAskDirectory) => {
    // Loaded when it is asked for: few commands do.
    const { discover } = await import('../discovery/index.ts');
    return discover(address, mayAskDirectory, { web, names: systemNames() });
  };

/** Commands and requests of a person's own, as this computer runs and sends them. */
const actionPorts = (): ConstructorParameters<typeof ActionBook>[2] => ({
  runCommand: systemCommand(systemClock),
  webFor: ({ timeoutMs: ms, verifiesTls: verifies }) =>
    systemWeb({ trust: secureContext, mayBeOpen: isNear, verifies, limits: { ms, bytes: 1024 * 1024 } }),
  environment: process.env,
  platform: process.platform,
  home: homedir(),
});

/** What a kill left half done is told as that, and what it left lying in the clear goes, before anything else is done. */
function endFormerLife(parts: Parts): void {
  parts.runs.markInterrupted();
  clearScratch(parts);
}

const tellOfRuns =
  (alerts: Alerts, texts: TextIndexes, record: ActRecord): NoticeListener =>
  (name, value) => {
    if (name === 'run.started') {
      const { run } = value as EngineNotices['run.started'];
      record.runStarted(run);
      alerts.runStarted(run);
    }
    if (name !== 'run.ended') return;
    const { run } = value as EngineNotices['run.ended'];
    record.runEnded(run);
    alerts.runEnded(run);
    if (run.kind !== 'index-texts') texts.runEnded(run.storage);
  };

function makeAlerts(
  options: EngineOptions,
  made: { parts: Parts; secrets: Secrets; needs: ConstructorParameters<typeof Alerts>[1]['needs']; announce: NoticeListener },
): { channels: AlertChannels; alerts: Alerts } {
  const { parts, secrets, needs, announce } = made;
  const words: AlertWords = (alerts) =>
    options.alertWords?.(alerts, readPreferences(parts).language) ?? { title: alerts.map(({ topic }) => topic).join(), text: '' };
  const channels = new AlertChannels(parts, {
    ...{ secrets, words, web: systemWeb({ trust: secureContext, mayBeOpen: isNear }) },
    show: (alerts) => announce('alert', { alerts }),
  });
  return { channels, alerts: new Alerts(parts, { channels, words, needs, hasDesktop: options.captures !== undefined }) };
}

function openStore({ sqliteBinding }: EngineOptions, path: string, files: FileSystem): ProfileStore {
  return openProfileStore({ path, files, ...(sqliteBinding === undefined ? {} : { nativeBinding: sqliteBinding }) });
}

function makeParts(
  options: EngineOptions,
  made: { files: FileSystem; profile: Parts['profile']; store: ProfileStore; archive: RunArchive; announce: NoticeListener },
): Parts {
  const { files, profile, store, archive, announce } = made;
  const clock = options.instead?.clock ?? systemClock;
  const runs = new RunDesk({
    store: archive,
    clock,
    random: systemRandom,
    log: options.log,
    notices: {
      started: (run) => announce('run.started', { run }),
      progress: (id, progress) => announce('run.progress', { id, progress }),
      ended: (run) => announce('run.ended', { run }),
    },
  });
  return {
    profile,
    store,
    runs,
    files,
    clock,
    random: systemRandom,
    machine: options.instead?.machine ?? systemMachine(files, options.profileDir, systemRandom),
    keychain: options.keychain,
    log: options.log,
    appVersion: options.appVersion,
    sqliteBinding: options.sqliteBinding,
    packers:
      options.packerWorker === undefined
        ? undefined
        : { count: readPreferences({ store }).workers ?? options.workers ?? defaultWorkers, entry: options.packerWorker },
    catalogThread: options.catalogWorker,
    textThread: options.textWorker,
    readers:
      options.readerWorker === undefined ? undefined : { count: options.workers ?? defaultWorkers, entry: options.readerWorker },
    changed: (what) => announce('changed', { what }),
  };
}

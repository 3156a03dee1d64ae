import { StrataError } from '../../shared/domain/strata-error.ts';
import { withFileFailure } from '../kernel/file-failure.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import { ActRows } from './profile/act-rows.ts';
import { AlertRows } from './profile/alert-rows.ts';
import { Documents } from './profile/documents.ts';
import { migrate } from './profile/migrating.ts';
import { firstTables } from './profile/migrations/0010-first-tables.ts';
import { retentionMembers } from './profile/migrations/0020-retention.ts';
import { storageModes } from './profile/migrations/0030-storage-modes.ts';
import { mirrors as mirrorTable } from './profile/migrations/0040-mirrors.ts';
import { readings as readingTable } from './profile/migrations/0050-readings.ts';
import { mirrorRules } from './profile/migrations/0060-mirror-rules.ts';
import { captures as captureTable } from './profile/migrations/0070-captures.ts';
import { jobChoices } from './profile/migrations/0080-job-choices.ts';
import { jobBooks as jobBookTable } from './profile/migrations/0090-job-books.ts';
import { alerts as alertTables } from './profile/migrations/0100-alerts.ts';
import { runSteps } from './profile/migrations/0110-run-steps.ts';
import { jobMarks } from './profile/migrations/0120-job-marks.ts';
import { leftOut } from './profile/migrations/0150-left-out.ts';
import { runDays } from './profile/migrations/0160-run-days.ts';
import { acts as actTable } from './profile/migrations/0170-acts.ts';
import { ReadingList } from './profile/reading-list.ts';
import { RunList } from './profile/run-list.ts';
import { RunLog } from './profile/run-log.ts';
import type {
  CaptureBook,
  JobActions,
  JobBook,
  ProfileStore,
  StoredJob,
  StoredMirror,
  StoredSource,
  StoredStorage,
} from './profile-store.ts';
import { Connection } from './sql/connection.ts';
import { copyDatabase, createPrivateFile, hasUnfinishedLog } from './sql/database-file.ts';

export interface ProfileStoreOptions {
  /** On a local disk; its directory exists. */
  readonly path: string;
  readonly files: FileSystem;
  /** The SQLite build to load; undefined: the one inside the package. */
  readonly nativeBinding?: string;
  /** How much history is kept; for tests. */
  readonly limits?: { readonly runs: number; readonly logLines: number };
}

const defaultLimits = { runs: 10_000, logLines: 100_000 };
const migrations = [
  firstTables,
  retentionMembers,
  storageModes,
  mirrorTable,
  readingTable,
  mirrorRules,
  captureTable,
  jobChoices,
  jobBookTable,
  alertTables,
  runSteps,
  jobMarks,
  leftOut,
  runDays,
  actTable,
];

/**
 * Opens what a person set up, or begins with nothing. Whatever was put is on the disk when the call returns, log lines excepted.
 * Fails with `profile.unusable` when the file is damaged and with `profile.newer` when a newer Strata has changed it: never begins anew by itself.
 */
export function openProfileStore(options: ProfileStoreOptions): ProfileStore {
  const { path, files } = options;
  const wasCutOff = withFileFailure(path, () => {
    createPrivateFile(files, path);
    return hasUnfinishedLog(files, path);
  });
  const connection = new Connection({
    path,
    nativeBinding: options.nativeBinding,
    synchronous: 'full',
    cacheKiB: 8192,
    unusable: 'profile.unusable',
  });
  try {
    if (wasCutOff && connection.pragma('quick_check(1)') !== 'ok') {
      throw new StrataError('profile.unusable', 'after-user-action', { path });
    }
    migrate(connection, migrations, (to) => copyDatabase(connection, files, `${path}.before-${to}`));
    return storeOn(connection, options.limits ?? defaultLimits);
  } catch (error) {
    connection.close();
    // Our own statements are right: what they name or count on is not there any more.
    if (!/^SQLITE_(?:ERROR|CONSTRAINT)/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new StrataError('profile.unusable', 'after-user-action', { path }, { cause: error });
  }
}

function storeOn(connection: Connection, limits: typeof defaultLimits): ProfileStore {
  const storages = new Documents<StoredStorage>(connection, 'storages');
  const sources = new Documents<StoredSource>(connection, 'sources');
  const jobs = new Documents<StoredJob>(connection, 'jobs');
  const mirrors = new Documents<StoredMirror>(connection, 'mirrors');
  const jobBooks = new Documents<JobBook>(connection, 'job_books');
  const jobActions = new Documents<JobActions>(connection, 'job_actions');
  const captures = new Documents<CaptureBook>(connection, 'captures');
  const readings = new ReadingList(connection);
  const runs = new RunList(connection, limits.runs);
  const log = new RunLog(connection, limits.logLines);
  const alerts = new AlertRows(connection);
  const trusted = connection.rows<{ readonly sequence: number; readonly id: string }>(
    'SELECT sequence, commit_id AS id FROM trusted WHERE storage = ?',
  );
  const trust = connection.change(`
    INSERT INTO trusted (storage, sequence, commit_id) VALUES (?, ?, ?)
    ON CONFLICT (storage) DO UPDATE SET sequence = excluded.sequence, commit_id = excluded.commit_id`);
  const preference = connection.column<string>('SELECT value FROM preferences WHERE name = ?');
  const setPreference = connection.change(
    'INSERT INTO preferences (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  return {
    storages: () => storages.all(),
    putStorage: (storage) => storages.put(storage),
    removeStorage: (id) => {
      storages.remove(id);
      readings.keepOnly(id, []);
    },
    sources: () => sources.all(),
    putSource: (source) => sources.put(source),
    removeSource: (id) => sources.remove(id),
    jobs: () => jobs.all(),
    putJob: (job) => jobs.put(job),
    removeJob: (id) => jobs.remove(id),
    mirrors: () => mirrors.all(),
    putMirror: (mirror) => mirrors.put(mirror),
    removeMirror: (id) => mirrors.remove(id),
    jobBooks: () => jobBooks.all(),
    putJobBook: (book) => jobBooks.put(book),
    removeJobBook: (id) => jobBooks.remove(id),
    jobActions: () => jobActions.all(),
    putJobActions: (actions) => jobActions.put(actions),
    removeJobActions: (id) => jobActions.remove(id),
    captures: () => captures.all(),
    putCapture: (book) => captures.put(book),
    removeCapture: (id) => captures.remove(id),
    run: (id) => runs.one(id),
    runs: (filter) => runs.newest(filter),
    daySums: (job, days) => runs.daySums(job, days),
    lastPurge: (storage, counting) => runs.lastPurge(storage, counting),
    lastRepair: (storage) => runs.lastRepair(storage),
    runIds: (prefix) => runs.ids(prefix),
    putRun: (run) => runs.put(run),
    appendLog: (run, atMs, level, event, facts) => log.append(run, atMs, level, event, facts),
    log: (run, after, limit) => log.lines(run, after, limit),
    trusted: (storage) => trusted.get(storage),
    trust: (storage, sequence, id) => void trust.run(storage, sequence, id),
    readings: (storage) => readings.all(storage),
    putReading: (storage, reading) => readings.put(storage, reading),
    keepReadings: (storage, packs) => readings.keepOnly(storage, packs),
    alerts,
    acts: new ActRows(connection),
    preference: (key) => preference.get(key),
    setPreference: (key, value) => void setPreference.run(key, value),
    close: () => connection.close(),
  };
}

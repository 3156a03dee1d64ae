import type { CallOutput } from '../../../src/shared/contract/calls.ts';
import { usualTiming } from '../../../src/shared/domain/schedule.ts';
import type { Failure } from '../../../src/shared/domain/strata-error.ts';
import { createDraw } from './draw.ts';
import { month, years } from './sample-keep.ts';
import { at, dayAgo, hour, ids, type Job, type Source, type Storage } from './sample-base.ts';
import { marksOf, rehearsed, unproven } from './sample-rehearsals.ts';
import { checked, failedRun, runs } from './sample-runs.ts';
import { watchedSince } from './sample-watch.ts';

type DayMark = Job['days'][number];

function days(
  seed: number,
  length: number,
  special: Readonly<Record<number, DayMark['state']>> = {},
  quiet: (weekday: number) => boolean = () => false,
): DayMark[] {
  const draw = createDraw(seed);
  return Array.from({ length }, (_, index) => {
    const ago = length - 1 - index;
    const dayMs = dayAgo(ago);
    const changes = draw.whole(4, 60) ** 2;
    const state = special[ago] ?? (quiet(new Date(dayMs).getDay()) ? 'nothing' : 'success');
    return { dayMs, state, changes: state === 'nothing' || state === 'failed' ? 0 : changes };
  });
}

const weekend = (weekday: number): boolean => weekday === 0 || weekday === 6;

const watched = watchedSince(ids.anna, ids.officeMail, at);

const oneStorage = { alsoTo: [], furtherStorages: [] };
const captured = { scan: 'on', capture: 'on', watch: watched, choices: [], timing: usualTiming } as const;
const waits = (untilMs: number): Job['due'] => ({ kind: 'wait', because: 'time', untilMs });

export const jobs: readonly Job[] = [
  {
    id: ids.mailToNas,
    name: 'Mail',
    retention: years,
    zone: 'Europe/Vienna',
    ...({ group: null, color: 'teal', priority: 'high' } as const),
    sources: [ids.anna, ids.officeMail],
    storage: ids.nas,
    storageName: 'NAS',
    alsoTo: [ids.office],
    furtherStorages: [{ id: ids.office, name: 'Office server', protectedUntilMs: at(1, 12, 30) }],
    ...captured,
    schedule: { mode: 'continuous', idleMs: 4 * hour },
    sourceNames: [
      { id: ids.anna, name: 'anna@nord.example', kind: 'imap' },
      { id: ids.officeMail, name: 'office@nord.example', kind: 'imap' },
    ],
    running: ids.running,
    lastRun: runs.find((run) => run.jobName === 'Mail' && run.status !== 'running') ?? null,
    lateSinceMs: null,
    unusual: null,
    due: waits(at(0, 18)),
    nextRunAtMs: at(0, 18),
    protectedUntilMs: at(0, 12, 31),
    days: days(1, 30, { 18: 'warning', 10: 'warning' }),
  },
  {
    id: ids.filesToDisk,
    name: 'Files',
    retention: month,
    zone: 'Europe/Vienna',
    ...({ group: null, color: 'slate', priority: 'normal' } as const),
    sources: [ids.documents],
    storage: ids.disk,
    storageName: 'Backup disk',
    ...oneStorage,
    ...captured,
    schedule: { mode: 'continuous', idleMs: 24 * hour },
    sourceNames: [{ id: ids.documents, name: 'Documents, Projects, Pictures', kind: 'files' }],
    running: null,
    lastRun: failedRun,
    lateSinceMs: null,
    unusual: null,
    due: waits(at(0, 22)),
    nextRunAtMs: at(0, 22),
    protectedUntilMs: at(3, 22, 41),
    days: days(2, 30, { 15: 'failed', 2: 'failed', 1: 'failed', 0: 'nothing' }),
  },
  {
    id: ids.archiveToNas,
    name: 'Old mail',
    retention: null,
    zone: 'Europe/Vienna',
    ...({ group: 'Now and then', color: null, priority: 'low' } as const),
    sources: [ids.archive],
    storage: ids.nas,
    storageName: 'NAS',
    ...oneStorage,
    scan: 'on',
    capture: 'off',
    watch: { ...watched, state: 'off', sources: [], gaps: [] },
    choices: [],
    schedule: { mode: 'manual' },
    timing: usualTiming,
    lateSinceMs: null,
    unusual: null,
    due: { kind: 'never' },
    sourceNames: [{ id: ids.archive, name: 'Maildir of 2009 to 2019', kind: 'maildir' }],
    running: null,
    lastRun: runs.find((run) => run.status === 'success' && run.kind === 'backup') ?? null,
    nextRunAtMs: null,
    protectedUntilMs: at(12, 18, 4),
    days: days(3, 30, {}, (weekday) => weekday !== 3),
  },
  {
    id: ids.officeToOffice,
    name: 'Office',
    retention: null,
    zone: 'Europe/Vienna',
    ...({ group: 'Now and then', color: 'plum', priority: 'normal' } as const),
    sources: [ids.officeMail],
    storage: ids.office,
    storageName: 'Office server',
    ...oneStorage,
    ...captured,
    schedule: { mode: 'continuous', idleMs: 6 * hour },
    sourceNames: [{ id: ids.officeMail, name: 'office@nord.example', kind: 'imap' }],
    running: null,
    lastRun: runs.find((run) => run.status === 'success' && run.kind === 'backup') ?? null,
    lateSinceMs: null,
    unusual: null,
    due: waits(at(0, 18, 30)),
    nextRunAtMs: at(0, 18, 30),
    protectedUntilMs: at(0, 12, 30),
    days: days(4, 30, {}, weekend),
  },
];

const storageBase = {
  mode: 'own',
  owner: null,
  keyInKeychain: true,
  recoveryKeyConfirmed: true,
  failure: null,
  keys: [],
  verification: null,
  rehearsed: [],
  lastRepair: null,
  passwordTypedAtMs: at(12, 8),
} as const;

export const storages: readonly Storage[] = [
  {
    ...storageBase,
    id: ids.nas,
    name: 'NAS',
    path: '/mnt/nas/strata',
    state: 'open',
    createdAtMs: at(430, 10),
    freeBytes: 1_760_000_000_000,
    totalBytes: 3_600_000_000_000,
    storedBytes: 1_510_000_000_000,
    itemBytes: 3_910_000_000_000,
    items: 412_101,
    versions: 1_204_551,
    moments: 4_118,
    lastCommitAtMs: at(0, 12, 31),
    jobs: [
      { id: ids.mailToNas, name: 'Mail' },
      { id: ids.archiveToNas, name: 'Old mail' },
    ],
    keys: [
      {
        slot: 'k1',
        kind: 'password',
        label: '',
        createdAtMs: at(430, 10),
        isReplaced: false,
        lastUsedAtMs: at(12, 8),
        isThisDevice: false,
      },
      {
        slot: 'k2',
        kind: 'password',
        label: 'Ben',
        createdAtMs: at(120, 9),
        isReplaced: false,
        lastUsedAtMs: null,
        isThisDevice: false,
      },
      {
        slot: 'k3',
        kind: 'recovery',
        label: '',
        createdAtMs: at(430, 10),
        isReplaced: false,
        lastUsedAtMs: null,
        isThisDevice: false,
      },
      {
        slot: 'k4',
        kind: 'device',
        label: 'desk',
        createdAtMs: at(430, 10),
        isReplaced: false,
        lastUsedAtMs: at(0, 7),
        isThisDevice: true,
      },
      {
        slot: 'k5',
        kind: 'device',
        label: 'notebook',
        createdAtMs: at(90, 18),
        isReplaced: false,
        lastUsedAtMs: null,
        isThisDevice: false,
      },
    ],
    rehearsed: marksOf(rehearsed),
    lastCheck: checked.check && { atMs: at(2, 3, 53), report: checked.check },
    verification: {
      packs: 96_400,
      bytes: 1_510_000_000_000,
      days: 30,
      packsVerified: 94_210,
      bytesVerified: 1_476_000_000_000,
      verifiedAtMs: at(31, 3, 12),
      lastReadAtMs: at(0, 11, 2),
      damaged: 0,
      flickered: 0,
      failure: null,
      scrubs: true,
      nextDueMs: at(-1, 3, 0),
      lastRoundAtMs: at(0, 3, 0),
    },
  },
  {
    ...storageBase,
    id: ids.disk,
    rehearsed: marksOf(unproven),
    name: 'Backup disk',
    path: '/media/anna/Backup disk/strata',
    state: 'unavailable',
    recoveryKeyConfirmed: false,
    createdAtMs: at(200, 9),
    freeBytes: null,
    totalBytes: null,
    storedBytes: 612_000_000_000,
    itemBytes: 903_000_000_000,
    items: 290_444,
    versions: 301_200,
    moments: 188,
    lastCommitAtMs: at(3, 22, 41),
    jobs: [{ id: ids.filesToDisk, name: 'Files' }],
    lastCheck: null,
    failure: { code: 'path.missing', retry: 'after-user-action', facts: { path: '/media/anna/Backup disk/strata' } },
  },
  {
    ...storageBase,
    id: ids.office,
    name: 'Office server',
    path: '/mnt/office/strata',
    state: 'locked',
    keyInKeychain: false,
    createdAtMs: at(90, 9),
    freeBytes: 36_000_000_000,
    totalBytes: 300_000_000_000,
    storedBytes: 240_000_000_000,
    itemBytes: 480_000_000_000,
    items: 88_100,
    versions: 120_411,
    moments: 360,
    lastCommitAtMs: at(0, 12, 30),
    jobs: [{ id: ids.officeToOffice, name: 'Office' }],
    lastCheck: null,
  },
];

const approvedEnds: Failure = {
  code: 'source.approved-ends',
  retry: 'after-user-action',
  facts: { host: 'imap.nord.example', hours: 11 * 24 },
};

export const sources: readonly Source[] = [
  {
    id: ids.anna,
    name: 'anna@nord.example',
    secret: 'keychain',
    endings: [],
    jobs: [{ id: ids.mailToNas, name: 'Mail' }],
    protectedUntilMs: at(0, 12, 31),
    rehearsed: [],
    settings: {
      kind: 'imap',
      host: 'imap.nord.example',
      port: 993,
      tls: 'implicit',
      user: 'anna@nord.example',
      certificateSha256: null,
      exclude: ['Junk', 'Trash'],
    },
  },
  {
    id: ids.officeMail,
    name: 'office@nord.example',
    secret: 'keychain',
    endings: [{ kind: 'certificate-ends', failure: approvedEnds }],
    jobs: [
      { id: ids.mailToNas, name: 'Mail' },
      { id: ids.officeToOffice, name: 'Office' },
    ],
    protectedUntilMs: at(0, 12, 30),
    rehearsed: [],
    settings: {
      kind: 'imap',
      host: 'imap.nord.example',
      port: 143,
      tls: 'starttls',
      user: 'office@nord.example',
      certificateSha256: 'a1'.repeat(32),
      exclude: [],
    },
  },
  {
    id: ids.documents,
    name: 'Documents, Projects, Pictures',
    secret: null,
    endings: [],
    jobs: [{ id: ids.filesToDisk, name: 'Files' }],
    protectedUntilMs: at(3, 22, 41),
    rehearsed: [],
    settings: {
      kind: 'files',
      paths: ['/home/anna/Documents', '/home/anna/Projects', '/home/anna/Pictures'],
      exclude: ['node_modules', '*.tmp'],
      excludeIfPresent: ['.nobackup'],
      oneFileSystem: true,
    },
  },
  {
    id: ids.archive,
    name: 'Maildir of 2009 to 2019',
    secret: null,
    endings: [],
    jobs: [{ id: ids.archiveToNas, name: 'Old mail' }],
    protectedUntilMs: at(12, 18, 4),
    rehearsed: [],
    settings: { kind: 'maildir', path: '/home/anna/Mail/archive', exclude: [] },
  },
];

export const status: CallOutput<'status.get'> = {
  verdict: 'attention',
  pausedUntilMs: null,
  protectedUntilMs: at(3, 22, 41),
  needs: [
    {
      kind: 'job-failed',
      job: ids.filesToDisk,
      storage: ids.disk,
      run: ids.failed,
      name: 'Files',
      sinceMs: at(2, 22, 0),
      failure: failedRun.failure,
    },
    { kind: 'storage-locked', job: null, storage: ids.office, run: null, name: 'Office server', sinceMs: null, failure: null },
    {
      ...{ kind: 'certificate-ends', job: null, storage: null, run: null, source: ids.officeMail },
      ...{ name: 'office@nord.example', sinceMs: null, failure: approvedEnds },
    },
  ],
  year: days(
    9,
    371,
    { 128: 'failed', 127: 'failed', 14: 'failed', 60: 'warning', 200: 'nothing', 201: 'nothing', 202: 'nothing' },
    (weekday) => weekday === 0,
  ),
};

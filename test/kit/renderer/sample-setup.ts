import type { CallOutput } from '../../../src/shared/contract/calls.ts';
import type { FreezeId, GrantId, HoldId, JobId, RunId, SourceId, StorageId } from '../../../src/shared/domain/ids.ts';
import { usualTiming } from '../../../src/shared/domain/schedule.ts';
import { noCounts } from '../../../src/shared/domain/run.ts';
import { createDraw, idOf } from './draw.ts';
import { month, years } from './sample-keep.ts';
import { watchedSince } from './sample-watch.ts';

/** Saturday, 21 November 2026, 14:07: the moment of all pictures. */
export const nowMs = new Date(2026, 10, 21, 14, 7, 0).getTime();
const hour = 3_600_000;
/** Local midnight `days` ago, whatever the clocks did. */
export const dayAgo = (days: number): number => {
  const day = new Date(nowMs);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - days).getTime();
};
/** A wall-clock time some days ago. */
export const at = (days: number, hours: number, minutes = 0): number => dayAgo(days) + hours * hour + minutes * 60_000;

export type Run = CallOutput<'run.show'>;
export type Job = CallOutput<'job.show'>;
export type Storage = CallOutput<'storage.show'>;
export type Source = CallOutput<'source.show'>;
type DayMark = Job['days'][number];

export const ids = {
  nas: idOf<StorageId>('storagenas', 1),
  disk: idOf<StorageId>('storagedisk', 2),
  office: idOf<StorageId>('storageoffice', 3),
  spare: idOf<StorageId>('storagespare', 4),
  drawer: idOf<StorageId>('storagedrawer', 5),
  cabin: idOf<StorageId>('storagecabin', 6),
  anna: idOf<SourceId>('sourceanna', 1),
  officeMail: idOf<SourceId>('sourceoffice', 2),
  documents: idOf<SourceId>('sourcedocuments', 3),
  archive: idOf<SourceId>('sourcearchive', 4),
  mailToNas: idOf<JobId>('jobmail', 1),
  filesToDisk: idOf<JobId>('jobfiles', 2),
  archiveToNas: idOf<JobId>('jobarchive', 3),
  officeToOffice: idOf<JobId>('joboffice', 4),
  running: idOf<RunId>('runrunning', 0),
  paused: idOf<RunId>('runpaused', 88),
  restore: idOf<RunId>('runrestore', 90),
  dryRun: idOf<RunId>('rundry', 93),
  check: idOf<RunId>('runcheck', 91),
  damagedCheck: idOf<RunId>('rundamaged', 89),
  failed: idOf<RunId>('runfailed', 92),
  retention: idOf<RunId>('runretention', 94),
  purge: idOf<RunId>('runpurge', 95),
  purgePlan: idOf<RunId>('runpurgeplan', 96),
  repair: idOf<RunId>('runrepair', 97),
  mirroring: idOf<RunId>('runmirroring', 99),
  repairPlan: idOf<RunId>('runrepairplan', 98),
  hold: idOf<HoldId>('holdclients', 1),
  sourceHold: idOf<HoldId>('holdarchive', 2),
  freeze: idOf<FreezeId>('freezeoffice', 1),
  grant: idOf<GrantId>('grantoffice', 1),
  codeGrant: idOf<GrantId>('grantcode', 2),
} as const;

const counts = (over: Partial<typeof noCounts>) => ({ ...noCounts, ...over });

const finished = (over: Partial<Run> & Pick<Run, 'id' | 'startedAtMs'>): Run => ({
  kind: 'backup',
  job: ids.mailToNas,
  jobName: 'Mail',
  storage: ids.nas,
  storageName: 'NAS',
  trigger: 'schedule',
  cause: { reason: 'idle', forMs: null, retry: null },
  status: 'success',
  endedAtMs: over.startedAtMs + 6 * 60_000,
  phases: [
    { phase: 'preparing', startedAtMs: over.startedAtMs, endedAtMs: over.startedAtMs + 2_000 },
    { phase: 'comparing', startedAtMs: over.startedAtMs + 2_000, endedAtMs: over.startedAtMs + 40_000 },
    { phase: 'copying', startedAtMs: over.startedAtMs + 40_000, endedAtMs: over.startedAtMs + 350_000 },
    { phase: 'finishing', startedAtMs: over.startedAtMs + 350_000, endedAtMs: over.startedAtMs + 6 * 60_000 },
  ],
  counts: counts({ seen: 61_204, new: 180, changed: 24, metadataOnly: 63, moved: 4, unchanged: 60_933, vanished: 2 }),
  bytes: { read: 212_000_000, stored: 96_000_000 },
  problems: [],
  steps: [],
  failure: null,
  restore: null,
  check: null,
  retention: null,
  purge: null,
  repair: null,
  ...over,
});

const running: Run = finished({
  id: ids.running,
  startedAtMs: at(0, 14, 2),
  status: 'running',
  endedAtMs: null,
  phases: [
    { phase: 'preparing', startedAtMs: at(0, 14, 2), endedAtMs: at(0, 14, 2) + 2_000 },
    { phase: 'comparing', startedAtMs: at(0, 14, 2) + 2_000, endedAtMs: at(0, 14, 2) + 40_000 },
    { phase: 'copying', startedAtMs: at(0, 14, 2) + 40_000, endedAtMs: null },
  ],
  counts: counts({ seen: 61_204, new: 7_851, changed: 241, moved: 119, unchanged: 47_814, vanished: 38, failed: 3 }),
  problems: [
    ...['Re: tender documents, lot 3', 'Plans, second round', 'Invoice 2026-0442'].map((item) => ({
      failure: {
        code: 'item.unreadable' as const,
        retry: 'later' as const,
        facts: { item, reason: 'the server closed the message early' },
      },
      source: 'anna@nord.example',
      folder: 'Clients/Quay 7',
      item,
      atMs: at(0, 14, 4),
    })),
    {
      failure: { code: 'folder.unreadable', retry: 'later', facts: { folder: 'Shared/Site office', reason: 'NOPERM' } },
      source: 'office@nord.example',
      folder: 'Shared/Site office',
      item: '',
      atMs: at(0, 14, 3),
    },
  ],
});

/** In no list: that a run is paused is not what the others are about. */
export const pausedRun: Run = {
  ...running,
  id: ids.paused,
  status: 'paused',
  phases: running.phases.map((phase) => ({ ...phase, endedAtMs: phase.endedAtMs ?? at(0, 14, 6) })),
};

const restored: Run = finished({
  id: ids.restore,
  kind: 'restore',
  job: null,
  jobName: null,
  trigger: 'person',
  startedAtMs: at(1, 9, 41),
  phases: [
    { phase: 'preparing', startedAtMs: at(1, 9, 41), endedAtMs: at(1, 9, 41) + 3_000 },
    { phase: 'writing', startedAtMs: at(1, 9, 41) + 3_000, endedAtMs: at(1, 9, 42) },
    { phase: 'finishing', startedAtMs: at(1, 9, 42), endedAtMs: at(1, 9, 42) + 1_000 },
  ],
  endedAtMs: at(1, 9, 42) + 1_000,
  counts: noCounts,
  bytes: { read: 31_000_000, stored: 0 },
  restore: {
    dryRun: false,
    created: 141,
    replaced: 0,
    skipped: 6,
    failed: [],
    verified: 141,
    bytes: 31_000_000,
    entries: ['Offer harbour office', 'Minutes, site meeting no. 14', 'Quay 7: façade drawings', 'Assessment notice 2024'].map(
      (name, index) => ({
        name,
        folder: 'Restored 2026-11-20/Clients',
        sizeBytes: 24_000 * (index + 1),
        timeMs: at(30 + index, 10),
        outcome: index === 3 ? ('skip' as const) : ('create' as const),
      }),
    ),
  },
});

/** What the restore above would have done; not in the list, so that its pictures stay as they are. */
export const dryRun: Run = {
  ...restored,
  id: ids.dryRun,
  status: 'warning',
  startedAtMs: at(0, 14, 6),
  endedAtMs: at(0, 14, 6) + 4_000,
  restore: restored.restore && {
    ...restored.restore,
    dryRun: true,
    replaced: 4,
    verified: 10,
    failed: [
      {
        failure: { code: 'restore.item-damaged', retry: 'after-user-action', facts: { item: 'Draft: site report 31' } },
        source: 'anna@nord.example',
        folder: 'Clients/Quay 7',
        item: 'Draft: site report 31',
        atMs: at(0, 14, 6),
      },
    ],
  },
};

const checked: Run = finished({
  id: ids.check,
  kind: 'check',
  job: null,
  jobName: null,
  startedAtMs: at(2, 3, 12),
  endedAtMs: at(2, 3, 53),
  trigger: 'person',
  phases: [
    { phase: 'preparing', startedAtMs: at(2, 3, 12), endedAtMs: at(2, 3, 12) + 4_000 },
    { phase: 'checking', startedAtMs: at(2, 3, 12) + 4_000, endedAtMs: at(2, 3, 53) },
  ],
  counts: noCounts,
  bytes: { read: 377_000_000_000, stored: 0 },
  check: {
    level: 'part',
    percent: 25,
    packs: 96_400,
    packsRead: 24_102,
    records: 196_400,
    chunks: 1_204_118,
    commits: 4_118,
    bytesRead: 377_000_000_000,
    orphans: 0,
    leftovers: 0,
    findings: [],
    flickers: [],
    restored: 0,
  },
});

const failedRun: Run = finished({
  id: ids.failed,
  job: ids.filesToDisk,
  jobName: 'Files',
  storage: ids.disk,
  storageName: 'Backup disk',
  startedAtMs: at(1, 22, 0),
  endedAtMs: at(1, 22, 0) + 3_000,
  status: 'failed',
  phases: [{ phase: 'preparing', startedAtMs: at(1, 22, 0), endedAtMs: at(1, 22, 0) + 3_000 }],
  counts: noCounts,
  bytes: { read: 0, stored: 0 },
  failure: { code: 'path.missing', retry: 'after-user-action', facts: { path: '/media/anna/Backup disk/strata' } },
});

function pastRuns(): Run[] {
  const draw = createDraw(7);
  const runs: Run[] = [];
  for (let days = 0; days < 60; days += 1) {
    for (const hours of [2, 8, 12]) {
      const added = draw.whole(4, 420);
      const minutes = draw.whole(0, 30);
      runs.push(
        finished({
          id: idOf<RunId>('runmail', days * 10 + hours),
          startedAtMs: at(days, hours, minutes),
          endedAtMs: at(days, hours, minutes) + draw.whole(120_000, 900_000),
          status: draw.next() < 0.04 ? 'warning' : 'success',
          counts: counts({
            seen: 61_000,
            new: added,
            changed: draw.whole(0, 40),
            moved: draw.whole(0, 9),
            unchanged: 60_400,
            vanished: draw.next() < 0.2 ? draw.whole(1, 40) : 0,
          }),
          bytes: { read: added * 190_000, stored: added * 88_000 },
        }),
      );
    }
  }
  return runs;
}

export const runs: readonly Run[] = [running, restored, checked, failedRun, ...pastRuns()].sort(
  (a, b) => b.startedAtMs - a.startedAtMs,
);

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

export const sources: readonly Source[] = [
  {
    id: ids.anna,
    name: 'anna@nord.example',
    secret: 'keychain',
    jobs: [{ id: ids.mailToNas, name: 'Mail' }],
    protectedUntilMs: at(0, 12, 31),
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
    jobs: [
      { id: ids.mailToNas, name: 'Mail' },
      { id: ids.officeToOffice, name: 'Office' },
    ],
    protectedUntilMs: at(0, 12, 30),
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
    jobs: [{ id: ids.filesToDisk, name: 'Files' }],
    protectedUntilMs: at(3, 22, 41),
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
    jobs: [{ id: ids.archiveToNas, name: 'Old mail' }],
    protectedUntilMs: at(12, 18, 4),
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
  ],
  year: days(
    9,
    371,
    { 128: 'failed', 127: 'failed', 14: 'failed', 60: 'warning', 200: 'nothing', 201: 'nothing', 202: 'nothing' },
    (weekday) => weekday === 0,
  ),
};

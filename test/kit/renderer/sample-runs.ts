import type { RunId } from '../../../src/shared/domain/ids.ts';
import { noCounts } from '../../../src/shared/domain/run.ts';
import { createDraw, idOf } from './draw.ts';
import { at, ids, type Run } from './sample-base.ts';

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
    conflicts: 4,
    places: [
      {
        place: 'anna@nord.example, mail.nord.example',
        bytes: 31_000_000,
        freeBytes: 12_000_000,
        largestBytes: 26_214_400,
        tooLarge: 1,
      },
    ],
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

/** The same for folders that are emptied first. */
export const emptyingDryRun: Run = {
  ...dryRun,
  id: ids.emptyingDryRun,
  problems: (['restore.stays-not-saved', 'restore.stays-changed'] as const).map((code, index) => ({
    failure: {
      code,
      retry: 'after-user-action',
      facts: { item: index === 0 ? 'Berth plan, second draft' : 'Re: crane, new date' },
    },
    source: 'anna@nord.example',
    folder: 'Clients/Quay 7',
    item: index === 0 ? 'Berth plan, second draft' : 'Re: crane, new date',
    atMs: at(0, 14, 6),
  })),
  restore: dryRun.restore && {
    ...dryRun.restore,
    replaced: 0,
    conflicts: 0,
    failed: [],
    places: [],
    emptied: {
      name: 'anna@nord.example',
      folders: 9,
      removed: 38,
      bytes: 4_200_000,
      same: 6,
      stayed: 2,
      entries: ['Spam wave 1', 'Spam wave 2', 'Quay 7: façade drawings (2)'].map((name, index) => ({
        name,
        folder: 'Clients/Quay 7',
        sizeBytes: 18_000 * (index + 1),
        timeMs: at(2 + index, 10),
      })),
    },
  },
};

const undoProblem = (code: 'undo.changed' | 'undo.not-kept', item: string): Run['problems'][number] => ({
  failure: { code, retry: 'never', facts: { item } },
  source: 'anna@nord.example',
  folder: 'Clients/Quay 7',
  item,
  atMs: at(0, 14, 7),
});

/** What an undo of the restore above would do; not in the list either. */
export const undoPlan: Run = {
  ...restored,
  id: ids.undoPlan,
  kind: 'undo',
  status: 'warning',
  startedAtMs: at(0, 14, 7),
  endedAtMs: at(0, 14, 7) + 5_000,
  problems: [
    undoProblem('undo.changed', 'Offer harbour office'),
    undoProblem('undo.changed', 'Assessment notice 2024'),
    undoProblem('undo.not-kept', 'Minutes, site meeting no. 14'),
  ],
  restore: null,
  undo: { dryRun: true, of: ids.restore, removed: 136, putBack: 2, gone: 3, stayed: 3, folders: 4 },
};

export const undone: Run = { ...undoPlan, id: ids.undone, undo: undoPlan.undo && { ...undoPlan.undo, dryRun: false } };

export const checked: Run = finished({
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

export const failedRun: Run = finished({
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

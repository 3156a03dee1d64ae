import type { CallOutput } from '../../../src/shared/contract/calls.ts';
import { noCounts } from '../../../src/shared/domain/run.ts';
import { at, ids } from './sample-base.ts';

type Run = CallOutput<'run.show'>;

const minute = 60_000;
const base = {
  job: null,
  jobName: null,
  storage: ids.nas,
  storageName: 'NAS',
  trigger: 'schedule',
  cause: null,
  status: 'success',
  counts: noCounts,
  bytes: { read: 0, stored: 0 },
  problems: [],
  steps: [],
  failure: null,
  restore: null,
  check: null,
  retention: null,
  purge: null,
  repair: null,
} as const;

const hidden: NonNullable<Run['retention']> = {
  momentsForgotten: 3,
  momentsKept: 211,
  items: 88,
  versions: 240,
  bytes: 1_100_000_000,
  reasons: { moments: 190, age: 0, count: 12, deleted: 38, 'gone-source': 0, 'left-out': 0, 'by-hand': 0 },
  frozen: [{ source: ids.officeMail, name: 'office@nord.example', reason: 'mass-change' }],
};
const purged: NonNullable<Run['purge']> = {
  dryRun: false,
  retention: hidden,
  trashedPacks: 412,
  trashedBytes: 6_100_000_000,
  rewrittenBytes: 1_900_000_000,
  deletedPacks: 318,
  deletedBytes: 4_900_000_000,
  waitingPacks: 1_334,
  waitingBytes: 20_600_000_000,
  spared: {
    sources: [{ source: ids.officeMail, name: 'office@nord.example', reason: 'mass-change', versions: 51, bytes: 310_000_000 }],
    trashPacks: 12,
    trashBytes: 190_000_000,
  },
};
const repaired: NonNullable<Run['repair']> = {
  dryRun: false,
  copiesMended: 1,
  waysLost: 0,
  packsAside: 2,
  packsMissing: 0,
  packsFound: 0,
  chunksSaved: 511,
  chunksFromMirror: 12,
  chunksLost: 3,
  manifestsRemembered: 0,
  manifestsLost: 0,
  aside: '/mnt/nas/strata/aside/2026-03-01-412.tar',
  mirrors: [
    { name: 'Disk in the drawer', reached: true },
    { name: 'Disk in the cabin', reached: false },
  ],
  itemsLost: 2,
  versionsLost: 2,
  lost: [
    { item: 'anna@nord.example/Clients/Quay 7/Plans, second round', version: 1, fromMs: at(40, 9, 12), toMs: at(12, 17, 3) },
    { item: 'anna@nord.example/INBOX/Invoice 2026-0442', version: 2, fromMs: at(3, 8, 40), toMs: null },
  ],
};

const of = (fields: Pick<Run, 'id' | 'kind'> & Partial<Run>, minutes: number): Run => {
  const startedAtMs = at(0, 14, 5);
  const endedAtMs = startedAtMs + minutes * minute;
  return {
    ...base,
    startedAtMs,
    endedAtMs,
    phases: [
      { phase: 'preparing', startedAtMs, endedAtMs: startedAtMs + 4_000 },
      { phase: fields.kind === 'repair' ? 'repairing' : 'choosing', startedAtMs: startedAtMs + 4_000, endedAtMs },
    ],
    ...fields,
  };
};

/** Not in the list of runs, so that its pictures stay as they are. */
export const removalRuns: readonly Run[] = [
  of({ id: ids.retention, kind: 'retention', retention: hidden }, 1),
  of({ id: ids.purge, kind: 'purge', purge: purged }, 14),
  of({ id: ids.purgePlan, kind: 'purge', purge: { ...purged, dryRun: true } }, 1),
  of({ id: ids.repair, kind: 'repair', repair: repaired, status: 'warning' }, 6),
  of({ id: ids.repairPlan, kind: 'repair', repair: { ...repaired, dryRun: true } }, 3),
];

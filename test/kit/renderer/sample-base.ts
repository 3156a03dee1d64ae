import type { CallOutput } from '../../../src/shared/contract/calls.ts';
import type { FreezeId, GrantId, HoldId, JobId, RunId, SourceId, StorageId } from '../../../src/shared/domain/ids.ts';
import { idOf } from './draw.ts';

/** Saturday, 21 November 2026, 14:07: the moment of all pictures. */
export const nowMs = new Date(2026, 10, 21, 14, 7, 0).getTime();
export const hour = 3_600_000;
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

export const ids = {
  nas: idOf<StorageId>('storagenas', 1),
  disk: idOf<StorageId>('storagedisk', 2),
  office: idOf<StorageId>('storageoffice', 3),
  spare: idOf<StorageId>('storagespare', 4),
  drawer: idOf<StorageId>('storagedrawer', 5),
  vault: idOf<StorageId>('storagevault', 7),
  vaultOfAnna: idOf<StorageId>('storagevaultanna', 8),
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
  emptyingDryRun: idOf<RunId>('runempty', 102),
  undoPlan: idOf<RunId>('runundoplan', 100),
  undone: idOf<RunId>('runundone', 101),
  check: idOf<RunId>('runcheck', 91),
  rehearsal: idOf<RunId>('runrehearse', 92),
  unproven: idOf<RunId>('runrehearse', 93),
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

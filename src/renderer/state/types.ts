import type { CallOutput } from '../../shared/contract/calls.ts';
import type { Notice } from '../../shared/contract/notices.ts';

/** Names for what the contract hands out, so that screens need not spell the calls. */
export type JobSummary = CallOutput<'job.show'>;
export type DayMark = JobSummary['days'][number];
export type StorageSummary = CallOutput<'storage.show'>;
export type SourceSummary = CallOutput<'source.show'>;
export type RunRecord = CallOutput<'run.show'>;
export type RunProgress = Notice<'run.progress'>['progress'];
export type Status = CallOutput<'status.get'>;
export type Need = Status['needs'][number];
export type Preferences = CallOutput<'app.preferences'>;
export type ItemRow = CallOutput<'browse.item'>;
export type FolderRow = CallOutput<'browse.tree'>[number];
export type Moment = CallOutput<'browse.moments'>[number];
export type DensityDay = CallOutput<'browse.density'>[number];
export type HistoryRow = CallOutput<'browse.history'>[number];
export type Preview = CallOutput<'browse.preview'>;
export type LogLine = CallOutput<'run.log'>[number];
export type RemovalPlan = CallOutput<'storage.removalPlan'>;
export type Forecast = CallOutput<'storage.forecast'>;
export type ForgetSourcePlan = CallOutput<'storage.forgetSourcePlan'>;
export type HoldRow = CallOutput<'hold.list'>[number];
export type FreezeRow = CallOutput<'freeze.list'>[number];
export type StorageSettings = CallOutput<'storage.settings'>;
export type LockRow = CallOutput<'storage.locks'>[number];
export type MirrorRow = CallOutput<'mirror.list'>[number];
export type MirrorStanding = CallOutput<'mirror.standing'>;

import type { JobAction } from '../../shared/domain/action.ts';
import type { ArchiveChoice } from '../../shared/domain/archive.ts';
import type { ChosenSource } from '../../shared/domain/choice.ts';
import type { MissedUpkeep, UpkeepKind, UpkeepTimes } from '../../shared/domain/upkeep.ts';
import type { FreezeId, JobId, PackId, RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { JobColor, Priority } from '../../shared/domain/job-marks.ts';
import type { Retention } from '../../shared/domain/retention.ts';
import type { RehearsalMark } from '../../shared/domain/rehearsal.ts';
import type { CheckReport, Run, RunStatus } from '../../shared/domain/run.ts';
import type { Schedule, SlotBook, Timing } from '../../shared/domain/schedule.ts';
import type { CaptureMiss, CaptureStretch, ScanReason, Switch } from '../../shared/domain/capture.ts';
import type { SourceSettings } from '../../shared/domain/source-settings.ts';
import type { StorageSettings } from '../../shared/domain/storage-settings.ts';
import type { Facts, Failure } from '../../shared/domain/strata-error.ts';
import type { ActRows } from './profile/act-rows.ts';
import type { AlertRows } from './profile/alert-rows.ts';

/** What a person set up and what ran: `state.sqlite` of the profile. No secret and no item's name, except in problems of runs. */
export interface ProfileStore {
  storages(): StoredStorage[];
  putStorage(storage: StoredStorage): void;
  removeStorage(id: StorageId): void;

  sources(): StoredSource[];
  putSource(source: StoredSource): void;
  removeSource(id: SourceId): void;

  jobs(): StoredJob[];
  putJob(job: StoredJob): void;
  removeJob(id: JobId): void;

  mirrors(): StoredMirror[];
  putMirror(mirror: StoredMirror): void;
  removeMirror(id: StorageId): void;

  jobBooks(): JobBook[];
  putJobBook(book: JobBook): void;
  removeJobBook(id: JobId): void;

  jobActions(): JobActions[];
  putJobActions(actions: JobActions): void;
  removeJobActions(id: JobId): void;

  captures(): CaptureBook[];
  putCapture(book: CaptureBook): void;
  removeCapture(id: JobId): void;

  run(id: RunId): Run | undefined;
  runs(filter: RunFilter): Run[];
  /** Of the backups of a job, or of all, what each of the days came to, by how they ended. Days without any are left out. */
  daySums(job: JobId | null, days: readonly DaySpan[]): DaySum[];
  /** The newest purge that came to its end and was no dry run; `tried`: or one that the schedule began, however it ended. */
  lastPurge(storage: StorageId, counting: 'done' | 'tried'): Run | undefined;
  /** The newest repair that came to its end and was no dry run. */
  lastRepair(storage: StorageId): Run | undefined;
  /** Ids that begin with the text. */
  runIds(prefix: string): RunId[];
  putRun(run: Run): void;
  appendLog(run: RunId, atMs: number, level: 'info' | 'warn' | 'error', event: string, facts: Facts): void;
  log(run: RunId, after: number, limit: number): LogLine[];

  /** The newest commit that this profile knows of a storage: a storage that comes back older is noticed. */
  trusted(storage: StorageId): { readonly sequence: number; readonly id: string } | undefined;
  trust(storage: StorageId, sequence: number, id: string): void;

  /** The last reading of each pack of a storage that was ever read whole here. */
  readings(storage: StorageId): StoredReading[];
  putReading(storage: StorageId, reading: StoredReading): void;
  /** Forgets those of all other packs. */
  keepReadings(storage: StorageId, packs: readonly PackId[]): void;

  /** What was told, is to be told, and through what. */
  readonly alerts: AlertRows;
  /** Who did what. */
  readonly acts: ActRows;

  preference(key: string): string | undefined;
  setPreference(key: string, value: string): void;
  close(): void;
}

export interface RunFilter {
  readonly job: JobId | null;
  readonly storage: StorageId | null;
  readonly kind: string | null;
  /** Absent: however they ended, or go on. */
  readonly statuses?: readonly RunStatus[];
  /** Absent: since ever. */
  readonly sinceMs?: number;
  readonly limit: number;
}
export interface DaySpan {
  readonly fromMs: number;
  /** The first moment that is not of it. */
  readonly untilMs: number;
}
export interface DaySum {
  /** Which of the days that were asked for. */
  readonly day: number;
  readonly status: RunStatus;
  readonly changes: number;
}

export interface StoredStorage {
  readonly id: StorageId;
  readonly name: string;
  readonly path: string;
  /** `read-only`: a person attached it to look and restore, and nothing is written to it. */
  readonly mode: 'own' | 'read-only';
  readonly keyInKeychain: boolean;
  readonly recoveryKeyConfirmed: boolean;
  readonly createdAtMs: number;
  readonly lastCheck: { readonly atMs: number; readonly report: CheckReport } | null;
  readonly settings: StorageSettings;
  /** Sources that a person said are really empty, or another one, now. Each until a cycle has recorded it. */
  readonly acceptsEmpty: readonly SourceId[];
  /** Freezes that a person has seen and wants kept. */
  readonly quietFreezes: readonly FreezeId[];
  readonly clock: ClockMark | null;
  /** A person was asked whether the clock is right, and wants nothing removed until it is. */
  readonly keepsClockFrozen?: boolean;
  /** What changed at its sources on each of the last days. */
  readonly tallies: readonly ChangeTally[];
  readonly captured: readonly CaptureTally[];
  readonly scrub: ScrubMark;
  /** The newest trial restore of each source that came to its end. Absent: none ever did. */
  readonly rehearsed?: Readonly<Record<SourceId, RehearsalMark>>;
  /** What has times of its own; the rest comes as usual. */
  readonly upkeep?: Partial<Readonly<Record<UpkeepKind, UpkeepMark>>>;
}
/** Where the scrub is: which packs were read when is in the readings. */
export interface ScrubMark {
  /** Since when the round goes on that was not finished; null: none does. */
  readonly roundSinceMs: number | null;
  readonly lastRoundAtMs: number | null;
}
/** What came of reading a pack whole. `flickered`: wrong at first and right the second time; `failure` is that of the first. */
export interface StoredReading {
  readonly pack: PackId;
  readonly atMs: number;
  readonly outcome: 'good' | 'flickered' | 'damaged';
  readonly failure: Failure | null;
}
/** What cycles saw change at one source on one day: what looks like an accident or an attack is often slow. */
export interface ChangeTally {
  readonly source: SourceId;
  /** The day's first moment in local time. */
  readonly dayMs: number;
  /** Items that were there before, folders excluded; the most of the day. */
  readonly items: number;
  /** Of those that had been as they were for a week. */
  readonly deleted: number;
  /** Changed items that could be compressed before, and those of them that cannot any more. */
  readonly compressible: number;
  readonly scrambled: number;
  /** Ending → how many items were renamed to it. */
  readonly renamed: Readonly<Record<string, number>>;
}
/** What limited cycles saw change at one source since its last whole one: small ones together are judged as one large one would be. */
export interface CaptureTally {
  readonly source: SourceId;
  readonly sinceMs: number;
  /** Items that were there before all of it, folders excluded. */
  readonly items: number;
  readonly deleted: number;
  readonly changed: number;
  readonly pieces: number;
  readonly piecesAgain: number;
}
/** A time that was believed, and how long the system had been up then: a later time is held against it. */
export interface ClockMark {
  readonly wallMs: number;
  /** Which start of the system; empty where that is not known. */
  readonly boot: string;
  readonly uptimeMs: number;
  /** How long the system has been up since the clock ran away, and whether it was up when that happened, and by how much it did at first; null while it is right. */
  readonly strayed: { readonly forMs: number; readonly whileUp: boolean; readonly byMs?: number } | null;
  /** Commits up to this time were made while the clock was wrong, as a person said: they prove nothing. */
  readonly disbelievedMs?: number;
}
export interface StoredSource {
  readonly id: SourceId;
  readonly name: string;
  readonly settings: SourceSettings;
  readonly secretInKeychain: boolean;
  /** The provider gives no more tokens: a person has to sign in again. */
  readonly signInEnded?: boolean;
  /** How long it lasts, where the provider says that. */
  readonly signInLife?: Life;
  /** Of the certificates that its servers showed last and that were trusted, by host; of its filter scripts by `host:port`. */
  readonly certificates?: Readonly<Record<string, Life>>;
}
export interface Life {
  readonly fromMs: number;
  readonly untilMs: number;
}
export interface StoredJob {
  readonly id: JobId;
  readonly name: string;
  readonly sources: readonly SourceId[];
  readonly storage: StorageId;
  /** Further ones, in the order in which each run serves them behind it. Absent: none. */
  readonly alsoTo?: readonly StorageId[];
  readonly schedule: Schedule;
  readonly timing: Timing;
  /** Cycles by its schedule, and capture: independent of each other. */
  readonly scan: Switch;
  readonly capture: Switch;
  /** Of the sources of which not everything is taken. */
  readonly choices: readonly ChosenSource[];
  /** Null keeps everything. */
  readonly retention: Retention | null;
  /** When a person last changed it. */
  readonly retentionSetAtMs: number | null;
  /** Whose calendar counts; null: this computer's. */
  readonly zone: string | null;
  /** Jobs of one group stand together. Null: of none. */
  readonly group: string | null;
  readonly color: JobColor | null;
  readonly priority: Priority;
}
/** Times of its own, and what the scheduler remembers of them. */
export interface UpkeepMark {
  readonly times: UpkeepTimes;
  /** Since when they are as they are. */
  readonly sinceMs: number;
  readonly slots: SlotBook;
  /** The newest run that they began. */
  readonly run: RunId | null;
  /** Absent: none was. */
  readonly missed?: MissedUpkeep;
}
/** What the scheduler remembers of a job. */
export interface JobBook {
  readonly id: JobId;
  /** Since when its schedule is as it is. */
  readonly sinceMs: number;
  readonly slots: SlotBook;
  /** The run that a window's end stopped. */
  readonly cut: RunId | null;
}
/** What a person wants done before and after the runs of a job. Kept beside it: nothing that describes a job to others names them. */
export interface JobActions {
  readonly id: JobId;
  /** In the order in which they are done. */
  readonly actions: readonly JobAction[];
}
/** What a job's capture did, and what it left undone. */
export interface CaptureBook {
  readonly id: JobId;
  /** Oldest first; between two of them nobody watched. The last one may go on. */
  readonly stretches: readonly CaptureStretch[];
  /** Something may have gone unseen since then: only a scan knows. Null: none is due. */
  readonly scanDue: { readonly sinceMs: number; readonly because: ScanReason } | null;
  /** Storages that lack what another one has; each until a run has served it. Absent: none. */
  readonly missed?: readonly CaptureMiss[];
}
/** A storage that receives what another one holds. */
export interface StoredMirror {
  /** The one that receives; of one origin only. */
  readonly id: StorageId;
  readonly origin: StorageId;
  /** Runs after each cycle on the origin. */
  readonly enabled: boolean;
  readonly addedAtMs: number;
  /** Rules of its own, over the moments of every job that it received. Null keeps everything. */
  readonly retention: Retention | null;
  /** When a person last changed it. */
  readonly retentionSetAtMs: number | null;
  /** Whose calendar counts; null: this computer's. */
  readonly zone: string | null;
  /** A person says that it is kept where a fire or a thief does not get both. */
  readonly isElsewhere: boolean;
  /** As it was when both could be seen last. */
  readonly isSameDisk: boolean;
  /** It is an archive, and takes this: it receives when a person or its own times say so, not after each cycle. */
  readonly archive?: ArchiveChoice;
}
export interface LogLine {
  readonly line: number;
  readonly atMs: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly facts: Facts;
}

import type { FreezeReason } from './freeze.ts';
import type { ItemId, JobId, RunId, SourceId, StorageId } from './ids.ts';
import type { RehearsalReport } from './rehearsal.ts';
import type { RepairReport } from './repair.ts';
import type { RemovalReason } from './retention.ts';
import type { RunCause } from './run-cause.ts';
import type { RunStep } from './run-step.ts';
import type { Failure } from './strata-error.ts';

export const runKinds = [
  'backup',
  'restore',
  'undo',
  'check',
  'rebuild-catalog',
  'retention',
  'purge',
  'repair',
  'mirror',
  'rehearsal',
  'index-texts',
] as const;
export type RunKind = (typeof runKinds)[number];

export const runStatuses = ['running', 'paused', 'success', 'warning', 'failed', 'stopped', 'interrupted'] as const;
/**
 * `paused`: not over, and nothing of it goes on until a person says so; everything up to then is saved.
 * `interrupted`: the engine went away in the middle. Nothing is lost; the next cycle goes on from the last checkpoint.
 */
export type RunStatus = (typeof runStatuses)[number];

/** `waiting`: for somebody else who works on the storage. */
export const runPhases = [
  'preparing',
  'waiting',
  'comparing',
  'copying',
  'writing',
  'writing-older',
  'checking',
  'rebuilding',
  'reading',
  'choosing',
  'removing',
  'repairing',
  'finishing',
] as const;
export type RunPhase = (typeof runPhases)[number];

export const runTriggers = ['person', 'schedule'] as const;
export type RunTrigger = (typeof runTriggers)[number];

export interface RunCounts {
  readonly seen: number;
  readonly new: number;
  readonly changed: number;
  readonly metadataOnly: number;
  readonly moved: number;
  readonly unchanged: number;
  readonly vanished: number;
  readonly failed: number;
}
export const noCounts: RunCounts = {
  seen: 0,
  new: 0,
  changed: 0,
  metadataOnly: 0,
  moved: 0,
  unchanged: 0,
  vanished: 0,
  failed: 0,
};

/** Something that did not work inside a run that went on. */
export interface Problem {
  readonly failure: Failure;
  /** The source's name, and the folder and item as a person knows them; empty where it concerns more. */
  readonly source: string;
  readonly folder: string;
  readonly item: string;
  readonly atMs: number;
}

export interface ServerWait {
  readonly host: string;
  readonly untilMs: number;
}

/** Facts only: percent, rate, time left and words are the shell's business. */
export interface RunProgress {
  readonly phase: RunPhase;
  /** Null while it is still being counted. */
  readonly itemsTotal: number | null;
  readonly itemsDone: number;
  readonly bytesTotal: number | null;
  readonly bytesDone: number;
  readonly bytesStored: number;
  /** What is being worked on, as a person knows it. */
  readonly current: string;
  /** Servers that asked for a pause, and until when; absent: none does. */
  readonly waits?: readonly ServerWait[] | undefined;
  readonly counts: RunCounts;
  readonly problems: number;
}

/**
 * What happens to what is in the place of an item. `changed`: gives way where its content is another. `newer`: where the copy is newer.
 * `keep-both`: stays, and what is restored goes beside it.
 */
export const placeRules = ['skip', 'replace', 'changed', 'newer', 'keep-both'] as const;
export type PlaceRule = (typeof placeRules)[number];
/** `empty-first`: what lies in the folders goes before anything is restored, as far as the storage has it. */
export const conflictRules = [...placeRules, 'empty-first'] as const;
export type ConflictRule = (typeof conflictRules)[number];

export interface RestoreReport {
  readonly dryRun: boolean;
  readonly created: number;
  readonly replaced: number;
  readonly skipped: number;
  readonly failed: readonly Problem[];
  /** Which items those are, in the same order. Absent: of a run from before they were told. */
  readonly failedItems?: readonly ItemId[] | undefined;
  /** Whose place could not be written to any more, while others went on. Absent: none. */
  readonly failedSources?: readonly SourceId[] | undefined;
  /** Items whose bytes were compared with their digest after reading them from the storage. */
  readonly verified: number;
  readonly bytes: number;
  /** Of those replaced: what stood there is not kept, so that an undo cannot put it back. Absent: of a run from before this was counted. */
  readonly unkept?: number | undefined;
  /** Items in whose place something else is, whatever became of them. Absent: of a run from before this was counted. */
  readonly conflicts?: number | undefined;
  /** Of a dry run: what would be needed where, and what there is. */
  readonly places?: readonly PlaceRoom[] | undefined;
  /** Of what was read back afterwards; absent: nobody asked for that. */
  readonly readBack?: ReadBackReport | undefined;
  /** Of folders that were emptied first; absent: nobody asked for that. */
  readonly emptied?: EmptiedReport | undefined;
  /** The first of what was, or would be, written. At most 500. */
  readonly entries: readonly RestoreEntry[];
}
/** What went, or would go, before anything was restored. */
export interface EmptiedReport {
  /** What a person has to type: the folder, or else the source. */
  readonly name: string;
  readonly folders: number;
  readonly removed: number;
  readonly bytes: number;
  /** Left where they are, because the restore would put the very same there. */
  readonly same: number;
  /** Nobody proved that the storage has them as they are. Each is among the run's problems, with the reason. */
  readonly stayed: number;
  /** The first of those removed. At most 500. */
  readonly entries: readonly EmptiedEntry[];
}
export type EmptiedEntry = Pick<RestoreEntry, 'name' | 'folder' | 'sizeBytes' | 'timeMs'>;
/** `rewritten`: it says the same in another form. Those changed and missing are among the run's problems. */
export interface ReadBackReport {
  readonly equal: number;
  readonly rewritten: number;
  readonly changed: number;
  readonly missing: number;
}
/** What a restore needs at one place. Null: the place does not say. */
export interface PlaceRoom {
  readonly place: string;
  readonly bytes: number;
  readonly freeBytes: number | null;
  /** The largest item that the place takes, and how many are larger. */
  readonly largestBytes: number | null;
  readonly tooLarge: number;
}
export interface RestoreEntry {
  readonly name: string;
  readonly folder: string;
  readonly sizeBytes: number;
  readonly timeMs: number | null;
  readonly outcome: 'create' | 'replace' | 'skip' | 'fail';
  /** Something else is in its place. */
  readonly isConflict?: boolean | undefined;
}

/** What an undo did to what a restore had made, or would do. */
export interface UndoReport {
  readonly dryRun: boolean;
  /** The restore. */
  readonly of: RunId;
  readonly removed: number;
  /** What had given way and is there again. */
  readonly putBack: number;
  /** Was gone already. */
  readonly gone: number;
  /** Each of them is among the run's problems, with the reason. */
  readonly stayed: number;
  /** Folders that were made, and are gone with what was in them. In a dry run: that would be looked at. */
  readonly folders: number;
}

export interface CheckFinding {
  readonly failure: Failure;
  /** The file in the storage that it concerns. */
  readonly file: string;
  /** Items of which at least one version needs what is damaged. */
  readonly items: readonly string[];
}
/**
 * `part`: a share of all packs, those that were not read for longest. `since`: packs of commits since a moment. `scrub`: what the rotating
 * check read since its last report.
 */
export const checkLevels = ['quick', 'structure', 'part', 'since', 'all', 'scrub'] as const;
export type CheckLevel = (typeof checkLevels)[number];

export interface CheckReport {
  readonly level: CheckLevel;
  /** Of `part`: how many of a hundred packs. Null for all others. */
  readonly percent: number | null;
  /** All that are in use, and of how many every byte was read. */
  readonly packs: number;
  readonly packsRead: number;
  readonly records: number;
  readonly chunks: number;
  readonly commits: number;
  readonly bytesRead: number;
  /** Packs that no commit ever named: a run that died left them. They are in nobody's way. */
  readonly orphans: number;
  /** Packs out of use that are not in the trash yet. */
  readonly leftovers: number;
  readonly findings: readonly CheckFinding[];
  /** Files that were wrong at a first reading and right at a second: no damage, but something between disk and program is unwell. */
  readonly flickers: readonly Omit<CheckFinding, 'items'>[];
  /** Items that were put together whole, picked by chance, and were what their digests say. */
  readonly restored: number;
}

/** What a retention run hid. Nothing is deleted by it, and a commit can show all of it again. */
export interface RetentionReport {
  readonly momentsForgotten: number;
  readonly momentsKept: number;
  readonly items: number;
  readonly versions: number;
  /** Sizes of those versions, before deduplication and compression: what comes back is less. */
  readonly bytes: number;
  /** Versions that went, by reason. */
  readonly reasons: Readonly<Record<RemovalReason, number>>;
  /** Sources of which nothing was touched, because a guard waits for an answer. */
  readonly frozen: readonly FrozenSource[];
}
export interface FrozenSource {
  readonly source: SourceId;
  readonly name: string;
  readonly reason: FreezeReason;
}

/** What a purge run did, or would do. All bytes are those of files in the storage. */
export interface PurgeReport {
  readonly dryRun: boolean;
  /** What it hid first; null where it was not asked to hide anything. */
  readonly retention: RetentionReport | null;
  /** Files that went to the trash, and what was written of them anew because it is still needed. */
  readonly trashedPacks: number;
  readonly trashedBytes: number;
  readonly rewrittenBytes: number;
  /** What was really freed: it lay in the trash longer than the grace. */
  readonly deletedPacks: number;
  readonly deletedBytes: number;
  /** What waits in the trash afterwards. */
  readonly waitingPacks: number;
  readonly waitingBytes: number;
  /** What stayed because guards wait for answers; absent where none does. */
  readonly spared?: SparedReport | undefined;
}
export interface SparedReport {
  readonly sources: readonly SparedSource[];
  /** Lay in the trash for longer than the grace. */
  readonly trashPacks: number;
  readonly trashBytes: number;
}
/** Versions that were hidden before, and what nothing else keeps on the disk. */
export interface SparedSource extends FrozenSource {
  readonly versions: number;
  readonly bytes: number;
}

export interface Run {
  readonly id: RunId;
  readonly kind: RunKind;
  readonly job: JobId | null;
  readonly jobName: string | null;
  readonly storage: StorageId | null;
  readonly storageName: string | null;
  readonly trigger: RunTrigger;
  /** Null: of a run from before this was written down. */
  readonly cause: RunCause | null;
  readonly status: RunStatus;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly phases: readonly { readonly phase: RunPhase; readonly startedAtMs: number; readonly endedAtMs: number | null }[];
  readonly counts: RunCounts;
  readonly bytes: { readonly read: number; readonly stored: number };
  readonly problems: readonly Problem[];
  /** As it left them: some go on after its end. */
  readonly steps: readonly RunStep[];
  /** Why a failed run failed. */
  readonly failure: Failure | null;
  readonly restore: RestoreReport | null;
  /** Absent: of a run from before there was any. */
  readonly undo?: UndoReport | null | undefined;
  readonly check: CheckReport | null;
  readonly retention: RetentionReport | null;
  readonly purge: PurgeReport | null;
  readonly repair: RepairReport | null;
  /** Absent: of a run from before there was any. */
  readonly rehearsal?: RehearsalReport | null | undefined;
}

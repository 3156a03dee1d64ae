import type { ActId, ItemId, JobId, RunId, SourceId, StorageId } from './ids.ts';

/** What the record tells apart. `browse`, `look` and `take-out` give content out; so do `restore` and `export`. */
export const actKinds = [
  'browse',
  'look',
  'take-out',
  'restore',
  'export',
  'undo-restore',
  'hide',
  'bring-back',
  'forget-source',
  'purge',
  'protect',
  'repair',
  'unlock',
  'show-recovery-key',
  'change-keys',
  'add-storage',
  'change-storage',
  'remove-storage',
  'change-mirrors',
  'add-source',
  'change-source',
  'remove-source',
  'add-job',
  'change-job',
  'remove-job',
  'change-alerts',
  'change-settings',
  'export-setup',
  'apply-setup',
] as const;
export type ActKind = (typeof actKinds)[number];

/** From where an act came. `schedule`: nobody asked for it at that moment. */
export const actOrigins = ['window', 'command', 'schedule'] as const;
export type ActOrigin = (typeof actOrigins)[number];

/** `partly`: with warnings. `cut-off`: the engine went away in the middle, and how far it came is not known here. */
export const actOutcomes = ['done', 'partly', 'failed', 'stopped', 'cut-off'] as const;
export type ActOutcome = (typeof actOutcomes)[number];

/** What an act is about, as it is asked for. Names are looked up when it is written down. */
export interface ActSubject {
  readonly kind: ActKind;
  readonly storage?: StorageId | undefined;
  readonly sources?: readonly SourceId[] | undefined;
  readonly job?: JobId | undefined;
  /** An earlier run that the act is about: its storage is the act's. */
  readonly ofRun?: RunId | undefined;
  /** The name of what is neither of these, or comes to be by the act. */
  readonly name?: string | undefined;
  /** Where content goes: a path. */
  readonly to?: string | undefined;
  readonly items?: readonly ItemId[] | undefined;
  /** Which settings, as the contract calls them. */
  readonly settings?: readonly string[] | undefined;
}

/** One line of the record. Names are those of that time. */
export interface RecordedAct {
  readonly id: ActId;
  readonly atMs: number;
  readonly kind: ActKind;
  readonly origin: ActOrigin;
  /** The system's user whose engine it was. */
  readonly user: string;
  readonly storage: StorageId | null;
  readonly storageName: string | null;
  readonly sourceNames: readonly string[];
  readonly jobName: string | null;
  readonly name: string | null;
  readonly to: string | null;
  readonly settings: readonly string[];
  /** How many items were asked for by name; 0: none, or all there are. */
  readonly items: number;
  /** Where some of them lay and what they were called; null where the storage is locked, or they were not known. */
  readonly itemNames: readonly string[] | null;
  /** The run that does it. */
  readonly run: RunId | null;
  /** Null while it goes on. */
  readonly outcome: ActOutcome | null;
  readonly endedAtMs: number | null;
  /** Why it failed. */
  readonly code: string | null;
}

/** How long lines are kept at least: who shortens it cannot wipe what happened lately. */
export const leastRecordDays = 30;
export const usualRecordDays = 365;

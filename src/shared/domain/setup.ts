import type { AlertEvent, AlertLevel, ChannelSettings } from './alert.ts';
import type { Switch } from './capture.ts';
import type { Choice } from './choice.ts';
import type { JobColor, Priority } from './job-marks.ts';
import type { Retention } from './retention.ts';
import type { Schedule, Timing } from './schedule.ts';
import type { SourceSettings } from './source-settings.ts';
import type { StorageSettings } from './storage-settings.ts';

type Some<Value> = { readonly [Key in keyof Value]?: Value[Key] | undefined };

/** What is set up, by name and without secrets: docs/format/setup.md. What is absent stays as it is, or is as usual. */
export interface Setup {
  readonly strata: 1;
  readonly storages: readonly SetupStorage[];
  readonly sources: readonly SetupSource[];
  readonly channels: readonly SetupChannel[];
  readonly jobs: readonly SetupJob[];
}
/** `password`, `secret`: where it lies, never what it is. */
export interface SetupStorage {
  readonly name: string;
  readonly place: string;
  readonly password?: string | undefined;
  readonly settings?: Some<StorageSettings> | undefined;
}
export interface SetupSource {
  readonly name: string;
  readonly secret?: string | undefined;
  readonly settings: SourceSettings;
}
export interface SetupChannel {
  readonly name: string;
  readonly secret?: string | undefined;
  readonly settings: ChannelSettings;
  readonly isOn?: boolean | undefined;
  readonly events?: readonly AlertEvent[] | undefined;
  readonly least?: AlertLevel | undefined;
  readonly daily?: boolean | undefined;
}
export interface SetupJob {
  readonly name: string;
  readonly sources: readonly string[];
  readonly storage: string;
  /** Further ones, that each run serves as well. */
  readonly alsoTo?: readonly string[] | undefined;
  readonly schedule?: Schedule | undefined;
  readonly timing?: Some<Timing> | undefined;
  readonly scan?: Switch | undefined;
  readonly capture?: Switch | undefined;
  readonly choices?: readonly { readonly source: string; readonly choice: Some<Choice> }[] | undefined;
  readonly retention?: Retention | null | undefined;
  readonly zone?: string | undefined;
  readonly group?: string | null | undefined;
  readonly color?: JobColor | null | undefined;
  readonly priority?: Priority | undefined;
  /** By channel. Absent: as it is. */
  readonly alerts?: Readonly<Record<string, readonly AlertEvent[]>> | undefined;
}

export const setupKinds = ['storage', 'source', 'channel', 'job'] as const;
export type SetupKind = (typeof setupKinds)[number];
export const setupActions = ['make', 'attach', 'change', 'same'] as const;

/** What applying does to one thing. */
export interface SetupStep {
  readonly kind: SetupKind;
  readonly name: string;
  readonly action: (typeof setupActions)[number];
  readonly changes: readonly SetupChange[];
  /** A secret is wanted; where it lies, as far as the file says. */
  readonly secret: { readonly reference: string | null } | null;
}
/** `before` and `after` as they would stand in the file; null: nothing. */
export interface SetupChange {
  readonly member: string;
  readonly before: string | null;
  readonly after: string | null;
}

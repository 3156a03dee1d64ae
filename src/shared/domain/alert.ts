import type { AlertId, ChannelId, JobId, RunId, StorageId } from './ids.ts';
import type { TlsMode } from './source-settings.ts';
import type { Facts, Failure } from './strata-error.ts';

/** What a person can choose to be told of. `summary`: once a week, of all that ran. */
export const alertEvents = [
  'start',
  'success',
  'warning',
  'failure',
  'late',
  'guard',
  'check',
  'mirror',
  'restore',
  'summary',
] as const;
export type AlertEvent = (typeof alertEvents)[number];

/** From the least to the gravest. */
export const alertLevels = ['information', 'warning', 'error', 'critical'] as const;
export type AlertLevel = (typeof alertLevels)[number];

interface Topic {
  /** Null: of the alerts themselves. */
  readonly event: AlertEvent | null;
  readonly level: AlertLevel;
}

/** What an alert is about: each has a title of its own, belongs to one event, and is at least as grave as this. */
export const alertTopics = {
  'backup-started': { event: 'start', level: 'information' },
  'backup-done': { event: 'success', level: 'information' },
  'backup-warning': { event: 'warning', level: 'warning' },
  'backup-failed': { event: 'failure', level: 'error' },
  'work-failed': { event: 'failure', level: 'error' },
  'scan-due': { event: 'late', level: 'warning' },
  'job-late': { event: 'late', level: 'error' },
  'job-asks': { event: 'late', level: 'warning' },
  'job-unusual': { event: 'guard', level: 'warning' },
  'source-frozen': { event: 'guard', level: 'critical' },
  'clock-wrong': { event: 'guard', level: 'error' },
  'removal-waits': { event: 'guard', level: 'warning' },
  'sign-in-ended': { event: 'failure', level: 'error' },
  'sign-in-ends': { event: 'failure', level: 'warning' },
  'certificate-ends': { event: 'failure', level: 'warning' },
  'nearly-full': { event: 'failure', level: 'error' },
  'check-done': { event: 'check', level: 'information' },
  'check-warning': { event: 'check', level: 'warning' },
  'check-failed': { event: 'check', level: 'error' },
  'damage-found': { event: 'check', level: 'critical' },
  'rehearsal-done': { event: 'check', level: 'information' },
  'rehearsal-failed': { event: 'check', level: 'error' },
  'mirror-done': { event: 'mirror', level: 'information' },
  'mirror-warning': { event: 'mirror', level: 'warning' },
  'mirror-failed': { event: 'mirror', level: 'error' },
  'mirror-late': { event: 'mirror', level: 'error' },
  'restore-started': { event: 'restore', level: 'information' },
  'restore-done': { event: 'restore', level: 'information' },
  'restore-warning': { event: 'restore', level: 'warning' },
  'restore-failed': { event: 'restore', level: 'error' },
  week: { event: 'summary', level: 'information' },
  test: { event: null, level: 'information' },
  undelivered: { event: null, level: 'error' },
} as const satisfies Readonly<Record<string, Topic>>;
export type AlertTopic = keyof typeof alertTopics;
export const topicNames = Object.keys(alertTopics) as [AlertTopic, ...AlertTopic[]];

/** Something worth telling. Facts only: the words are the shell's, or are put to it when it is sent. */
export interface Alert {
  readonly id: AlertId;
  readonly topic: AlertTopic;
  readonly level: AlertLevel;
  /** The same as long as it is the same trouble: of each a person is told once a day. */
  readonly cause: string;
  readonly atMs: number;
  readonly job: { readonly id: JobId; readonly name: string } | null;
  readonly storage: { readonly id: StorageId; readonly name: string } | null;
  readonly run: RunId | null;
  /** Of what somebody began by hand and may be looking at. */
  readonly byPerson: boolean;
  readonly failure: Failure | null;
  readonly facts: Facts;
}

/** An alert as the inbox keeps it. */
export interface InboxEntry {
  readonly alert: Alert;
  /** How often it came since, in all, and when last. */
  readonly times: number;
  readonly lastAtMs: number;
  readonly isRead: boolean;
}

/** Which entries of the inbox; null: whatever it is. */
export interface InboxFilter {
  readonly job: JobId | null;
  /** And what is graver. */
  readonly least: AlertLevel | null;
  readonly event: AlertEvent | null;
}
export const everyEntry: InboxFilter = { job: null, least: null, event: null };

/** Whose address is itself a secret: whoever knows it can write there. */
export const addressKinds = ['webhook', 'ntfy', 'slack', 'discord', 'teams', 'apprise', 'healthchecks'] as const;
export type AddressKind = (typeof addressKinds)[number];
export const channelKinds = ['desktop', 'email', 'gotify', 'telegram', ...addressKinds] as const;
export type ChannelKind = (typeof channelKinds)[number];

export interface EmailSettings {
  readonly kind: 'email';
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  /** Null: the server lets everybody send. Else the password is the secret. */
  readonly user: string | null;
  readonly from: string;
  readonly to: readonly string[];
}
export interface GotifySettings {
  readonly kind: 'gotify';
  /** The secret is the application's token. */
  readonly url: string;
}
export interface TelegramSettings {
  readonly kind: 'telegram';
  /** The secret is the bot's token. */
  readonly url: string;
  readonly chat: string;
}
export type ChannelSettings =
  | { readonly kind: 'desktop' }
  | EmailSettings
  | GotifySettings
  | TelegramSettings
  | { readonly kind: AddressKind };

export const telegramServer = 'https://api.telegram.org';

/** A way to tell a person. */
export interface Channel {
  readonly id: ChannelId;
  readonly name: string;
  readonly settings: ChannelSettings;
  /** Where it leads, without what is secret: a host, or those who get the mail. Empty: to this desktop. */
  readonly place: string;
  readonly isOn: boolean;
  readonly secretInKeychain: boolean;
  /** What is told there, of jobs that have no choice of their own and of what belongs to no job. */
  readonly events: readonly AlertEvent[];
  readonly jobs: Readonly<Record<JobId, readonly AlertEvent[]>>;
  /** Of checks, mirrors, restores and the like nothing below this is told. */
  readonly least: AlertLevel;
  /** All but the gravest waits for the digest. */
  readonly daily: boolean;
  readonly lastDeliveredMs: number | null;
  /** The last thing that went wrong, if nothing was delivered since. `sinceMs`: when the first one did, if that is known. */
  readonly lastFailure: { readonly atMs: number; readonly failure: Failure; readonly sinceMs?: number } | null;
}

/** Minutes of the day, by the clock on the wall. */
export interface AlertSettings {
  readonly quiet: { readonly from: number; readonly until: number } | null;
  readonly digestAt: number;
  /** Whose clock; null: this computer's. */
  readonly zone: string | null;
}
export const usualAlertSettings: AlertSettings = { quiet: null, digestAt: 8 * 60, zone: null };

const troubles: readonly AlertEvent[] = ['failure', 'late', 'guard', 'check', 'mirror', 'restore'];
/** Success is quiet, except where silence would be an alarm. */
export const usualEvents = (kind: ChannelKind): readonly AlertEvent[] =>
  kind === 'healthchecks' ? ['start', 'success', 'warning', 'failure'] : troubles;

/** Counts what it hears, and is an alarm itself when it hears nothing: it is told at once, each time, day and night. */
export const isPinger = (kind: ChannelKind): boolean => kind === 'healthchecks';

export const needsSecret = (settings: ChannelSettings): boolean =>
  settings.kind !== 'desktop' && (settings.kind !== 'email' || settings.user !== null);

import {
  type Alert,
  type AlertEvent,
  type AlertLevel,
  alertLevels,
  type AlertSettings,
  alertTopics,
  type Channel,
  isPinger,
} from '../../shared/domain/alert.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import type { AlertCause, NewDelivery } from '../../shared/domain/alert-delivery.ts';
import { nextTimeOfDayMs, quietUntilMs } from './wall-clock.ts';

/** A cause that stays is told again after a day, so that it is neither forgotten nor a nuisance. */
export const againAfterMs = 24 * 3_600_000;
/** What may pass by itself, a network or a server, is news when it did not pass. */
const patience = 3;

/** A person asked for each of these; that nothing is wrong is why. */
const asked: ReadonlySet<AlertEvent> = new Set(['start', 'success', 'summary']);

const gravity = (level: AlertLevel): number => alertLevels.indexOf(level);
export const isTrouble = ({ level }: Pick<Alert, 'level'>): boolean => gravity(level) >= gravity('warning');

/** @param jobs Whose the alert is: its job, or all that use its storage. */
export function wants(channel: Channel, alert: Alert, jobs: readonly JobId[]): boolean {
  const { event } = alertTopics[alert.topic];
  if (event === null || !channel.isOn) return false;
  const routes = jobs.length === 0 ? [channel.events] : jobs.map((job) => channel.jobs[job] ?? channel.events);
  if (!routes.some((events) => events.includes(event))) return false;
  return asked.has(event) || isPinger(channel.settings.kind) || gravity(alert.level) >= gravity(channel.least);
}

/** The run that may mend it is still to come. */
export const mayPass = ({ failure, topic }: Alert, times: number): boolean =>
  failure?.retry === 'later' && (topic === 'backup-failed' || topic === 'mirror-failed') && times < patience;

interface Moment {
  readonly settings: AlertSettings;
  readonly nowMs: number;
}

/** What a channel that wants it is told, and when; undefined: nothing. `cause`: with this time counted. */
export function whenTold(
  channel: Channel,
  alert: Alert,
  cause: AlertCause | undefined,
  { settings, nowMs }: Moment,
): NewDelivery | undefined {
  const single = { channel: channel.id, alert, how: 'single', dueAtMs: nowMs } as const;
  if (isPinger(channel.settings.kind)) return single;
  const isPassing = mayPass(alert, cause?.times ?? 1);
  if (isPassing && channel.settings.kind === 'desktop') return undefined;
  const isGrave = alert.level === 'critical';
  const waits = isPassing || (channel.daily && !isGrave);
  if (wasSaid(channel, cause, waits, nowMs)) return undefined;
  if (waits) return { ...single, how: 'digest', dueAtMs: nextTimeOfDayMs(settings.digestAt, settings.zone, nowMs) };
  const quietUntil = isGrave ? null : quietUntilMs(settings, nowMs);
  return quietUntil === null ? single : { ...single, how: 'digest', dueAtMs: quietUntil };
}

/** That it passes by itself was said at most in the digest: that it did not is something else. */
function wasSaid(channel: Channel, cause: AlertCause | undefined, waits: boolean, nowMs: number): boolean {
  const said = cause?.said[channel.id];
  // A clock that was put back must not silence anything for years.
  if (said === undefined || Math.abs(nowMs - said.atMs) >= againAfterMs) return false;
  return said.how === 'single' || waits || cause?.times !== patience;
}

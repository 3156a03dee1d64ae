import type { Alert, AlertSettings, InboxEntry, InboxFilter } from '../../shared/domain/alert.ts';
import { usualAlertSettings } from '../../shared/domain/alert.ts';
import type { AlertId, JobId, RunId, StorageId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';
import { isStrataError } from '../../shared/domain/strata-error.ts';
import { AlertDesk, type AlertWords, Courier, type NewAlert } from '../alerts/index.ts';
import type { AlertChannels } from './alert-channels.ts';
import { alertOfNeed } from './alert-of-need.ts';
import { alertOfEnd, alertOfStart, troublesOf } from './alert-of-run.ts';
import { savesTo } from './job-storages.ts';
import type { Need } from './need.ts';
import type { Parts } from './parts.ts';
import { logTail } from './run-log-tail.ts';
import { weekDue } from './week-summary.ts';
import { knownZone } from './zones.ts';

const settingsKey = 'alerts';
/** What needs a person is looked at so often; after a run sooner, but not after each of many. */
const needsEveryMs = 10 * 60_000;
const needsAfterRunMs = 60_000;
/** Of so many of the newest runs is looked whether their end was told: no more can have ended while nobody could tell. */
const runsToLookAt = 200;

interface AlertPorts {
  readonly channels: AlertChannels;
  readonly words: AlertWords;
  readonly needs: () => Promise<readonly Need[]>;
  /** This process has a desktop; another one may have it later. */
  readonly hasDesktop: boolean;
}

/** Hears what happens in the engine, and sees that people are told. */
export class Alerts {
  readonly #parts: Parts;
  readonly #ports: AlertPorts;
  readonly #desk: AlertDesk;
  readonly #courier: Courier;
  #lookedAtMs: number | null = null;
  #hasRun = false;
  /** Who says what time it is shows what is told, too, and is not there from the first moment on. */
  #hasListener = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(parts: Parts, ports: AlertPorts) {
    this.#parts = parts;
    this.#ports = ports;
    const { clock, random, log, store } = parts;
    const book = store.alerts;
    this.#desk = new AlertDesk({ book, clock, random, settings: () => this.settings() });
    this.#courier = new Courier({
      ...{ book, clock, random, log, words: ports.words },
      logOf: ({ run }) => logTail(parts, run),
      mayUse: ({ settings }) => settings.kind !== 'desktop' || (ports.hasDesktop && this.#hasListener),
      send: (channel, message) => ports.channels.send(channel, message),
      onTried: () => parts.changed('alerts'),
    });
  }

  /** What ended while nobody could tell, a run that was cut off with its engine included; and what is still to be sent. */
  begin(): void {
    const { store } = this.#parts;
    const runs = store.runs({ job: null, storage: null, kind: null, limit: runsToLookAt });
    const untold = new Set(store.alerts.unraised(runs.map(({ id }) => id)));
    for (const run of runs.toReversed()) if (untold.has(run.id) && isOver(run)) this.#end(run);
    this.#courier.wake();
  }

  runStarted(run: Run): void {
    const alert = alertOfStart(run);
    if (alert === undefined) return;
    this.#raise(alert);
    this.#courier.wake();
  }

  runEnded(run: Run): void {
    if (isOver(run)) this.#end(run);
    this.#courier.wake();
    this.#hasRun = true;
    this.#lookIfDue();
  }

  /** Once a minute. */
  tick(): void {
    this.#hasListener = true;
    this.#lookIfDue();
    const week = weekDue(this.#parts, this.settings());
    if (week !== undefined) this.#raise(week);
    this.#courier.wake();
  }

  settings(): AlertSettings {
    const text = this.#parts.store.preference(settingsKey);
    return text === undefined ? usualAlertSettings : { ...usualAlertSettings, ...(JSON.parse(text) as Partial<AlertSettings>) };
  }

  /** What is undefined stays as it was. */
  changeSettings({
    quiet,
    digestAt,
    zone,
  }: { readonly [Key in keyof AlertSettings]?: AlertSettings[Key] | undefined }): AlertSettings {
    const before = this.settings();
    const settings: AlertSettings = {
      quiet: quiet === undefined ? before.quiet : quiet,
      digestAt: digestAt ?? before.digestAt,
      zone: zone === undefined ? before.zone : zone && knownZone(zone),
    };
    this.#parts.store.setPreference(settingsKey, JSON.stringify(settings));
    this.#parts.changed('alerts');
    return settings;
  }

  /** `unread`: of all. */
  inbox(limit: number, filter?: InboxFilter): { entries: InboxEntry[]; unread: number } {
    return { entries: this.#parts.store.alerts.inbox(limit, filter), unread: this.#parts.store.alerts.unread() };
  }

  markRead(ids: readonly AlertId[] | null): void {
    this.#parts.store.alerts.markRead(ids);
    this.#parts.changed('alerts');
  }

  /** Resolves when what is due was sent, or cannot be now. */
  async settled(): Promise<void> {
    await this.#looking;
    await this.#courier.settled();
  }

  async close(how: 'finish-item' | 'now'): Promise<void> {
    await this.#looking;
    await this.#courier.close(how === 'now' ? 'now' : 'finish');
  }

  #end(run: Run): void {
    const { alerts } = this.#parts.store;
    const alert = alertOfEnd(run);
    if (run.status === 'success' || run.status === 'warning') alerts.endCauses(troublesOf(run), alert?.cause);
    else if (alert !== undefined) alerts.endCauses(troublesOf(run), alert.cause);
    if (alert !== undefined) this.#raise(alert, { run: run.id });
    else alerts.raise({ entry: undefined, cause: undefined, deliveries: [], run: run.id, atMs: this.#parts.clock.nowMs() });
  }

  #raise(
    alert: NewAlert,
    more: { readonly run?: RunId; readonly isState?: boolean; readonly jobs?: readonly JobId[] } = {},
  ): void {
    if (this.#desk.raise(alert, { jobs: this.#jobsOf(alert), ...more })) this.#parts.changed('alerts');
  }

  /** Whose choice of channels counts: the job's, or that of all that use the storage. */
  #jobsOf({ job, storage }: Pick<Alert, 'job' | 'storage'>): JobId[] {
    if (job !== null) return [job.id];
    const { jobs, mirrors } = { jobs: this.#parts.store.jobs(), mirrors: this.#parts.store.mirrors() };
    const origin: StorageId | undefined = mirrors.find(({ id }) => id === storage?.id)?.origin ?? storage?.id;
    return jobs.filter((one) => origin !== undefined && savesTo(one, origin)).map(({ id }) => id);
  }

  /** What lies with a source is for those who hear of the jobs that take it. */
  #jobsOfSource({ source }: Need): { jobs?: JobId[] } {
    if (source === undefined) return {};
    return { jobs: this.#parts.store.jobs().flatMap(({ id, sources }) => (sources.includes(source) ? [id] : [])) };
  }

  #lookIfDue(): void {
    const sinceMs = this.#lookedAtMs === null ? Infinity : this.#parts.clock.monotonicMs() - this.#lookedAtMs;
    if (sinceMs >= (this.#hasRun ? needsAfterRunMs : needsEveryMs)) this.#look();
  }

  /** One look after the other; what cannot be looked at now is looked at the next time. */
  #look(): void {
    this.#lookedAtMs = this.#parts.clock.monotonicMs();
    this.#hasRun = false;
    this.#looking = this.#looking.then(async () => {
      try {
        for (const need of await this.#ports.needs()) this.#hear(need);
        this.#courier.wake();
      } catch (error) {
        if (isStrataError(error)) this.#parts.log.warn('alerts.not-looked', { code: error.code });
        else this.#parts.log.error('bug', { stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      }
    });
  }

  #hear(need: Need): void {
    const storageName = this.#parts.store.storages().find(({ id }) => id === need.storage)?.name ?? '';
    const alert = alertOfNeed(need, storageName);
    if (alert !== undefined) this.#raise(alert, { isState: true, ...this.#jobsOfSource(need) });
  }
}

/** What is paused has not been told yet: it still can fail. */
const isOver = ({ status }: Run): boolean => status !== 'running' && status !== 'paused';

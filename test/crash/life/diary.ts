import type { Alert, AlertTopic, InboxEntry } from '../../../src/shared/domain/alert.ts';
import type { Run } from '../../../src/shared/domain/run.ts';
import type { SlotBook } from '../../../src/shared/domain/schedule.ts';
import { shellEn } from '../../../src/shared/words/shell.en.ts';
import { clockfaceAt } from '../../../src/main/system/clockface.ts';
import { type TrayItem, trayMenu } from '../../../src/main/system/tray-menu.ts';
import { type Jobs, nothingKnown, type Status, type TrayModel, trayState } from '../../../src/main/system/tray-model.ts';
import type { Heard } from '../../kit/sinks/http-sink.ts';
import type { MadeUpMachine } from './machine.ts';

/** An alert, when it was first seen in the inbox, and each time that it came again. */
export interface Said {
  readonly alert: Alert;
  readonly atMs: number;
  readonly againMs: number[];
}
/** What one channel was told. */
export interface Told {
  readonly channel: string;
  readonly message: string;
  readonly topic: string;
  /** What it is about: nothing else is the same trouble. */
  readonly about: string;
  readonly how: 'single' | 'together';
  readonly isGrave: boolean;
  /** The channel said that it has it. */
  readonly isTaken: boolean;
  readonly atMs: number;
}
export interface Ran {
  readonly run: Run;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly slots: SlotBook | null;
}
export interface Needed {
  readonly what: string;
  readonly fromMs: number;
  untilMs: number | null;
}

interface Listening {
  readonly heard: readonly Heard[];
  readonly isHookTaking: boolean;
}

/** What somebody would have seen who never slept, by a clock that is always right. */
export class Diary {
  readonly #machine: MadeUpMachine;
  readonly said: Said[] = [];
  readonly told: Told[] = [];
  readonly ran: Ran[] = [];
  readonly needed: Needed[] = [];
  /** When the engine was asked what is due. */
  readonly beats: number[] = [];
  /** When it slept, or was off. */
  readonly nights: { readonly fromMs: number; readonly untilMs: number }[] = [];
  readonly violations: string[] = [];
  jobs: Jobs = [];
  #heard = 0;

  constructor(machine: MadeUpMachine) {
    this.#machine = machine;
  }

  ended(run: Run, slots: SlotBook | null): void {
    const nowMs = this.#machine.trueMs;
    const lengthMs = Math.max(0, (run.endedAtMs ?? run.startedAtMs) - run.startedAtMs);
    this.ran.push({ run, startedMs: nowMs - (lengthMs < 86_400_000 ? lengthMs : 0), endedMs: nowMs, slots });
  }

  /** On the desktop. */
  shown(alerts: readonly Alert[]): void {
    const how = alerts.length === 1 ? 'single' : 'together';
    const message = `desktop ${this.told.length}`;
    for (const { topic, level, job, storage, failure } of alerts) {
      const about = `${topic} ${job?.name ?? storage?.name ?? ''} ${failure?.code ?? ''}`;
      this.told.push({
        ...{ channel: 'desktop', message, topic, about, how, isGrave: level === 'critical', isTaken: true },
        atMs: this.#machine.trueMs,
      });
    }
  }

  /** True: something is new. */
  looked(model: Omit<TrayModel, 'engine'>, inbox: readonly InboxEntry[], sink: Listening): boolean {
    const nowMs = this.#machine.trueMs;
    this.beats.push(nowMs);
    this.jobs = model.jobs;
    const before = this.said.length + this.told.length + this.needed.length;
    this.#hear(sink.heard.slice(this.#heard), sink.isHookTaking);
    this.#heard = sink.heard.length;
    this.#read(inbox);
    const { status } = model;
    if (status === undefined) throw new Error('Nobody knows how it is.');
    this.#see(status);
    this.#compare({ ...nothingKnown, ...model, engine: 'ready' }, status);
    return this.said.length + this.told.length + this.needed.length > before;
  }

  #hear(requests: readonly Heard[], isHookTaking: boolean): void {
    for (const { path, body } of requests) {
      const { id, alerts } = JSON.parse(body) as {
        id: string;
        alerts: { topic: AlertTopic; level: string; job: string | null; storage: string | null; failure: string | null }[];
      };
      const how = alerts.length === 1 ? 'single' : 'together';
      for (const { topic, level, job, storage, failure } of alerts) {
        const about = `${topic} ${job ?? storage ?? ''} ${failure ?? ''}`;
        const told = { channel: path.slice(1), message: id, topic, about, how, isGrave: level === 'critical' } as const;
        this.told.push({ ...told, isTaken: path !== '/hook' || isHookTaking, atMs: this.#machine.trueMs });
      }
    }
  }

  #read(inbox: readonly InboxEntry[]): void {
    for (const { alert, times } of inbox.toReversed()) {
      const known = this.said.find((one) => one.alert.id === alert.id);
      if (known === undefined) this.said.push({ alert, atMs: this.#machine.trueMs, againMs: [] });
      else if (known.againMs.length + 1 < times) known.againMs.push(this.#machine.trueMs);
    }
  }

  #see({ needs }: Status): void {
    const now = new Set(needs.map(({ kind, name }) => `${kind} ${name}`));
    for (const one of this.needed) if (one.untilMs === null && !now.has(one.what)) one.untilMs = this.#machine.trueMs;
    for (const what of now) {
      if (!this.needed.some((one) => one.untilMs === null && one.what === what)) {
        this.needed.push({ what, fromMs: this.#machine.trueMs, untilMs: null });
      }
    }
  }

  /** What the tray shows is what Home lists and what `strata status` answers, at every moment. */
  #compare(model: TrayModel, status: Status): void {
    const state = trayState(model);
    const isTrouble = status.needs.length > 0;
    const expected =
      model.running.length > 0 ? 'working' : isTrouble ? 'needs-you' : status.pausedUntilMs === null ? 'idle' : 'paused';
    const menu = trayMenu(model, shellEn, clockfaceAt(this.#machine.clock.nowMs(), 'en', shellEn)).filter(
      (item) => item !== null,
    );
    const listed = menu.find(({ id }: TrayItem) => id === 'needs')?.submenu?.length ?? 0;
    if (state !== expected) this.#violated(`the tray shows ${state} where it should show ${expected}`);
    if (listed !== status.needs.length) this.#violated(`the tray lists ${listed} of ${status.needs.length} needs`);
    if ((status.verdict === 'attention') !== isTrouble)
      this.#violated(`the verdict is ${status.verdict} with ${status.needs.length} needs`);
  }

  #violated(what: string): void {
    this.violations.push(`${new Date(this.#machine.trueMs).toISOString()}: ${what}`);
  }

  /** Between two moments, without what it slept. */
  awakeMs(fromMs: number, untilMs: number): number {
    const slept = this.nights.map((night) => Math.min(night.untilMs, untilMs) - Math.max(night.fromMs, fromMs));
    return untilMs - fromMs - slept.reduce((sum, ms) => sum + Math.max(0, ms), 0);
  }

  /** The first look after so many minutes in which the computer was awake, counted from then. */
  afterAwake(fromMs: number, minutes: number): number | null {
    return this.beats.find((beat) => beat >= fromMs && this.awakeMs(fromMs, beat) >= minutes * 60_000) ?? null;
  }

  firstRun(name: string, fromMs: number, statuses: readonly Run['status'][], kind: Run['kind'] = 'backup'): number | null {
    const found = this.ran.find(
      ({ run, endedMs }) =>
        endedMs >= fromMs && run.kind === kind && (run.jobName ?? run.storageName) === name && statuses.includes(run.status),
    );
    return found?.endedMs ?? null;
  }

  lastSaved(name: string, beforeMs: number): number | null {
    const good = this.ran.filter(
      ({ run, endedMs }) => endedMs <= beforeMs && run.jobName === name && (run.status === 'success' || run.status === 'warning'),
    );
    return good.at(-1)?.endedMs ?? null;
  }
}

import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as realTime } from 'node:timers/promises';
import { jobHandlers } from '../../../src/engine-host/job-handlers.ts';
import { type Engine, openEngine, readStatus, usualPace } from '../../../src/engine/index.ts';
import { silentLog } from '../../../src/engine/kernel/log.ts';
import type { AlertEvent } from '../../../src/shared/domain/alert.ts';
import type { JobId, SourceId, StorageId } from '../../../src/shared/domain/ids.ts';
import type { Run } from '../../../src/shared/domain/run.ts';
import { type Schedule, type Timing, usualTiming } from '../../../src/shared/domain/schedule.ts';
import type { SourceSettings } from '../../../src/shared/domain/source-settings.ts';
import { sayAlerts } from '../../../src/shared/words/alerts.ts';
import { EmulatedImapServer } from '../../kit/emulated/imap-server.ts';
import { HttpSink } from '../../kit/sinks/http-sink.ts';
import { Diary } from './diary.ts';
import { keychainOf } from './keychain.ts';
import type { MadeUpMachine } from './machine.ts';

export const home = 'Europe/Berlin';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** So long a run may wait for time to pass before time passes. */
const patienceMs = 60_000;
const daily = (minute: number): Schedule => ({
  mode: 'times',
  rules: [{ days: { every: 'week', weekdays: [1, 2, 3, 4, 5, 6, 7] }, minutes: [minute] }],
});
export const hookEvents: readonly AlertEvent[] = ['failure', 'late', 'guard', 'check', 'mirror', 'restore', 'warning'];
const password = 'correct horse battery';

/** What one person has: two disks and a copy of one, an account, folders, five jobs, two ways to be told; and the real engine. */
export class Household {
  readonly diary: Diary;
  readonly jobs = new Map<string, JobId>();
  readonly storages = new Map<string, StorageId>();
  readonly secrets = new Map<string, string>();
  readonly #folder: string;
  readonly #machine: MadeUpMachine;
  readonly #sink: HttpSink;
  readonly #server: EmulatedImapServer;
  #engine: Engine | undefined;
  #isRestless = 0;
  #hookStatus = 200;
  /** What the account's server answers to a password; null: yes. */
  #refusal: string | 'silence' | null = null;

  private constructor(folder: string, machine: MadeUpMachine, sink: HttpSink, server: EmulatedImapServer) {
    this.#folder = folder;
    this.#machine = machine;
    this.#sink = sink;
    this.#server = server;
    this.diary = new Diary(machine);
  }

  static async found(folder: string, machine: MadeUpMachine): Promise<Household> {
    const sink = await HttpSink.start();
    const letter = { uid: 1, bytes: new TextEncoder().encode('Subject: hello\r\n\r\nDear Ada\r\n') };
    const made: { household?: Household } = {};
    const server = await EmulatedImapServer.start({
      folders: { INBOX: [letter] },
      answer: ({ verb, tag }, _connection, talk) => made.household?.answerFor(verb, tag, talk) ?? false,
    });
    const household = new Household(folder, machine, sink, server);
    made.household = household;
    for (const name of [
      'profile',
      'disks/main',
      'disks/case',
      'disks/copy',
      'letters',
      'photos',
      'mail/cur',
      'mail/new',
      'mail/tmp',
    ]) {
      fs.mkdirSync(household.at(name), { recursive: true });
    }
    household.writeSomething('letters', 12);
    household.writeSomething('photos', 2);
    fs.writeFileSync(household.at('mail/cur/1.host:2,S'), 'Subject: hello\r\n\r\nDear Ada\r\n');
    await household.switchOn();
    await household.#setUp();
    return household;
  }

  get engine(): Engine {
    if (this.#engine === undefined) throw new Error('The computer is off.');
    return this.#engine;
  }
  get trueMs(): number {
    return this.#machine.trueMs;
  }
  get machine(): MadeUpMachine {
    return this.#machine;
  }

  at(name: string): string {
    return path.join(this.#folder, name);
  }
  job(name: string): JobId {
    return this.jobs.get(name) ?? fail(name);
  }
  storage(name: string): StorageId {
    return this.storages.get(name) ?? fail(name);
  }

  writeSomething(folder: string, count = 1): void {
    for (let made = 0; made < count; made += 1) {
      const number = fs.readdirSync(this.at(folder)).length + 1;
      fs.writeFileSync(this.at(`${folder}/${number}.txt`), `${folder} ${number}`);
    }
  }

  refuseSignIn(answer: string | 'silence' | null): void {
    this.#refusal = answer;
  }
  /** How the first way to be told answers. */
  channelAnswers(status: number): void {
    this.#hookStatus = status;
    this.#sink.answer = ({ path: to }) => ({ status: to === '/hook' ? status : 200 });
  }

  async switchOn(): Promise<void> {
    this.#engine = await openEngine({
      profileDir: this.at('profile'),
      keychain: keychainOf(this.secrets),
      appVersion: '0.0.0-life',
      log: silentLog,
      captures: usualPace,
      alertWords: (alerts) => sayAlerts(alerts, 'en'),
      instead: { clock: this.#machine.clock, files: this.#machine.files, machine: this.#machine.facts(this.at('profile')) },
    });
    this.#engine.onNotice((name, value) => {
      if (name === 'run.ended' && 'run' in value) this.#ended(value.run);
      if (name === 'alert' && 'alerts' in value) this.diary.shown(value.alerts);
    });
    this.#isRestless = 3;
  }

  async switchOff(): Promise<void> {
    await this.#settle();
    await this.engine.close('now');
    this.#engine = undefined;
  }

  async close(): Promise<void> {
    await this.#engine?.close('now');
    await this.#sink.stop();
    await this.#server.close();
  }

  /** Something may come of what happened within the next minutes. */
  stir(): void {
    this.#isRestless = 2;
  }

  /** Lives until then: minute by minute where something happens, and from one time to the next where nothing does. */
  async live(untilMs: number): Promise<void> {
    while (this.trueMs < untilMs) {
      await this.#machine.pass(Math.min(this.#stepMs(), untilMs - this.trueMs));
      await this.beat(false);
    }
  }

  async beat(woke: boolean): Promise<void> {
    await jobHandlers(this.engine)['clock.tick']({ woke });
    await this.#settle();
    this.#isRestless = Math.max(0, this.#isRestless - 1);
    const { parts, jobs, storages, removals, alerts } = this.engine;
    const [list, status] = [await jobs.list(), await readStatus(parts, jobs, storages, removals)];
    const running = parts.runs.going().map((run) => ({ run, progress: undefined }));
    const isNew = this.diary.looked({ jobs: list, status, running }, alerts.inbox(2000).entries, {
      heard: this.#sink.heard,
      isHookTaking: this.#hookStatus === 200,
    });
    if (isNew) this.stir();
  }

  #stepMs(): number {
    if (this.#isRestless > 0) return minuteMs;
    const nowMs = this.#machine.clock.nowMs();
    const coming = this.diary.jobs.flatMap(({ due, nextRunAtMs }) => [
      nextRunAtMs,
      due.kind === 'wait' ? due.untilMs : due.kind === 'start' ? nowMs + 10 * minuteMs : null,
    ]);
    const steps = coming.filter((ms) => ms !== null).map((ms) => ms - nowMs);
    const next = Math.min(hourMs, ...steps.filter((ms) => ms > 0));
    return Math.max(minuteMs, Math.ceil(next / minuteMs) * minuteMs);
  }

  /** No time passes while something is worked at; where it waits for time, it gets some. */
  async #settle(): Promise<void> {
    const { runs } = this.engine.parts;
    for (const beganMs = performance.now(); performance.now() - beganMs < patienceMs; ) {
      await this.engine.alerts.settled();
      await this.engine.scrubs.settled();
      if (runs.going().length === 0) return;
      await realTime(1);
    }
  }

  #ended(run: Run): void {
    this.#isRestless = Math.max(this.#isRestless, 1);
    const book = this.engine.parts.store.jobBooks().find(({ id }) => id === run.job);
    this.diary.ended(run, book?.slots ?? null);
  }

  answerFor(verb: string, tag: string, talk: { send(text: string): void; hangUp(): void }): boolean {
    if (this.#refusal === 'silence') return talk.hangUp(), true;
    if (this.#refusal === null || !['LOGIN', 'AUTHENTICATE'].includes(verb)) return false;
    talk.send(`${tag} NO ${this.#refusal}\r\n`);
    return true;
  }

  async #setUp(): Promise<void> {
    const { engine } = this;
    for (const [name, folder] of [
      ['Main', 'disks/main/storage'],
      ['Case', 'disks/case/storage'],
      ['Copy', 'disks/copy/storage'],
    ] as const) {
      const { id } = await engine.storages.create({ name, path: this.at(folder), password, keepInKeychain: true });
      engine.storages.confirmRecoveryKey(id);
      this.storages.set(name, id);
    }
    await engine.mirrors.add(this.storage('Main'), this.storage('Copy'), true);
    const files = { exclude: [], excludeIfPresent: [], oneFileSystem: false };
    const letters = await this.#addSource('Letters', { kind: 'files', paths: [this.at('letters')], ...files });
    const photos = await this.#addSource('Photos', { kind: 'files', paths: [this.at('photos')], ...files });
    const mail = await this.#addSource('Mail', { kind: 'maildir', path: this.at('mail'), exclude: [] });
    const account = await this.#addSource('Account', {
      ...{ kind: 'imap', host: 'localhost', port: this.#server.port, tls: 'none', user: 'ada', certificateSha256: null },
      exclude: [],
    });
    this.#addJob('Letters', letters, 'Main', daily(2 * 60 + 30));
    this.#addJob('Account', account, 'Main', { mode: 'cron', expression: '0 */12 * * *' });
    this.#addJob('Mail', mail, 'Main', { mode: 'continuous', idleMs: 16 * hourMs });
    this.#addJob('Photos', photos, 'Main', daily(12 * 60), { missed: 'ask' });
    this.#addJob('Case', letters, 'Case', daily(20 * 60));
    const hook = { settings: { kind: 'webhook' }, keepInKeychain: true, events: hookEvents } as const;
    await engine.channels.add({ name: 'Hook', ...hook, secret: `${this.#sink.url}/hook` });
    await engine.channels.add({ name: 'Daily', ...hook, secret: `${this.#sink.url}/daily`, daily: true });
    engine.alerts.changeSettings({ quiet: { from: 22 * 60, until: 7 * 60 } });
  }

  async #addSource(name: string, settings: SourceSettings): Promise<SourceId> {
    const secret = settings.kind === 'imap' ? 'secret' : null;
    return (await this.engine.sources.add({ name, settings, secret, keepInKeychain: secret !== null })).id;
  }

  #addJob(name: string, source: SourceId, storage: string, schedule: Schedule, timing: Partial<Timing> = {}): void {
    const job = { name, sources: [source], storage: this.storage(storage), schedule, timing: { ...usualTiming, ...timing } };
    this.jobs.set(name, this.engine.jobs.create({ ...job, zone: home, capture: 'off' }).id);
  }
}

function fail(name: string): never {
  throw new Error(`There is no ${name}.`);
}

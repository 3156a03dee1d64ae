import { describe, expect, it } from 'vitest';
import type { JobId, RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import { usualTiming } from '../../shared/domain/schedule.ts';
import { noCounts, type Run, type RunProgress } from '../../shared/domain/run.ts';
import { shellDe } from '../../shared/words/shell.de.ts';
import { shellEn } from '../../shared/words/shell.en.ts';
import { clockfaceAt } from './clockface.ts';
import { type TrayItem, type TrayMenu, trayMenu, trayTip } from './tray-menu.ts';
import { type Jobs, nothingKnown, percentOf, type Status, type TrayModel, trayState } from './tray-model.ts';

const nowMs = Date.UTC(2026, 10, 22, 11, 0);
const hour = 3_600_000;
const clockface = clockfaceAt(nowMs, 'en-GB', shellEn, 'Europe/Vienna');

const run = (status: Run['status'], endedAtMs: number | null): Run => ({
  id: 'r0000000000000000000' as RunId,
  kind: 'backup',
  job: 'j0000000000000000000' as JobId,
  jobName: 'Mail',
  storage: null,
  storageName: null,
  trigger: 'schedule',
  cause: null,
  status,
  startedAtMs: nowMs - 2 * hour,
  endedAtMs,
  phases: [],
  counts: noCounts,
  bytes: { read: 0, stored: 0 },
  problems: [],
  steps: [],
  failure: null,
  restore: null,
  check: null,
  retention: null,
  purge: null,
  repair: null,
});
const job = (name: string, more: object = {}): Jobs[number] => ({
  id: `j-${name}` as JobId,
  name,
  sources: [] as SourceId[],
  storage: 's' as StorageId,
  schedule: { mode: 'manual' },
  timing: usualTiming,
  lateSinceMs: null,
  unusual: null,
  due: { kind: 'never' },
  scan: 'on',
  capture: 'off',
  watch: {
    state: 'off',
    failure: null,
    sources: [],
    lastChangeMs: null,
    sinceMs: null,
    changes: 0,
    pending: 0,
    scanDue: null,
    missed: [],
    gaps: [],
  },
  choices: [],
  retention: null,
  zone: 'Europe/Vienna',
  group: null,
  color: null,
  priority: 'normal',
  sourceNames: [],
  storageName: 'NAS',
  alsoTo: [],
  furtherStorages: [],
  running: null,
  lastRun: null,
  nextRunAtMs: null,
  protectedUntilMs: null,
  days: [],
  ...more,
});
const status = (needs: Status['needs'] = []): Status => ({
  verdict: needs.length > 0 ? 'attention' : 'protected',
  protectedUntilMs: nowMs,
  pausedUntilMs: null,
  needs,
  year: [],
});
const need = (kind: Status['needs'][number]['kind'], name: string): Status['needs'][number] => ({
  kind,
  name,
  job: null,
  storage: null,
  run: null,
  sinceMs: null,
  failure: null,
});
const progress = (more: Partial<RunProgress>): RunProgress => ({
  phase: 'copying',
  itemsTotal: null,
  itemsDone: 0,
  bytesTotal: null,
  bytesDone: 0,
  bytesStored: 0,
  current: '',
  counts: noCounts,
  problems: 0,
  ...more,
});
const model = (more: Partial<TrayModel>): TrayModel => ({ ...nothingKnown, engine: 'ready', status: status(), ...more });
const labels = (menu: TrayMenu): string[] => menu.map((item) => item?.label ?? '-');
const find = (menu: TrayMenu, id: string): TrayItem | undefined => {
  const all = menu.flatMap((item) => (item ? [item, ...(item.submenu ?? [])] : []));
  return all.find((item) => item.id === id);
};

describe("the tray's menu", () => {
  it('says what runs, what comes and what was, and offers what can be done', () => {
    const menu = trayMenu(
      model({
        jobs: [
          job('Mail', { running: 'r', lastRun: run('success', nowMs - 14 * hour) }),
          job('Files', { nextRunAtMs: nowMs + 10 * hour }),
          job('Old', { scan: 'off', nextRunAtMs: nowMs }),
        ],
        running: [{ run: run('running', null), progress: progress({ bytesTotal: 1000, bytesDone: 629 }) }],
      }),
      shellEn,
      clockface,
    );
    expect(labels(menu)).toEqual([
      'Mail: 62 %',
      'Next: Files, today 22:00',
      'Last: Mail, all fine, yesterday 22:00',
      '-',
      'Back up now',
      'Pause all jobs',
      'Restore something…',
      '-',
      'Open Strata',
      'Settings…',
      'Quit (backups stop)',
    ]);
    expect(find(menu, 'back-up')?.submenu?.map(({ label }) => label)).toEqual(['Files']);
    expect(find(menu, 'stop-r0000000000000000000')?.action).toEqual({ do: 'stop', run: 'r0000000000000000000' });
  });

  it('pauses everything, and says until when', () => {
    const offered = trayMenu(model({ jobs: [job('Mail')] }), shellEn, clockface);
    expect(find(offered, 'pause')?.submenu?.map(({ action }) => action)).toEqual([
      { do: 'pause', until: 'hour' },
      { do: 'pause', until: 'tomorrow' },
    ]);
    const paused = { ...status(), pausedUntilMs: nowMs + hour };
    const menu = trayMenu(model({ jobs: [job('Mail')], status: paused }), shellEn, clockface);
    expect(trayState(model({ status: paused }))).toBe('paused');
    expect(find(menu, 'pause')).toBeUndefined();
    expect(find(menu, 'go-on')).toEqual({
      id: 'go-on',
      label: 'Paused until today 13:00: go on now',
      action: { do: 'pause', until: null },
    });
  });

  it('starts all jobs at once where there are several', () => {
    const menu = trayMenu(model({ jobs: [job('Mail'), job('Files')] }), shellEn, clockface);
    expect(find(menu, 'back-up-all')?.action).toEqual({ do: 'back-up', jobs: ['j-Mail', 'j-Files'] });
  });

  it('leads to each thing that needs a person', () => {
    const needs = [
      { ...need('job-failed', 'Mail'), run: 'r1' as RunId },
      { ...need('storage-locked', 'NAS'), storage: 's1' as StorageId },
    ];
    const menu = trayMenu(model({ status: status(needs) }), shellEn, clockface);
    expect(find(menu, 'needs')?.label).toBe('2 things need you');
    expect(find(menu, 'need-0')).toMatchObject({ label: 'Mail failed', action: { route: '/runs/r1' } });
    expect(find(menu, 'need-1')).toMatchObject({ label: 'Storage NAS is locked', action: { route: '/storages/s1' } });
  });

  it('offers nothing that an engine must answer while there is none', () => {
    expect(labels(trayMenu({ ...nothingKnown, jobs: [job('Mail')] }, shellEn, clockface))).toEqual([
      'The backup engine is starting',
      '-',
      'Open Strata',
      'Settings…',
      'Quit',
    ]);
  });

  it('says what a job waits for where nothing comes before that, and first that it waits for an answer', () => {
    const waits = (because: string) => ({ due: { kind: 'wait', because, untilMs: null }, nextRunAtMs: nowMs - hour });
    const next = (...jobs: Jobs): string | undefined => labels(trayMenu(model({ jobs }), shellEn, clockface))[0];
    const soon = job('Files', { nextRunAtMs: nowMs + hour, due: { kind: 'wait', because: 'time', untilMs: nowMs + hour } });
    expect(next(job('Mail', waits('battery')))).toBe('Mail waits for power');
    expect(next(job('Mail', waits('battery')), soon)).toBe('Next: Files, today 13:00');
    expect(next(soon, job('Mail', waits('battery')), job('Old', waits('answer')))).toBe('Old waits for your answer');
    expect(next(job('Mail', { ...waits('battery'), scan: 'off' }))).toBe('Nothing is planned');
  });

  it('speaks German', () => {
    const german = clockfaceAt(nowMs, 'de-AT', shellDe, 'Europe/Vienna');
    const menu = trayMenu(model({ jobs: [job('Post', { nextRunAtMs: nowMs + 26 * hour })] }), shellDe, german);
    expect(labels(menu)[0]).toBe('Als Nächstes: Post, morgen 14:00');
  });
});

describe("the tray's state", () => {
  it('is work while something runs, need when something needs a person, else rest', () => {
    const running = [{ run: run('running', null), progress: undefined }];
    expect(trayState(model({ running, status: status([need('job-failed', 'Mail')]) }))).toBe('working');
    expect(trayState(model({ status: status([need('job-failed', 'Mail')]) }))).toBe('needs-you');
    expect(trayState(model({}))).toBe('idle');
    expect(trayState({ ...nothingKnown, engine: 'failed' })).toBe('needs-you');
  });

  it('is told in the tip', () => {
    expect(trayTip(model({}), shellEn)).toBe('Strata: everything is protected');
    expect(trayTip(model({ status: { ...status(), verdict: 'nothing' } }), shellEn)).toBe('Strata: nothing is set up yet');
    expect(trayTip(model({ running: [{ run: run('running', null), progress: undefined }] }), shellEn)).toBe(
      'Strata: Mail: looking',
    );
    expect(trayTip(model({ status: status([need('job-failed', 'Mail')]) }), shellEn)).toBe('Strata: One thing needs you');
  });
});

describe('the percentage', () => {
  it('is of bytes if they are known, of items else, and unknown while they are counted', () => {
    expect(percentOf(progress({ bytesTotal: 200, bytesDone: 100, itemsTotal: 10, itemsDone: 9 }))).toBe(50);
    expect(percentOf(progress({ bytesTotal: 0, itemsTotal: 10, itemsDone: 9 }))).toBe(90);
    expect(percentOf(progress({}))).toBeUndefined();
    expect(percentOf(undefined)).toBeUndefined();
  });

  it('never says that it is done before it is', () => {
    expect(percentOf(progress({ bytesTotal: 200, bytesDone: 200 }))).toBe(99);
    expect(percentOf(progress({ bytesTotal: 200, bytesDone: 300 }))).toBe(99);
  });
});

describe('times in the menu', () => {
  it('follow the calendar, not the number of hours', () => {
    // In Vienna the clock is put back on 25 October 2026: that day has 25 hours.
    const eve = clockfaceAt(Date.UTC(2026, 9, 24, 21, 30), 'en-GB', shellEn, 'Europe/Vienna');
    expect(eve.past(Date.UTC(2026, 9, 24, 22, 30))).toBe('tomorrow 00:30');
    expect(eve.past(Date.UTC(2026, 9, 25, 22, 30))).toBe('tomorrow 23:30');
    expect(eve.past(Date.UTC(2026, 9, 23, 22, 30))).toBe('today 00:30');
    expect(eve.past(Date.UTC(2026, 9, 20, 8, 0))).toBe('20 Oct, 10:00');
    expect(eve.when(Date.UTC(2026, 9, 24, 21, 30))).toBeNull();
  });
});

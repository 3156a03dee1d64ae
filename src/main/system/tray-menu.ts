import type { ShellWords } from '../../shared/words/shell.en.ts';
import { fill } from '../../shared/words/say.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { Clockface } from './clockface.ts';
import {
  heldJob,
  lastRun,
  nextJob,
  pausedRuns,
  percentOf,
  type Status,
  startable,
  type TrayAction,
  type TrayModel,
} from './tray-model.ts';

/** The menu as data, so that it can be compared, and tested without a desktop. `null` is a line between groups. */
export interface TrayItem {
  readonly id: string;
  readonly label: string;
  readonly action?: TrayAction;
  /** Of what runs; null: it is still being counted. */
  readonly percent?: number | null;
  readonly submenu?: readonly TrayItem[];
}
export type TrayMenu = readonly (TrayItem | null)[];

export function trayMenu(model: TrayModel, words: ShellWords, clockface: Clockface): TrayMenu {
  const isReady = model.engine === 'ready';
  const restore: TrayItem = { id: 'restore', label: words.restoreSomething, action: { do: 'open', route: '/restore' } };
  const groups: TrayItem[][] = [
    isReady ? whatGoesOn(model, words, clockface) : [engineItem(model, words)],
    isReady ? [...backUpNow(model, words), ...pause(model, words, clockface), restore] : [],
    isReady ? needs(model, words) : [],
    [
      { id: 'open', label: words.open, action: { do: 'open' } },
      { id: 'settings', label: words.settings, action: { do: 'open', route: '/settings' } },
      { id: 'quit', label: model.running.length > 0 ? words.quitStopsBackups : words.quit, action: { do: 'quit' } },
    ],
  ];
  return groups.filter((group) => group.length > 0).flatMap((group, index) => (index === 0 ? group : [null, ...group]));
}

export function trayTip(model: TrayModel, words: ShellWords): string {
  if (model.engine === 'failed') return fill(words.tipNeeds, { text: words.engineFailed });
  const [first] = model.running;
  if (first) return fill(words.tipWorking, { text: runningLabel(first, words) });
  const status = model.status;
  if (!status || status.verdict === 'nothing') return words.tipNothing;
  return status.needs.length > 0 ? fill(words.tipNeeds, { text: needsLabel(status, words) }) : words.tipIdle;
}

const engineItem = (model: TrayModel, words: ShellWords): TrayItem =>
  model.engine === 'failed'
    ? { id: 'engine', label: words.engineFailed, action: { do: 'open' } }
    : { id: 'engine', label: words.engineStarting };

function whatGoesOn(model: TrayModel, words: ShellWords, clockface: Clockface): TrayItem[] {
  const running = model.running.map((entry): TrayItem => {
    const { id } = entry.run;
    return {
      id: `run-${id}`,
      label: runningLabel(entry, words),
      percent: percentOf(entry.progress) ?? null,
      submenu: [
        ...(entry.run.kind === 'backup'
          ? [{ id: `pause-${id}`, label: words.pauseRun, action: { do: 'pause-run', run: id } } as const]
          : []),
        { id: `stop-${id}`, label: words.stopAfterItem, action: { do: 'stop', run: id } },
        { id: `show-${id}`, label: words.show, action: { do: 'open', route: `/runs/${id}` } },
      ],
    };
  });
  const paused = pausedRuns(model.jobs).map(
    ({ id, jobName }): TrayItem => ({
      id: `resume-${id}`,
      label: fill(words.resumeRun, { job: jobName }),
      action: { do: 'resume-run', run: id },
    }),
  );
  return [...running, ...paused, nextItem(model, words, clockface), lastItem(model, words, clockface)];
}

function runningLabel({ run, progress }: TrayModel['running'][number], words: ShellWords): string {
  const percent = percentOf(progress);
  const name = run.jobName ?? kindOf(run, words);
  return percent === undefined ? fill(words.runningUncounted, { job: name }) : fill(words.running, { job: name, percent });
}

function kindOf(run: Run, words: ShellWords): string {
  switch (run.kind) {
    case 'backup':
      return words.backUpNow;
    case 'restore':
      return words.kindRestore;
    case 'undo':
      return words.kindUndo;
    case 'check':
      return words.kindCheck;
    case 'rebuild-catalog':
      return words.kindRebuild;
    case 'retention':
      return words.kindRetention;
    case 'purge':
      return words.kindPurge;
    case 'repair':
      return words.kindRepair;
    case 'mirror':
      return words.kindMirror;
    case 'rehearsal':
      return words.kindRehearsal;
    case 'index-texts':
      return words.kindTexts;
  }
}

function nextItem(model: TrayModel, words: ShellWords, clockface: Clockface): TrayItem {
  const held = heldJob(model.jobs);
  const next = nextJob(model.jobs);
  if (held && (!next || held.because === 'answer')) {
    return { id: 'next', label: fill(words.nextHeld, { job: held.name, held: words.waits[held.because] }) };
  }
  if (!next) return { id: 'next', label: words.nothingPlanned };
  const time = clockface.when(next.atMs);
  return { id: 'next', label: fill(time === null ? words.nextNow : words.next, { job: next.name, time: time ?? '' }) };
}

function lastItem(model: TrayModel, words: ShellWords, clockface: Clockface): TrayItem {
  const last = lastRun(model.jobs);
  if (!last) return { id: 'last', label: words.neverRan };
  const sentence = {
    running: words.lastStopped,
    paused: words.lastStopped,
    success: words.lastSuccess,
    warning: words.lastWarning,
    failed: words.lastFailed,
    stopped: words.lastStopped,
    interrupted: words.lastStopped,
  }[last.run.status];
  const time = clockface.past(last.run.endedAtMs ?? last.run.startedAtMs);
  return {
    id: 'last',
    label: fill(sentence, { job: last.jobName, time }),
    action: { do: 'open', route: `/runs/${last.run.id}` },
  };
}

function backUpNow(model: TrayModel, words: ShellWords): TrayItem[] {
  const jobs = startable(model.jobs);
  if (jobs.length === 0) return [];
  const each = jobs.map(
    ({ id, name }): TrayItem => ({ id: `back-up-${id}`, label: name, action: { do: 'back-up', jobs: [id] } }),
  );
  const all: TrayItem = { id: 'back-up-all', label: words.all, action: { do: 'back-up', jobs: jobs.map(({ id }) => id) } };
  return [{ id: 'back-up', label: words.backUpNow, submenu: jobs.length > 1 ? [all, ...each] : each }];
}

function pause({ status, jobs }: TrayModel, words: ShellWords, clockface: Clockface): TrayItem[] {
  if (status === undefined || jobs.length === 0) return [];
  if (status.pausedUntilMs !== null) {
    const time = clockface.past(status.pausedUntilMs);
    return [{ id: 'go-on', label: fill(words.pausedUntil, { time }), action: { do: 'pause', until: null } }];
  }
  const submenu: TrayItem[] = [
    { id: 'pause-hour', label: words.pauseHour, action: { do: 'pause', until: 'hour' } },
    { id: 'pause-tomorrow', label: words.pauseTomorrow, action: { do: 'pause', until: 'tomorrow' } },
  ];
  return [{ id: 'pause', label: words.pause, submenu }];
}

function needs(model: TrayModel, words: ShellWords): TrayItem[] {
  const status = model.status;
  if (!status || status.needs.length === 0) return [];
  const submenu = status.needs.map((need, index): TrayItem => {
    return { id: `need-${index}`, label: needLabel(need, words), action: { do: 'open', route: placeOf(need) } };
  });
  return [{ id: 'needs', label: needsLabel(status, words), submenu }];
}

function placeOf({ kind, run, storage, job, source }: Status['needs'][number]): string {
  if (kind === 'channel-fails') return '/alerts';
  if (source) return `/sources/${source}`;
  if (run) return `/runs/${run}`;
  if (storage) return `/storages/${storage}`;
  return job ? `/jobs/${job}` : '/';
}

const needsLabel = (status: Status, words: ShellWords): string =>
  status.needs.length === 1 ? words.needsOne : fill(words.needsMany, { count: status.needs.length });

function needLabel({ kind, name }: Status['needs'][number], words: ShellWords): string {
  const sentence = {
    'job-failed': words.needFailed,
    'job-warning': words.needWarning,
    'job-interrupted': words.needInterrupted,
    'job-never-ran': words.needNeverRan,
    'storage-locked': words.needLocked,
    'storage-unavailable': words.needUnavailable,
    'storage-damaged': words.needDamaged,
    'storage-flickers': words.needFlickers,
    'restore-unproven': words.needUnproven,
    'recovery-key-unconfirmed': words.needRecoveryKey,
    'password-twice': words.needPasswordTwice,
    'source-frozen': words.needFrozen,
    'clock-wrong': words.needClock,
    'removal-waits': words.needRemoval,
    'storage-nearly-full': words.needSpace,
    'mirror-failed': words.needMirror,
    'job-unwatched': words.needUnwatched,
    'scan-due': words.needScan,
    'job-late': words.needLate,
    'job-asks': words.needAnswer,
    'job-unusual': words.needUnusual,
    'mirror-late': words.needCopy,
    'channel-fails': words.needChannel,
    'sign-in-ended': words.needSignIn,
    'sign-in-ends': words.needSignInSoon,
    'certificate-ends': words.needCertificate,
  }[kind];
  return fill(sentence, { name });
}

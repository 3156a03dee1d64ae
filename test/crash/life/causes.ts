import { spawn } from 'node:child_process';
import fs from 'node:fs';
import type { AlertTopic } from '../../../src/shared/domain/alert.ts';
import type { Diary } from './diary.ts';
import type { Household } from './household.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** What is looked at every ten minutes is seen within them, and by the minute in which it is looked at. */
const lookMinutes = 12;

/** A trouble that is made on purpose, and what the rules say must come of it. */
export interface Cause {
  readonly name: string;
  readonly begin: (house: Household) => Promise<void> | void;
  readonly end: (house: Household) => Promise<void> | void;
  /** What it may be called, and whose it may be. */
  readonly topics: readonly AlertTopic[];
  readonly of: readonly string[];
  /** What Home says of it, by kind and name. */
  readonly needs: readonly string[];
  /** By when an alert must be in the inbox; null: it was over before the rules ask for one, or nobody was awake. */
  readonly by: (diary: Diary, span: Span) => number | null;
  /** By when Home must say so, where that is not when an alert must be there. */
  readonly homeBy?: (diary: Diary, span: Span) => number | null;
}
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

const rename = (from: string, to: string) => (house: Household) => fs.renameSync(house.at(from), house.at(to));
const within = (ms: number | null, { untilMs }: Span): number | null => (ms === null || ms > untilMs ? null : ms);
/** Nothing saved for three days, by a job that runs daily. */
const lateBy =
  (job: string) =>
  (diary: Diary, span: Span): number | null => {
    const savedMs = diary.lastSaved(job, span.fromMs) ?? span.fromMs;
    return (
      within(diary.afterAwake(savedMs + 3 * dayMs, 0), span) && within(diary.afterAwake(savedMs + 3 * dayMs + minuteMs, 40), span)
    );
  };
const seenAtOnce = (diary: Diary, span: Span): number | null => within(diary.afterAwake(span.fromMs, 2), span);
const failedBy =
  (job: string, kind: 'backup' | 'mirror' = 'backup') =>
  (diary: Diary, span: Span): number | null =>
    within(diary.firstRun(job, span.fromMs, ['failed'], kind), span);

export const expiredSignIn: Cause = {
  name: 'The password of the account is refused',
  begin: (house) => house.refuseSignIn('[AUTHENTICATIONFAILED] no'),
  end: (house) => house.refuseSignIn(null),
  ...{ topics: ['backup-failed', 'job-late'], of: ['Account'], needs: ['job-failed Account', 'job-late Account'] },
  ...{ by: failedBy('Account') },
};

export const networkGone: Cause = {
  name: 'The server of the account hangs up',
  begin: (house) => house.refuseSignIn('silence'),
  end: (house) => house.refuseSignIn(null),
  ...{ topics: ['backup-failed'], of: ['Account'], needs: ['job-failed Account', 'job-late Account'] },
  ...{ by: failedBy('Account') },
};

export const diskAway: Cause = {
  name: 'The disk of the storage Case is not plugged in',
  begin(house) {
    rename('disks/case', 'disks/unplugged')(house);
    fs.mkdirSync(house.at('disks/case'));
  },
  end(house) {
    fs.rmdirSync(house.at('disks/case'));
    rename('disks/unplugged', 'disks/case')(house);
  },
  ...{ topics: ['job-late'], of: ['Case'], needs: ['storage-unavailable Case', 'job-late Case'] },
  ...{ by: lateBy('Case'), homeBy: seenAtOnce },
};

/** The keychain has lost it, and nobody is there to type it; known at the next start only, so the computer is started anew. */
export const keyLost: Cause = {
  name: 'The keychain has forgotten the key of the storage Case',
  async begin(house) {
    const account = `storage/${house.storage('Case')}`;
    house.secrets.set('aside', house.secrets.get(account) ?? '');
    house.secrets.delete(account);
    await house.switchOff();
    house.machine.off(house.trueMs + minuteMs);
    await house.switchOn();
  },
  end(house) {
    house.secrets.set(`storage/${house.storage('Case')}`, house.secrets.get('aside') ?? '');
    house.secrets.delete('aside');
  },
  ...{ topics: ['job-late'], of: ['Case'], needs: ['storage-locked Case', 'job-late Case'] },
  ...{ by: lateBy('Case'), homeBy: seenAtOnce },
};

export const fullDisk: Cause = {
  name: 'The disk of the storage Main is full',
  begin: (house) => void house.machine.full.add(house.at('disks/main')),
  end: (house) => void house.machine.full.delete(house.at('disks/main')),
  topics: ['backup-failed', 'backup-warning', 'nearly-full', 'mirror-failed', 'work-failed', 'check-failed', 'job-late'],
  of: ['Letters', 'Account', 'Mail', 'Photos', 'Main', 'Copy'],
  needs: ['job-failed Mail', 'job-failed Account', 'job-failed Letters', 'job-failed Photos', 'mirror-failed Copy'],
  ...{ by: failedBy('Mail') },
};

export const emptied: Cause = {
  name: 'All letters are gone at once',
  begin(house) {
    rename('letters', 'letters-away')(house);
    fs.mkdirSync(house.at('letters'));
  },
  async end(house) {
    fs.rmSync(house.at('letters'), { recursive: true });
    rename('letters-away', 'letters')(house);
    for (const name of ['Main', 'Case']) {
      const storage = house.storage(name);
      for (const { id } of await house.engine.keeping.freezes(storage)) await house.engine.keeping.answer(storage, id, 'mine');
    }
  },
  topics: ['source-frozen', 'backup-warning', 'backup-failed'],
  of: ['Letters', 'Case', 'Main'],
  needs: ['source-frozen Letters', 'job-warning Letters', 'job-warning Case', 'job-failed Letters', 'job-failed Case'],
  by(diary, span) {
    const seenMs = diary.firstRun('Letters', span.fromMs, ['failed', 'warning', 'success']);
    return within(seenMs === null ? null : diary.afterAwake(seenMs, lookMinutes), span);
  },
};

export const sourceAway: Cause = {
  name: 'The folder of the mail is not there',
  begin: rename('mail', 'mail-away'),
  end: rename('mail-away', 'mail'),
  ...{
    topics: ['backup-failed', 'source-frozen', 'job-late'],
    of: ['Mail', 'Main'],
    needs: ['job-failed Mail', 'source-frozen Mail'],
  },
  ...{ by: failedBy('Mail') },
};

export const copyFails: Cause = {
  name: 'The disk of the copy is full',
  begin: (house) => void house.machine.full.add(house.at('disks/copy')),
  end: (house) => void house.machine.full.delete(house.at('disks/copy')),
  ...{ topics: ['mirror-failed'], of: ['Copy'], needs: ['mirror-failed Copy'], by: failedBy('Copy', 'mirror') },
};

export const copyAway: Cause = {
  name: 'The disk of the copy is not plugged in',
  begin: rename('disks/copy', 'disks/copy-away'),
  end: rename('disks/copy-away', 'disks/copy'),
  ...{ topics: ['mirror-late'], of: ['Copy'], needs: ['storage-unavailable Copy', 'mirror-late Copy'], homeBy: seenAtOnce },
  by(diary, span) {
    return within(diary.afterAwake(lastCopied(diary, span.fromMs) + 8 * dayMs, lookMinutes), span);
  },
};
const lastCopied = ({ ran }: Diary, beforeMs: number): number =>
  ran.findLast(({ run, endedMs }) => run.kind === 'mirror' && run.status === 'success' && endedMs <= beforeMs)?.endedMs ?? 0;

/** @param isSeen It can be told from what the computer and the storages saw. */
const clockSet = (name: string, shiftMs: number, isSeen: boolean): Cause => ({
  name,
  begin(house) {
    house.machine.setClock(shiftMs);
    house.stir();
  },
  async end(house) {
    house.machine.setClock(0);
    await house.beat(false);
    for (const storage of house.storages.values()) await house.engine.clock.answer(storage, 'right');
    await answerPhotos(house, 'skip');
    house.stir();
  },
  topics: ['clock-wrong', 'backup-warning', 'job-asks', 'job-late'],
  of: ['Main', 'Case', 'Copy', 'Letters', 'Account', 'Mail', 'Photos'],
  needs: ['clock-wrong Main', 'clock-wrong Case', 'clock-wrong Copy', 'job-asks Photos', 'job-late Photos'],
  by: (diary, span) => (isSeen ? within(diary.afterAwake(span.fromMs, lookMinutes), span) : null),
});
export const clockForth = clockSet('The clock is put forth by three days', 3 * dayMs, true);
export const clockBack = clockSet('The clock is put back by two hours', -2 * hourMs, false);

/** In the middle of a run, as the system does when memory is short. */
export const killed = (changes: number): Cause => ({
  name: 'The engine is killed in the middle of a run',
  async begin(house) {
    house.writeSomething('letters', 3);
    await house.switchOff();
    const { machine } = house;
    const words = [
      house.at('profile'),
      `${machine.clock.nowMs()}`,
      machine.facts(house.at('profile')).bootId,
      house.job('Letters'),
    ];
    const child = spawn(process.execPath, [new URL('./child.ts', import.meta.url).pathname, ...words, `${changes}`], {
      stdio: ['pipe', 'inherit', 'inherit'],
    });
    child.stdin.end(JSON.stringify([...house.secrets]));
    const signal = await new Promise((resolve) => child.once('close', (_code, how) => resolve(how)));
    if (signal !== 'SIGKILL') throw new Error('It was over before it could be killed.');
    await house.switchOn();
  },
  end: () => undefined,
  ...{ topics: ['backup-failed'], of: ['Letters'], needs: ['job-interrupted Letters'] },
  // It is gone on with at once, so that Home has hardly anything to say.
  ...{ by: (diary, { fromMs }) => diary.afterAwake(fromMs, 2), homeBy: () => null },
});

/** Whatever is told there is dropped after a day of trying, and the inbox says so. */
export const channelGone: Cause = {
  name: 'The channel Hook answers with an error',
  begin: (house) => house.channelAnswers(500),
  end: (house) => house.channelAnswers(200),
  ...{ topics: ['undelivered'], of: ['Hook'], needs: ['channel-fails Hook'] },
  by(diary, span) {
    const first = diary.told.find(({ channel, atMs }) => channel === 'hook' && atMs >= span.fromMs && atMs <= span.untilMs);
    const triedMs = first === undefined ? null : diary.afterAwake(first.atMs + dayMs, 62);
    return within(triedMs, span);
  },
};

export const damaged: Cause = {
  name: 'A bit of the storage Main turns',
  begin: turnBit,
  async end(house) {
    turnBit(house);
    const run = await house.engine.checks.check(house.storage('Main'), { level: 'all' });
    await house.engine.parts.runs.ended(run);
  },
  ...{ topics: ['damage-found', 'check-failed'], of: ['Main'], needs: ['storage-damaged Main'] },
  // Every pack is read again within thirty days, and a round begins once a day.
  by: (diary, span) => within(diary.afterAwake(span.fromMs + 31 * dayMs, lookMinutes), span),
};

const turned = new WeakMap<Household, string>();
/** The second time it turns back. */
function turnBit(house: Household): void {
  const packs = house.at('disks/main/storage/packs');
  const path =
    turned.get(house) ??
    fs
      .readdirSync(packs, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `${parentPath}/${name}`)
      .sort()[0];
  if (path === undefined) throw new Error('There is no pack.');
  turned.set(house, path);
  const bytes = fs.readFileSync(path);
  const at = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  fs.chmodSync(path, 0o600);
  fs.writeFileSync(path, bytes);
}

/** Somebody comes home, and says what is to become of the photos of noon. */
export const asleepAtNoon = (hours: number): Cause => ({
  name: 'The computer is off at noon, and the job Photos asks',
  begin: (house) => night(house, hours * hourMs, 'off'),
  end: (house) => answerPhotos(house, 'run'),
  ...{ topics: ['job-asks'], of: ['Photos'], needs: ['job-asks Photos'] },
  by: (diary, span) => within(diary.afterAwake(span.fromMs, lookMinutes), span),
});

async function answerPhotos(house: Household, answer: 'run' | 'skip'): Promise<void> {
  const { due } = await house.engine.jobs.show(house.job('Photos'));
  if (due.kind === 'wait' && due.because === 'answer') house.engine.jobs.answer(house.job('Photos'), answer);
}

export async function night(house: Household, ms: number, how: 'sleep' | 'off'): Promise<void> {
  const fromMs = house.trueMs;
  if (how === 'off') {
    await house.switchOff();
    house.machine.off(fromMs + ms);
    await house.switchOn();
  } else house.machine.sleep(fromMs + ms);
  house.diary.nights.push({ fromMs, untilMs: house.trueMs });
  house.stir();
  await house.beat(how === 'sleep');
}

import { DateTime } from 'luxon';
import { alertTopics } from '../../../src/shared/domain/alert.ts';
import type { Diary, Said, Told } from './diary.ts';
import { hookEvents } from './household.ts';
import type { Lived, Made } from './life.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** After what caused it is gone, an alert may still be under way for so many minutes. */
const underWay = 15;
/** So long a computer must be awake in a row before a time that came may not be left unanswered. */
const longEnough = 15;

export const whoOf = ({ alert: { job, storage, facts } }: Said): string =>
  job?.name ?? storage?.name ?? String(facts['channel'] ?? '');
const aboutOf = ({ alert: { topic, job, storage, failure } }: Said): string =>
  `${topic} ${job?.name ?? storage?.name ?? ''} ${failure?.code ?? ''}`;
const at = (ms: number): string => DateTime.fromMillis(ms, { zone: 'utc' }).toFormat('LLL d HH:mm');

/** What was not as the rules say, each as one sentence. */
export function judge(lived: Lived): string[] {
  return [
    ...lived.house.diary.violations,
    ...untold(lived),
    ...unasked(lived),
    ...undelivered(lived),
    ...inTheNight(lived),
    ...twice(lived),
    ...answeredTwice(lived),
    ...unanswered(lived),
    ...left(lived),
  ];
}

/** Until when something may be said of it: its job has to save once, and its copy to be made. */
function overMs(diary: Diary, { untilMs }: Made, who: string): number {
  const run =
    diary.firstRun(who, untilMs, ['success', 'warning']) ?? diary.firstRun(who, untilMs, ['success', 'warning'], 'mirror');
  return diary.afterAwake(run ?? untilMs, underWay) ?? Infinity;
}

/** The first alert that a trouble led to. */
export const alertOf = ({ said }: Diary, { cause, fromMs, untilMs }: Made): Said | undefined =>
  said.find(
    (one) =>
      cause.topics.includes(one.alert.topic) &&
      cause.of.includes(whoOf(one)) &&
      one.atMs >= fromMs &&
      one.atMs <= untilMs + hourMs,
  );

export const needOf = ({ needed }: Diary, { cause, fromMs, untilMs }: Made): Diary['needed'][number] | undefined =>
  needed.find(({ what, fromMs: sinceMs }) => cause.needs.includes(what) && sinceMs >= fromMs && sinceMs <= untilMs + hourMs);

/** A trouble of which nobody was told, or too late. */
function untold({ house: { diary }, made }: Lived): string[] {
  return made.flatMap((one) => {
    const { cause, fromMs } = one;
    const found: string[] = [];
    const byMs = cause.by(diary, one);
    const alert = alertOf(diary, one);
    if (byMs !== null && (alert === undefined || alert.atMs > byMs)) {
      found.push(`${cause.name}, ${at(fromMs)}: no alert by ${at(byMs)}`);
    }
    const need = needOf(diary, one);
    const homeByMs = cause.homeBy === undefined ? byMs : cause.homeBy(diary, one);
    if (homeByMs !== null && cause.needs.length > 0 && (need === undefined || need.fromMs > homeByMs)) {
      found.push(`${cause.name}, ${at(fromMs)}: not on Home by ${at(homeByMs)}`);
    }
    return found;
  });
}

/** An alert, or something on Home, for which there is no reason. */
function unasked({ house: { diary }, made }: Lived): string[] {
  const alerts = diary.said.filter(
    (said) =>
      !made.some(
        (one) =>
          one.cause.topics.includes(said.alert.topic) &&
          one.cause.of.includes(whoOf(said)) &&
          said.atMs >= one.fromMs &&
          said.atMs <= overMs(diary, one, whoOf(said)),
      ),
  );
  const needs = diary.needed.filter(
    ({ what, fromMs }) =>
      !what.startsWith('job-never-ran') &&
      !made.some(
        (one) =>
          one.cause.needs.includes(what) &&
          fromMs >= one.fromMs &&
          fromMs <= overMs(diary, one, what.slice(what.indexOf(' ') + 1)),
      ),
  );
  return [
    ...alerts.map((said) => `${at(said.atMs)}: ${aboutOf(said)}, and there is no reason`),
    ...needs.map(({ what, fromMs }) => `${at(fromMs)}: Home says ${what}, and there is no reason`),
  ];
}

/** What is in the inbox and did not come where it was wanted, when it was wanted. */
function undelivered({ house: { diary }, made, zones }: Lived): string[] {
  const silence = made.find(({ cause }) => cause.topics.includes('undelivered'));
  return diary.said.flatMap((said) => {
    const { event } = alertTopics[said.alert.topic];
    if (event === null || !hookEvents.includes(event)) return [];
    if (silence !== undefined && said.atMs > silence.fromMs - hourMs && said.atMs < silence.untilMs) return [];
    const zone = zones.findLast(({ fromMs }) => fromMs <= said.atMs)?.zone ?? '';
    return (['hook', 'daily'] as const).flatMap((channel) => {
      const byMs = diary.afterAwake(dueMs(said, channel, zone), 2);
      const told = diary.told.find(
        (one) =>
          one.channel === channel &&
          one.isTaken &&
          one.about === aboutOf(said) &&
          one.atMs > said.atMs - dayMs &&
          one.atMs <= (byMs ?? Infinity),
      );
      return told !== undefined || byMs === null
        ? []
        : [`${at(said.atMs)}: ${aboutOf(said)} did not come to ${channel} by ${at(byMs)}`];
    });
  });
}

/** In quiet hours nobody is told of anything that is not critical. */
function inTheNight({ house: { diary }, made, zones }: Lived): string[] {
  const isClockWrong = (atMs: number): boolean =>
    made.some(({ cause, fromMs, untilMs }) => cause.topics.includes('clock-wrong') && atMs >= fromMs && atMs <= untilMs);
  return diary.told.flatMap(({ channel, about, isGrave, isTaken, atMs }) => {
    const zone = zones.findLast(({ fromMs }) => fromMs <= atMs)?.zone ?? '';
    const { hour } = DateTime.fromMillis(atMs, { zone });
    const isQuiet = hour >= 22 || hour < 7;
    return isQuiet && isTaken && !isGrave && !isClockWrong(atMs)
      ? [`${at(atMs)}: ${channel} was told of ${about} in the night`]
      : [];
  });
}

function dueMs(said: Said, channel: 'hook' | 'daily', zone: string): number {
  const { level, failure, topic } = said.alert;
  if (level === 'critical') return said.atMs;
  const next = (hour: number): number => {
    const today = DateTime.fromMillis(said.atMs, { zone }).set({ hour, minute: 0, second: 0, millisecond: 0 });
    return (today.toMillis() > said.atMs ? today : today.plus({ days: 1 })).toMillis();
  };
  const isPassing = failure?.retry === 'later' && (topic === 'backup-failed' || topic === 'mirror-failed');
  if (channel === 'daily' || isPassing) return next(8);
  const { hour } = DateTime.fromMillis(said.atMs, { zone });
  return hour >= 22 || hour < 7 ? next(7) : said.atMs;
}

/** One cause a day and channel; and no message that was taken comes again. */
function twice({ house: { diary }, made, zones }: Lived): string[] {
  const found: string[] = [];
  const taken = diary.told.filter(({ isTaken }) => isTaken);
  const isClockSet = (fromMs: number, untilMs: number): boolean =>
    made.some(
      ({ cause, ...span }) =>
        cause.topics.includes('clock-wrong') && [span.fromMs, span.untilMs].some((ms) => ms >= fromMs && ms <= untilMs),
    );
  const last = new Map<string, (typeof taken)[number]>();
  const messages = new Map<string, number>();
  for (const one of taken) {
    const key = `${one.channel} ${one.about}`;
    const before = last.get(key);
    last.set(key, one);
    const messageAtMs = messages.get(`${one.channel} ${one.message}`);
    messages.set(`${one.channel} ${one.message}`, one.atMs);
    if (messageAtMs !== undefined && messageAtMs !== one.atMs)
      found.push(`${at(one.atMs)}: ${one.channel} got one message again`);
    if (
      before === undefined ||
      one.atMs >= againFromMs(diary, before, zones.findLast(({ fromMs }) => fromMs <= before.atMs)?.zone ?? '') ||
      isClockSet(before.atMs, one.atMs)
    )
      continue;
    // What did not pass by itself is told at once, though it was in a digest before.
    if (before.how === 'together') continue;
    found.push(`${at(one.atMs)}: ${one.channel} was told of ${one.about} at ${at(before.atMs)}`);
  }
  return found;
}

/**
 * A day after it. What waited for the end of quiet hours, or for the digest, and came with the first look after it, counts from then on:
 * on the next morning the computer may be awake earlier, and the night in which clocks are put forth is shorter.
 */
function againFromMs({ beats }: Diary, { channel, atMs }: Told, zone: string): number {
  const due = DateTime.fromMillis(atMs, { zone }).set({
    hour: channel === 'daily' ? 8 : 7,
    minute: 0,
    second: 0,
    millisecond: 0,
  });
  const isFirst = due.toMillis() <= atMs && !beats.some((beat) => beat >= due.toMillis() && beat < atMs - 2 * minuteMs);
  return isFirst ? due.plus({ days: 1 }).toMillis() : atMs + dayMs;
}

function answeredTwice({ house: { diary } }: Lived): string[] {
  const found: string[] = [];
  const answered = new Set<string>();
  for (const { run, slots, startedMs } of diary.ran) {
    if (run.kind !== 'backup' || run.trigger !== 'schedule' || slots?.doneMs == null || slots.tries !== 1) continue;
    const slot = `${run.jobName} ${at(slots.doneMs)}`;
    if (answered.has(slot)) found.push(`${at(startedMs)}: the time ${slot} was answered twice`);
    answered.add(slot);
  }
  return found;
}

/** Times of daily jobs, by a calendar that is not ours, at which the computer was awake and nothing stood in the way. */
function unanswered({ house: { diary }, made, zones }: Lived): string[] {
  const found: string[] = [];
  const hours = { Letters: 2.5, Photos: 12, Case: 20 };
  for (const [job, hour] of Object.entries(hours)) {
    for (const [index, { fromMs, zone }] of zones.entries()) {
      const untilMs = zones[index + 1]?.fromMs ?? diary.beats.at(-1) ?? fromMs;
      for (let day = DateTime.fromMillis(fromMs, { zone }).startOf('day').plus({ days: 2 }); ; day = day.plus({ days: 1 })) {
        const slotMs = day.set({ hour: Math.floor(hour), minute: (hour % 1) * 60 }).toMillis();
        const nextMs = day
          .plus({ days: 1 })
          .set({ hour: Math.floor(hour), minute: (hour % 1) * 60 })
          .toMillis();
        if (nextMs > untilMs) break;
        const isHeld = made.some((one) => holds(one, job) && one.fromMs < nextMs && overMs(diary, one, job) > slotMs);
        const isAwake = diary.awakeMs(slotMs, nextMs) >= longEnough * minuteMs;
        const isRun = diary.ran.some(
          ({ run, startedMs }) => run.jobName === job && startedMs >= slotMs - hourMs && startedMs < nextMs,
        );
        if (isAwake && !isHeld && !isRun) found.push(`${job} did not run for ${at(slotMs)}`);
      }
    }
  }
  return found;
}

const holds = ({ cause }: Made, job: string): boolean =>
  (cause.of.includes(job) && (cause.topics.includes('job-late') || cause.topics.includes('job-asks'))) ||
  cause.topics.includes('clock-wrong');

/** At the end all is well again. */
const left = ({ house: { diary } }: Lived): string[] =>
  diary.needed.filter(({ untilMs }) => untilMs === null).map(({ what }) => `Home still says ${what}`);

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { alertOf, needOf, whoOf } from './judge.ts';
import { home } from './household.ts';
import { days, type Lived, type Made } from './life.ts';

const begin = '<!-- written by test/crash/life.test.ts -->';
const end = '<!-- until here -->';
const page = join(import.meta.dirname, '../../../docs/life.md');

/** Puts what was made and what was said of it into the page. */
export function writePage(lived: Lived, seed: number): void {
  const text = readFileSync(page, 'utf8');
  const [before, after] = [text.indexOf(begin), text.indexOf(end)];
  if (before < 0 || after < before) throw new Error('The page has no place for its table.');
  const { diary } = lived.house;
  const sum = `Seed ${seed}: ${days} days, ${diary.beats.length} looks, ${diary.ran.length} runs, ${diary.said.length} alerts.`;
  const made = lived.made.toSorted((one, other) => one.fromMs - other.fromMs);
  const rows = made.map((one) => row(lived, one));
  const table = [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  writeFileSync(page, `${text.slice(0, before + begin.length)}\n\n${sum}\n\n${table}\n\n${text.slice(after)}`);
}

const columns = ['what was done to it', 'from', 'until', 'on Home', 'in the inbox', 'told elsewhere', 'where', 'gone from Home'];

function row({ house: { diary } }: Lived, one: Made): string[] {
  const [said, need] = [alertOf(diary, one), needOf(diary, one)];
  const about = said === undefined ? '' : `${said.alert.topic} ${whoOf(said)}`;
  const told =
    said === undefined ? [] : diary.told.filter((each) => each.isTaken && each.about.startsWith(about) && each.atMs >= said.atMs);
  const channels = [...new Set(told.filter(({ atMs }) => atMs <= one.untilMs + 86_400_000).map(({ channel }) => channel))];
  const [first] = told;
  return [
    one.cause.name,
    time(one.fromMs),
    time(one.untilMs),
    need === undefined ? '–' : `${time(need.fromMs)} ${need.what.split(' ')[0] ?? ''}`,
    said === undefined ? '–' : `${time(said.atMs)} ${said.alert.topic}`,
    first === undefined ? '–' : time(first.atMs),
    channels.join(', '),
    need?.untilMs == null ? '–' : time(need.untilMs),
  ];
}

const time = (ms: number): string => DateTime.fromMillis(ms, { zone: home }).toFormat('LLL d HH:mm');

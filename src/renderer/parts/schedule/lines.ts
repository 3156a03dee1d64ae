import type { Stretch } from '../../../shared/domain/schedule.ts';
import { weekOf } from '../../../shared/domain/week.ts';
import { type LineWords, parseTimeRule, parseWindow, timeRuleText, windowLines } from '../../../shared/domain/week-text.ts';
import type { Typed, When } from './when.ts';

/** Rules and windows as text, line by line: while one line is not understood, the last state that was stays. */

export const openRules = ({ rules }: When, words: LineWords): Typed => ({
  text: rules.map((rule) => timeRuleText(rule, words)).join('\n'),
  bad: null,
});

export function typeRules(text: string, words: LineWords): Partial<When> {
  const read = readLines(text, (line) => parseTimeRule(line, words));
  return { typedRules: { text, bad: read.bad }, ...(read.bad === null ? { rules: read.values } : {}) };
}

type TypedWindows = NonNullable<When['typedWindows']>;

/** Where there are no windows the text begins with all of the week. */
export function openWindows({ timing }: When, words: LineWords): TypedWindows {
  const week = timing.windows ?? wholeWeek;
  const of = (paint: Stretch['paint']): Typed => ({ text: windowLines(week, paint, words).join('\n'), bad: null });
  return { allowed: of('allowed'), slow: of('slow') };
}

/** Where both name a time it is slow. */
export function typeWindows(when: When, paint: Stretch['paint'], text: string, words: LineWords): Partial<When> {
  const typed = { ...(when.typedWindows ?? openWindows(when, words)), [paint]: { text, bad: null } };
  const [allowed, slow] = (['allowed', 'slow'] as const).map((one) =>
    readLines(typed[one].text, (line) => parseWindow(line, one, words)),
  );
  const typedWindows: TypedWindows = {
    allowed: { text: typed.allowed.text, bad: allowed?.bad ?? null },
    slow: { text: typed.slow.text, bad: slow?.bad ?? null },
  };
  if ((typedWindows.allowed.bad ?? typedWindows.slow.bad) !== null) return { typedWindows };
  const windows = weekOf([...(allowed?.values ?? []), ...(slow?.values ?? [])].flat());
  return { typedWindows, timing: { ...when.timing, windows: withoutNeed(windows) } };
}

export const wholeWeek: readonly Stretch[] = [{ from: 0, to: 7 * 1440, paint: 'allowed' }];

/** A week in which everything is allowed has no windows. */
export function withoutNeed(windows: readonly Stretch[]): readonly Stretch[] | null {
  const [first] = windows;
  return windows.length === 1 && first?.paint === 'allowed' && first.from === 0 && first.to === 7 * 1440 ? null : windows;
}

/** Empty lines say nothing. */
function readLines<Value>(text: string, read: (line: string) => Value | null): { values: Value[]; bad: string | null } {
  const values: Value[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const value = read(line);
    if (value === null) return { values, bad: line.trim().slice(0, 60) };
    values.push(value);
  }
  return { values, bad: null };
}

import type { TimeRule } from '../../../shared/domain/schedule.ts';
import { parseTimeRule } from '../../../shared/domain/week-text.ts';

export const rulePresets = ['quarter', 'hour', 'sixHours', 'workdays', 'sunday', 'monthly', 'everyOther'] as const;
export type RulePreset = (typeof rulePresets)[number];

const lines: Readonly<Record<Exclude<RulePreset, 'everyOther'>, string>> = {
  quarter: 'daily every 15 minutes',
  hour: 'daily every 1 hours',
  sixHours: 'daily every 6 hours',
  workdays: 'Mon-Fri 18:00',
  sunday: 'Sun 12:00',
  monthly: 'month 1 12:00',
};

/** `today`: the date from which days are counted. */
export function presetRule(preset: RulePreset, today: string): TimeRule {
  if (preset === 'everyOther') return { days: { every: 'count', count: 2, from: today }, minutes: [720] };
  const rule = parseTimeRule(lines[preset]);
  if (rule === null) throw new Error(`a preset that is no rule: ${preset}`);
  return rule;
}

/** As this computer's calendar shows it. */
export function dateText(ms: number): string {
  const day = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

import { describe, expect, it } from 'vitest';
import { usualTiming } from '../../../shared/domain/schedule.ts';
import { englishLines as words } from '../../../shared/domain/week-text.ts';
import { openRules, openWindows, typeRules, typeWindows } from './lines.ts';
import { usualWhen, type When } from './when.ts';

const typed = (windows: When['timing']['windows']): When => ({ ...usualWhen, timing: { ...usualTiming, windows } });

describe('rules as text', () => {
  it('become rules line by line, and empty lines say nothing', () => {
    const change = typeRules('Mon 12:30\n\n  daily 02:00\n', words);
    expect(change.rules).toHaveLength(2);
    expect(openRules({ ...usualWhen, ...change }, words).text).toBe('Mon 12:30\ndaily 02:00');
  });

  it('stay as they were while a line is not understood, which is named', () => {
    expect(typeRules('Mon 12:30\nMon 12:3', words)).toEqual({ typedRules: { text: 'Mon 12:30\nMon 12:3', bad: 'Mon 12:3' } });
  });
});

describe('windows as text', () => {
  it('begin with the whole week where there are none, and end with none where it is allowed', () => {
    expect(openWindows(usualWhen, words).allowed.text).toBe('daily 00:00-24:00');
    expect(typeWindows(usualWhen, 'allowed', 'daily 00:00-24:00', words).timing?.windows).toBeNull();
  });

  it('are slow where both name a time, to the minute', () => {
    const change = typeWindows(typed([]), 'allowed', 'Mon 08:00-18:00', words);
    const both = typeWindows({ ...typed([]), ...change }, 'slow', 'Mon 12:00-12:07', words);
    expect(both.timing?.windows).toEqual([
      { from: 480, to: 720, paint: 'allowed' },
      { from: 720, to: 727, paint: 'slow' },
      { from: 727, to: 1080, paint: 'allowed' },
    ]);
  });

  it('stay as they were while a line of either is not understood', () => {
    const change = typeWindows(usualWhen, 'slow', 'Mon 12:00', words);
    expect(change.timing).toBeUndefined();
    expect(change.typedWindows?.slow.bad).toBe('Mon 12:00');
    expect(typeWindows({ ...usualWhen, ...change }, 'allowed', 'Mon 08:00-09:00', words).timing).toBeUndefined();
  });
});

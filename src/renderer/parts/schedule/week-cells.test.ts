import { describe, expect, it } from 'vitest';
import { areaOf, paintArea, paintsIn, toggleArea } from './week-cells.ts';
import { keyStep } from './week-keys.ts';
import { copyMonday, presetWindows, stretchesOfDay } from './week-presets.ts';

const monday = [0, 1, 2, 3, 4, 5, 6];
const sunday = [6, 0, 1, 2, 3, 4, 5];
const odd = [{ from: 485, to: 727, paint: 'allowed' }] as const;

describe('the cells of a week', () => {
  it('say what begins or ends within them', () => {
    expect(paintsIn(odd, { day: 0, slot: 16 })).toEqual(['blocked', 'allowed']);
    expect(paintsIn(odd, { day: 0, slot: 17 })).toEqual(['allowed']);
    expect(paintsIn(odd, { day: 0, slot: 24 })).toEqual(['allowed', 'blocked']);
    expect(paintsIn(null, { day: 6, slot: 47 })).toEqual(['allowed']);
  });

  it('are painted as far as was dragged, in any direction and over the week’s beginning', () => {
    expect(areaOf({ day: 0, slot: 30 }, { day: 6, slot: 28 }, sunday)).toEqual({ days: [6, 0], fromSlot: 28, toSlot: 31 });
    expect(areaOf({ day: 0, slot: 30 }, { day: 6, slot: 28 }, monday).days).toHaveLength(7);
  });

  it('leave minutes elsewhere as they are', () => {
    const slow = paintArea(odd, { days: [0], fromSlot: 20, toSlot: 22 }, 'slow');
    expect(slow?.[0]).toEqual({ from: 485, to: 600, paint: 'allowed' });
    expect(slow?.at(-1)).toEqual({ from: 660, to: 727, paint: 'allowed' });
  });

  it('begin as a week in which everything is allowed, and are none again once it is', () => {
    const area = { days: [2], fromSlot: 0, toSlot: 48 };
    const without = paintArea(null, area, 'blocked');
    expect(without).toHaveLength(2);
    expect(paintArea(without, area, 'allowed')).toBeNull();
  });

  it('of a row or column take the paint, and lose it at the second click', () => {
    const area = { days: monday, fromSlot: 4, toSlot: 6 };
    const slow = toggleArea(null, area, 'slow');
    expect(paintsIn(slow, { day: 3, slot: 5 })).toEqual(['slow']);
    expect(paintsIn(toggleArea(slow, area, 'slow'), { day: 3, slot: 5 })).toEqual(['blocked']);
    const blocked = toggleArea(null, area, 'blocked');
    expect(toggleArea(blocked, area, 'blocked')).toBeNull();
  });
});

describe('the presets of a week', () => {
  it('are what their names say', () => {
    const at = (preset: Parameters<typeof presetWindows>[0], day: number, hour: number) =>
      paintsIn(presetWindows(preset), { day, slot: hour * 2 })[0];
    expect([at('nights', 6, 23), at('nights', 0, 5), at('nights', 0, 6)]).toEqual(['allowed', 'allowed', 'blocked']);
    expect([at('offHours', 4, 17), at('offHours', 4, 18), at('offHours', 5, 12)]).toEqual(['blocked', 'allowed', 'allowed']);
    expect([at('weekends', 4, 23), at('weekends', 5, 0)]).toEqual(['blocked', 'allowed']);
    expect([at('slowOffice', 0, 8), at('slowOffice', 0, 18)]).toEqual(['slow', 'allowed']);
    expect(presetWindows('always')).toBeNull();
  });

  it('give Monday to the workdays, and show of a day what lies in it', () => {
    const copied = copyMonday(odd);
    expect(copied).toHaveLength(5);
    expect(stretchesOfDay(copied, 4)).toEqual([odd[0]]);
    expect(stretchesOfDay(copied, 5)).toEqual([]);
    expect(copyMonday(null)).toBeNull();
    expect(stretchesOfDay(null, 3)).toEqual([{ from: 0, to: 1440, paint: 'allowed' }]);
  });
});

describe('the keys of a week', () => {
  const press = (key: string, ctrlKey = false) => keyStep({ key, ctrlKey }, { day: 0, slot: 5 }, sunday);

  it('lead from cell to cell in the order that is shown, and stop at the edges', () => {
    expect([press('ArrowRight'), press('ArrowUp'), press('ArrowDown')]).toEqual([
      { day: 0, slot: 6 },
      { day: 6, slot: 5 },
      { day: 1, slot: 5 },
    ]);
    expect(keyStep({ key: 'ArrowUp', ctrlKey: false }, { day: 6, slot: 0 }, sunday)).toEqual({ day: 6, slot: 0 });
    expect(keyStep({ key: 'ArrowLeft', ctrlKey: false }, { day: 6, slot: 0 }, sunday)).toEqual({ day: 6, slot: 0 });
  });

  it('lead to the ends of a day, and with Control of the week', () => {
    expect([press('Home'), press('End'), press('Home', true), press('End', true), press('x')]).toEqual([
      { day: 0, slot: 0 },
      { day: 0, slot: 47 },
      { day: 6, slot: 0 },
      { day: 5, slot: 47 },
      null,
    ]);
  });
});

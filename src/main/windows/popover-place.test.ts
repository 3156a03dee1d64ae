import { describe, expect, it } from 'vitest';
import { popoverPlace, popoverSize } from './popover-place.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const icon = (x: number, y: number) => ({ x, y, width: 24, height: 24 });

describe('the small window of the tray', () => {
  it('is above a taskbar at the bottom, as Windows has it, and below a bar at the top, as macOS has it', () => {
    const belowTaskbar = { ...screen, height: 1040 };
    expect(popoverPlace(icon(1600, 1048), belowTaskbar)).toEqual({ x: 1422, y: 512, ...popoverSize });
    const underMenuBar = { ...screen, y: 25, height: 1055 };
    expect(popoverPlace(icon(1600, 0), underMenuBar)).toEqual({ x: 1422, y: 33, ...popoverSize });
  });

  it.each([
    ['at the right edge', icon(1890, 1048), screen],
    ['at the left edge', icon(0, 1048), screen],
    ['on a taskbar at the side', icon(5, 540), { ...screen, x: 60, width: 1860 }],
    ['on a screen that lies left of the first', icon(-40, 5), { ...screen, x: -1920 }],
    ['nowhere, where the system does not say', { x: 0, y: 0, width: 0, height: 0 }, screen],
    ['on a screen that is smaller than the window', icon(300, 390), { x: 0, y: 0, width: 360, height: 400 }],
  ])('is wholly on the screen with an icon %s', (_, at, area) => {
    const { x, y, width, height } = popoverPlace(at, area);
    expect(x).toBeGreaterThanOrEqual(area.x);
    expect(y).toBeGreaterThanOrEqual(area.y);
    expect(x + width).toBeLessThanOrEqual(area.x + area.width);
    expect(y + height).toBeLessThanOrEqual(area.y + area.height);
  });
});

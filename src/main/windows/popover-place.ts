import type { Rectangle } from 'electron';

/** As the design has it, in pixels of the desktop. */
export const popoverSize = { width: 380, height: 520 } as const;

/** From the icon, and from the edges of the screen. */
const gap = 8;

/** Centred below or above the icon, on whichever side there is more room, and never outside of what a screen has free. */
export function popoverPlace(icon: Rectangle, workArea: Rectangle): Rectangle {
  const width = Math.min(popoverSize.width, workArea.width - 2 * gap);
  const height = Math.min(popoverSize.height, workArea.height - 2 * gap);
  const centre = icon.x + icon.width / 2;
  const isInUpperHalf = icon.y + icon.height / 2 < workArea.y + workArea.height / 2;
  const y = isInUpperHalf ? icon.y + icon.height + gap : icon.y - height - gap;
  return {
    x: within(Math.round(centre - width / 2), workArea.x + gap, workArea.x + workArea.width - width - gap),
    y: within(Math.round(y), workArea.y + gap, workArea.y + workArea.height - height - gap),
    width,
    height,
  };
}

const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));

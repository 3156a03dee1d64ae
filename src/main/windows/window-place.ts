import { z } from '../../shared/contract/z.ts';

/** Where a window was, so that it comes back there. Remembered for each set of displays: a desk at work is not the train home. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Place {
  readonly bounds: Rectangle;
  readonly maximised: boolean;
}

const rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
});
export const windowMemory = z.object({
  /** The theme of the last time: the window's first pixels come before the engine can be asked. */
  theme: z.enum(['system', 'light', 'dark']),
  places: z.record(z.string(), z.object({ bounds: rectangle, maximised: z.boolean() })),
});
export type WindowMemory = z.output<typeof windowMemory>;
export const noMemory: WindowMemory = { theme: 'system', places: {} };

export const smallest = { width: 1024, height: 680 } as const;
const usual = { width: 1360, height: 860 } as const;
/** So much of the title bar must be in reach to drag the window. */
const inReach = 64;
/** Sets of displays that are remembered; the oldest is forgotten. */
const memoryLimit = 8;

export const displaysKey = (displays: readonly Rectangle[]): string =>
  displays
    .map(({ x, y, width, height }) => `${width}x${height}@${x},${y}`)
    .sort()
    .join(' ');

/** The remembered place if it can still be reached on one of the work areas, else the middle of the first. */
export function findPlace(memory: WindowMemory, key: string, workAreas: readonly Rectangle[]): Place {
  const remembered = memory.places[key];
  if (remembered && workAreas.some((area) => canBeDragged(remembered.bounds, area))) return remembered;
  const area = workAreas[0] ?? { x: 0, y: 0, ...usual };
  const width = Math.min(usual.width, area.width);
  const height = Math.min(usual.height, area.height);
  const x = area.x + Math.round((area.width - width) / 2);
  const y = area.y + Math.round((area.height - height) / 2);
  return { bounds: { x, y, width, height }, maximised: false };
}

export function rememberPlace(memory: WindowMemory, key: string, place: Place): WindowMemory {
  const others = Object.entries(memory.places).filter(([other]) => other !== key);
  return { ...memory, places: Object.fromEntries([...others, [key, place] as const].slice(-memoryLimit)) };
}

function canBeDragged(bounds: Rectangle, area: Rectangle): boolean {
  const overlap = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  return overlap >= inReach && bounds.y >= area.y && bounds.y <= area.y + area.height - inReach;
}

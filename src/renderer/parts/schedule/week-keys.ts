import { type Cell, cellsADay } from './week-cells.ts';

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
}

/** Where a key leads from a cell; null where it leads nowhere. Home and End go along the day, with Ctrl along the week. */
export function keyStep({ key, ctrlKey }: Key, { day, slot }: Cell, order: readonly number[]): Cell | null {
  const row = order.indexOf(day);
  const to = (nextRow: number, nextSlot: number): Cell => ({
    day: order[Math.min(order.length - 1, Math.max(0, nextRow))] ?? day,
    slot: Math.min(cellsADay - 1, Math.max(0, nextSlot)),
  });
  switch (key) {
    case 'ArrowLeft':
      return to(row, slot - 1);
    case 'ArrowRight':
      return to(row, slot + 1);
    case 'ArrowUp':
      return to(row - 1, slot);
    case 'ArrowDown':
      return to(row + 1, slot);
    case 'Home':
      return to(ctrlKey ? 0 : row, 0);
    case 'End':
      return to(ctrlKey ? order.length - 1 : row, cellsADay - 1);
    default:
      return null;
  }
}

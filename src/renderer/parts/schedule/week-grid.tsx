import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { Paint, Stretch } from '../../../shared/domain/schedule.ts';
import { clockText } from '../../../shared/domain/week-text.ts';
import { classes } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { useDayOrder } from './day-fields.tsx';
import type { SimulatedDay } from './simulated-days.ts';
import { type Area, areaOf, type Cell, cellMinutes, cellsADay, paintsIn } from './week-cells.ts';
import css from './week-grid.module.css';
import { keyStep } from './week-keys.ts';
import { RowPaints, RowRuns, SelectionFrame } from './week-layers.tsx';
import { longDayName } from './day-names.ts';

interface Props {
  readonly windows: readonly Stretch[] | null;
  /** What is planned in the coming week is drawn into it. */
  readonly days: readonly SimulatedDay[];
  readonly onPaint: (area: Area) => void;
  readonly onToggle: (area: Area) => void;
  readonly onChoose: (paint: Paint) => void;
}

const paintKeys: Readonly<Record<string, Paint>> = { '1': 'allowed', '2': 'slow', '3': 'blocked' };

/** A week of half-hours to paint on. One tab stop; the arrows move, with Shift they select, Space paints. */
export function WeekGrid({ windows, days, onPaint, onToggle, onChoose }: Props) {
  const t = useWords();
  const { locale } = useFormat();
  const order = useDayOrder().map((day) => day - 1);
  const [at, setAt] = useState<Cell>({ day: order[0] ?? 0, slot: 16 });
  const [anchor, setAnchor] = useState<Cell>(at);
  const [isFocused, setFocused] = useState(false);
  const dragging = useRef(false);
  const cells = useRef(new Map<string, HTMLElement>());
  const area = areaOf(anchor, at, order);

  const press = (event: KeyboardEvent): void => {
    const isOnCell = event.target instanceof HTMLElement && event.target.dataset['slot'] !== undefined;
    const hasCommand = event.ctrlKey || event.metaKey;
    if (!isOnCell || event.altKey) return;
    const paint = hasCommand ? undefined : paintKeys[event.key];
    const next = keyStep(event, at, order);
    if (paint !== undefined) onChoose(paint);
    else if (event.key === ' ') onPaint(area);
    else if (event.key === 'Escape' && (at.day !== anchor.day || at.slot !== anchor.slot)) setAnchor(at);
    else if (event.key === 'a' && hasCommand) {
      setAnchor({ day: order[0] ?? 0, slot: 0 });
      setAt({ day: order.at(-1) ?? 6, slot: cellsADay - 1 });
    } else if (next !== null) {
      setAt(next);
      if (!event.shiftKey) setAnchor(next);
      cells.current.get(keyOf(next))?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const begin = (event: PointerEvent): void => {
    const cell = cellAt(event);
    if (cell === null || event.button !== 0) return;
    dragging.current = true;
    event.currentTarget.setPointerCapture(event.pointerId);
    setAnchor(cell);
    setAt(cell);
    cells.current.get(keyOf(cell))?.focus();
    event.preventDefault();
  };
  const move = (event: PointerEvent): void => {
    const cell = dragging.current ? cellAt(event) : null;
    if (cell !== null) setAt(cell);
  };
  const end = (): void => {
    if (!dragging.current) return;
    dragging.current = false;
    onPaint(area);
  };
  useAfterDrag(() => {
    dragging.current = false;
  });

  return (
    <div
      role="grid"
      aria-label={t('schedule.windows.grid')}
      aria-multiselectable
      aria-description={t('schedule.windows.keys')}
      className={css['grid']}
      onKeyDown={press}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <Hours order={order} onToggle={onToggle} />
      <div className={css['rows']} onPointerDown={begin} onPointerMove={move} onPointerUp={end}>
        {order.map((day) => (
          <div key={day} role="row" className={css['row']}>
            <DayHeader day={day} locale={locale} onToggle={onToggle} />
            <div className={css['cells']}>
              <RowPaints windows={windows} day={day} />
              <RowRuns day={days.find(({ weekday }) => weekday === day)} />
              {slots.map((slot) => {
                const isSelected = area.days.includes(day) && slot >= area.fromSlot && slot < area.toSlot;
                return (
                  <div
                    key={slot}
                    ref={(node) => {
                      if (node) cells.current.set(keyOf({ day, slot }), node);
                      else cells.current.delete(keyOf({ day, slot }));
                    }}
                    role="gridcell"
                    data-day={day}
                    data-slot={slot}
                    tabIndex={at.day === day && at.slot === slot ? 0 : -1}
                    aria-selected={isSelected}
                    aria-label={cellLabel(t, locale, windows, { day, slot })}
                    className={classes(css['cell'], slot % 12 === 0 && slot > 0 && css['quarter'])}
                  />
                );
              })}
            </div>
          </div>
        ))}
        {isFocused && <SelectionFrame area={area} order={order} />}
      </div>
    </div>
  );
}

const slots = Array.from({ length: cellsADay }, (_, slot) => slot);
const keyOf = ({ day, slot }: Cell): string => `${day}.${slot}`;

function cellAt({ clientX, clientY }: PointerEvent): Cell | null {
  const cell = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-slot]');
  return cell ? { day: Number(cell.dataset['day']), slot: Number(cell.dataset['slot']) } : null;
}

/** A drag that the system takes away paints nothing. */
function useAfterDrag(drop: () => void): void {
  const latest = useRef(drop);
  latest.current = drop;
  useEffect(() => {
    const cancel = (): void => latest.current();
    window.addEventListener('pointercancel', cancel);
    return () => window.removeEventListener('pointercancel', cancel);
  }, []);
}

function cellLabel(t: ReturnType<typeof useWords>, locale: string, windows: Props['windows'], cell: Cell): string {
  const [first = 'blocked', second] = paintsIn(windows, cell).map((paint) => t(`schedule.windows.said.${paint}`));
  const paint = second === undefined ? first : t('schedule.windows.partly', { first, second });
  return t('schedule.windows.cell', { day: longDayName(locale, cell.day), time: clockText(cell.slot * cellMinutes), paint });
}

function Hours({ order, onToggle }: { readonly order: readonly number[]; readonly onToggle: (area: Area) => void }) {
  const t = useWords();
  return (
    <div role="row" className={css['hours']}>
      <span role="columnheader">
        <span className="st-hidden">{t('schedule.windows.title')}</span>
      </span>
      {Array.from({ length: 24 }, (_, hour) => (
        <span key={clockText(hour * 60)} role="columnheader" aria-colspan={2}>
          <button
            type="button"
            tabIndex={-1}
            title={t('schedule.windows.column', { time: clockText(hour * 60) })}
            aria-label={t('schedule.windows.column', { time: clockText(hour * 60) })}
            onClick={() => onToggle({ days: order, fromSlot: hour * 2, toSlot: hour * 2 + 2 })}
          >
            {hour % 2 === 0 ? String(hour).padStart(2, '0') : '·'}
          </button>
        </span>
      ))}
    </div>
  );
}

interface DayProps {
  readonly day: number;
  readonly locale: string;
  readonly onToggle: (area: Area) => void;
}

function DayHeader({ day, locale, onToggle }: DayProps) {
  const t = useWords();
  const words = t('schedule.windows.row', { day: longDayName(locale, day) });
  const short = t(`schedule.weekday.${(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const)[day] ?? 'mon'}`);
  return (
    <span role="rowheader" className={css['day']}>
      <button
        type="button"
        tabIndex={-1}
        title={words}
        // What is seen is part of what is heard, so that it can be said to who listens.
        aria-label={`${short}: ${words}`}
        onClick={() => onToggle({ days: [day], fromSlot: 0, toSlot: cellsADay })}
      >
        {short}
      </button>
    </span>
  );
}

import { ActionIcon, Button, Menu, SegmentedControl, Tooltip } from '@mantine/core';
import { ChevronDown, Contrast, Copy, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { type Paint, paints, type Stretch } from '../../../shared/domain/schedule.ts';
import { inverted } from '../../../shared/domain/week.ts';
import { Card, KeyCap, Note } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './week-card.module.css';
import { useDayOrder } from './day-fields.tsx';
import { longDayName } from './day-names.ts';
import { wholeWeek, withoutNeed } from './lines.ts';
import type { SimulatedDay } from './simulated-days.ts';
import { type Area, cellMinutes, paintArea, toggleArea } from './week-cells.ts';
import { WeekEnd } from './week-end.tsx';
import { WeekGrid } from './week-grid.tsx';
import { copyMonday, presetWindows, weekPresets } from './week-presets.ts';
import { WeekText } from './week-text.tsx';
import type { When } from './when.ts';
import { clockText } from '../../../shared/domain/week-text.ts';

type Windows = readonly Stretch[] | null;

interface Props {
  readonly when: When;
  readonly days: readonly SimulatedDay[];
  readonly onChange: (change: Partial<When>) => void;
}

/** When the job may run: a week to paint on, the same as text, and what becomes of a run at a window's end. */
export function WeekCard({ when, days, onChange }: Props) {
  const t = useWords();
  const say = useAreaWords();
  const [paint, setPaint] = useState<Paint>('blocked');
  const [former, setFormer] = useState<readonly Windows[]>([]);
  const [said, setSaid] = useState('');
  const { windows } = when.timing;
  const put = (next: Windows): void => onChange({ timing: { ...when.timing, windows: next }, typedWindows: null });
  const change = (next: Windows): void => {
    setFormer([...former, windows].slice(-50));
    put(next);
  };
  const undo = (): void => {
    put(former.at(-1) ?? null);
    setFormer(former.slice(0, -1));
  };
  const brush = (area: Area): void => {
    setSaid(say(area, paint));
    change(paintArea(windows, area, paint));
  };
  return (
    <Card
      title={t('schedule.windows.title')}
      fact={t('schedule.windows.fact')}
      action={<Tools windows={windows} canUndo={former.length > 0} onChange={change} onUndo={undo} />}
    >
      <div className={css['body']}>
        <Paints value={paint} onChange={setPaint} />
        <WeekGrid
          windows={windows}
          days={days}
          onPaint={brush}
          onToggle={(area) => change(toggleArea(windows, area, paint))}
          onChoose={setPaint}
        />
        <p className="st-hidden" role="status">
          {said}
        </p>
        {windows?.length === 0 && (
          <Note tone="warning" live>
            {t('schedule.windows.never')}
          </Note>
        )}
        <WeekText when={when} onChange={onChange} />
        {windows !== null && <WeekEnd timing={when.timing} onChange={(timing) => onChange({ timing })} />}
      </div>
    </Card>
  );
}

/** `Thu to Fri, 13:00 to 18:00: slow` for who hears it. */
function useAreaWords() {
  const t = useWords();
  const { locale, list } = useFormat();
  const order = useDayOrder();
  return ({ days, fromSlot, toSlot }: Area, paint: Paint): string => {
    const names = days.length === order.length ? '' : `${list(days.map((day) => longDayName(locale, day)))} `;
    const span = `${names}${clockText(fromSlot * cellMinutes)}–${clockText(toSlot * cellMinutes)}`;
    return t('schedule.windows.painted', { span, paint: t(`schedule.windows.said.${paint}`) });
  };
}

function Paints({ value, onChange }: { readonly value: Paint; readonly onChange: (paint: Paint) => void }) {
  const t = useWords();
  return (
    <SegmentedControl
      className={css['paints'] ?? ''}
      aria-label={t('schedule.windows.paints')}
      value={value}
      data={paints.map((paint, index) => ({
        value: paint,
        label: (
          <span className={css['paint']}>
            <i aria-hidden className={css[paint]} />
            {t(`schedule.windows.paint.${paint}`)}
            <span aria-hidden>
              <KeyCap>{String(index + 1)}</KeyCap>
            </span>
          </span>
        ),
      }))}
      onChange={onChange}
    />
  );
}

interface ToolsProps {
  readonly windows: Windows;
  readonly canUndo: boolean;
  readonly onChange: (windows: Windows) => void;
  readonly onUndo: () => void;
}

function Tools({ windows, canUndo, onChange, onUndo }: ToolsProps) {
  const t = useWords();
  const tools = [
    { key: 'copy', Icon: Copy, act: () => onChange(copyMonday(windows)), isOff: windows === null },
    { key: 'invert', Icon: Contrast, act: () => onChange(withoutNeed(inverted(windows ?? wholeWeek))), isOff: false },
    { key: 'undo', Icon: Undo2, act: onUndo, isOff: !canUndo },
  ] as const;
  return (
    <span className={css['tools']}>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="sm" rightSection={<ChevronDown size={14} strokeWidth={2} aria-hidden />}>
            {t('schedule.windows.presets')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {weekPresets.map((preset) => (
            <Menu.Item key={preset} onClick={() => onChange(presetWindows(preset))}>
              {t(`schedule.windows.preset.${preset}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {tools.map(({ key, Icon, act, isOff }) => (
        <Tooltip key={key} label={t(`schedule.windows.${key}`)}>
          <ActionIcon variant="default" aria-label={t(`schedule.windows.${key}`)} disabled={isOff} onClick={act}>
            <Icon size={16} strokeWidth={1.75} />
          </ActionIcon>
        </Tooltip>
      ))}
    </span>
  );
}

import { CalendarClock, CircleCheckBig, Hand, type LucideIcon, Repeat, SquareTerminal, Usb, Zap } from 'lucide-react';
import type { ScheduleMode } from '../../../shared/domain/schedule.ts';
import { classes } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './mode-cards.module.css';

const modes: readonly { readonly mode: ScheduleMode; readonly Icon: LucideIcon }[] = [
  { mode: 'continuous', Icon: Repeat },
  { mode: 'times', Icon: CalendarClock },
  { mode: 'on-change', Icon: Zap },
  { mode: 'on-plug', Icon: Usb },
  { mode: 'once', Icon: CircleCheckBig },
  { mode: 'manual', Icon: Hand },
  { mode: 'cron', Icon: SquareTerminal },
];

interface Props {
  readonly value: ScheduleMode;
  readonly onChange: (mode: ScheduleMode) => void;
}

/** What begins a cycle: one of seven, each with what it means. */
export function ModeCards({ value, onChange }: Props) {
  const t = useWords();
  return (
    <div role="radiogroup" aria-label={t('schedule.modes')} className={css['modes']}>
      {modes.map(({ mode, Icon }) => (
        <label key={mode} className={classes(css['mode'], value === mode && css['modeOn'])}>
          <input
            type="radio"
            className="st-hidden"
            name="mode"
            checked={value === mode}
            onChange={() => onChange(mode)}
            aria-label={t(`schedule.mode.${mode}`)}
            aria-description={t(`schedule.modeMeaning.${mode}`)}
          />
          <Icon size={18} strokeWidth={1.75} aria-hidden />
          <span aria-hidden>
            <b>{t(`schedule.mode.${mode}`)}</b>
            <span>{t(`schedule.modeMeaning.${mode}`)}</span>
          </span>
        </label>
      ))}
    </div>
  );
}

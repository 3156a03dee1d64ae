import { CalendarDays, ContactRound, Folder, ListChecks, Mail } from 'lucide-react';
import { classes } from './classes.ts';
import css from './kind-icon.module.css';

const icons = { mail: Mail, calendar: CalendarDays, contacts: ContactRound, files: Folder, tasks: ListChecks } as const;
/** Colour and icon are fixed for ever. */
export type KindName = keyof typeof icons;

interface Props {
  readonly kind: KindName;
  readonly size?: number;
  /** On its soft ground. */
  readonly tile?: boolean;
  readonly label?: string;
}

export function KindIcon({ kind, size = 16, tile, label }: Props) {
  const Icon = icons[kind];
  const said = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <span className={classes(css['kind'], css[kind], tile && css['tile'])} {...said}>
      <Icon size={size} strokeWidth={size <= 14 ? 2 : 1.75} />
    </span>
  );
}

import { Link } from '@tanstack/react-router';
import {
  Activity,
  CalendarClock,
  CircleQuestionMark,
  HardDrive,
  History,
  House,
  Inbox,
  type LucideIcon,
  Settings,
} from 'lucide-react';
import { useStatus } from '../state/index.ts';
import { Mark } from '../widgets/index.ts';
import { useFormat, useWords } from '../words/index.ts';
import css from './rail.module.css';
import { screens } from './screens.ts';

const icons: Readonly<Record<(typeof screens)[number]['name'], LucideIcon>> = {
  home: House,
  browse: History,
  jobs: CalendarClock,
  runs: Activity,
  storages: HardDrive,
  sources: Inbox,
};

export function Rail({ onHelp }: { readonly onHelp: () => void }) {
  const t = useWords();
  const format = useFormat();
  const needs = useStatus((feed) => feed.value?.needs.length ?? 0);
  return (
    <nav className={css['rail']} aria-label={t('frame.navigation')}>
      <div className={css['brand']}>
        <Mark />
        <span className={css['word']}>{t('frame.brand')}</span>
      </div>
      <ul>
        {screens.map(({ name, to }) => {
          const Icon = icons[name];
          return (
            <li key={name}>
              <Link
                to={to}
                title={t(`frame.${name}`)}
                activeOptions={{ exact: to === '/', includeSearch: false }}
                className={css['entry'] ?? ''}
              >
                <Icon size={18} strokeWidth={1.75} aria-hidden />
                <span className={css['word']}>{t(`frame.${name}`)}</span>
                {name === 'home' && needs > 0 && (
                  <span className={css['count']}>
                    <span aria-hidden>{format.number(needs)}</span>
                    <span className="st-hidden">{t('frame.needs', { count: needs })}</span>
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
      <ul className={css['bottom']}>
        <li>
          <Link to="/settings" title={t('frame.settings')} className={css['entry'] ?? ''}>
            <Settings size={18} strokeWidth={1.75} aria-hidden />
            <span className={css['word']}>{t('frame.settings')}</span>
          </Link>
        </li>
        <li>
          <button type="button" title={t('frame.help')} className={css['entry']} onClick={onHelp}>
            <CircleQuestionMark size={18} strokeWidth={1.75} aria-hidden />
            <span className={css['word']}>{t('frame.help')}</span>
          </button>
        </li>
      </ul>
    </nav>
  );
}

import { useMemo } from 'react';
import { useFormat } from '../../words/index.ts';
import { shortDayName } from './day-names.ts';
import { wallClock } from './simulated-days.ts';

const dayMs = 86_400_000;

/** Day and time as the clock on the wall of a zone shows them. */
export function useZoneMoment(zone: string): (ms: number) => string {
  const { locale } = useFormat();
  return useMemo(() => {
    const clock = wallClock(zone);
    const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone });
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    return (ms) => {
      const { date } = clock(ms);
      const away = Math.round((date - clock(Date.now()).date) / dayMs);
      const day = away === 0 || away === 1 ? relative.format(away, 'day') : shortDayName(locale, date);
      return `${day}, ${time.format(ms)}`;
    };
  }, [locale, zone]);
}

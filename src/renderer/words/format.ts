/** Numbers, sizes, times and durations in a language and region. Pure but for the clock that is handed in. */
export interface Format {
  readonly locale: string;
  number(value: number): string;
  /** 0.62 → `62%` or `62 %`. Never rounds up to 100% what is not done. */
  percent(share: number): string;
  /** Three digits at most, number and unit never parted. */
  bytes(bytes: number): string;
  /** Two digits: a third would only flicker. */
  rate(bytesPerSecond: number): string;
  /** `4 min 51 s`: the two largest units. */
  duration(ms: number): string;
  /** One unit, for what is only roughly known: `4 min`. */
  roughly(ms: number): string;
  time(ms: number): string;
  /** With seconds and thousandths, for logs. */
  exactTime(ms: number): string;
  /** `today`, `yesterday`, `tomorrow`, else `Sun 1 Mar`, with the year if it is not this one. */
  day(ms: number): string;
  /** Day and time. */
  moment(ms: number): string;
  /** Day and time with the year, whatever year it is. */
  fullMoment(ms: number): string;
  /** Under an hour `12 minutes ago`, else the moment. */
  since(ms: number): string;
  /** Shorter than `moment`: within a week without the date, further away without the time. */
  shortMoment(ms: number): string;
  /** Day and month, with the year if it is not this one. */
  date(ms: number): string;
  /** For narrow columns: the time today, the weekday this week, then the date. */
  shortDate(ms: number): string;
  /** `Mar`, in January and in front of a line `Jan 2026`. */
  month(ms: number, withYear: boolean): string;
  /** Mon to Sun in short, beginning with the region's first day of the week. */
  readonly weekdays: readonly string[];
  /** 0 is Sunday. */
  readonly firstWeekday: number;
  list(items: readonly string[]): string;
}

const noBreak = '\u00a0';
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const sizes = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

export const startOfDay = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0);

/** Whole calendar days from one moment to another, whatever the clocks did in between. */
const daysBetween = (from: number, to: number): number => Math.round((startOfDay(to) - startOfDay(from)) / day);

/** Intl puts a comma after the weekday in some languages; ours never does. */
function withoutWeekdayComma(format: Intl.DateTimeFormat, ms: number): string {
  const parts = format.formatToParts(ms);
  return parts.map((part, at) => (part.type === 'literal' && parts[at - 1]?.type === 'weekday' ? ' ' : part.value)).join('');
}

/** Older runtimes know no week info; Monday is right for most of the world. */
function firstWeekdayOf(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } };
  return (known.getWeekInfo?.().firstDay ?? 1) % 7;
}

function dates(locale: string, now: () => number) {
  const of = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const time = of({ timeStyle: 'short' });
  const exact = of({ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' });
  const dayThisYear = of({ weekday: 'short', day: 'numeric', month: 'short' });
  const dayAnyYear = of({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const dateThisYear = of({ day: 'numeric', month: 'short' });
  const dateAnyYear = of({ day: 'numeric', month: 'short', year: 'numeric' });
  const weekday = of({ weekday: 'short' });
  const month = of({ month: 'short' });
  const monthAndYear = of({ month: 'short', year: 'numeric' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const thisYear = (ms: number): boolean => new Date(ms).getFullYear() === new Date(now()).getFullYear();

  const dayWords = (ms: number): string => {
    const away = daysBetween(now(), ms);
    if (Math.abs(away) <= 1) return relative.format(away, 'day');
    return withoutWeekdayComma(thisYear(ms) ? dayThisYear : dayAnyYear, ms);
  };
  const moment = (ms: number): string => `${dayWords(ms)}, ${time.format(ms)}`;
  const firstWeekday = firstWeekdayOf(locale);
  const aSunday = Date.UTC(2024, 0, 7, 12);
  const date = (ms: number): string => (thisYear(ms) ? dateThisYear : dateAnyYear).format(ms);
  return {
    date,
    time: (ms: number) => time.format(ms),
    exactTime: (ms: number) => exact.format(ms),
    day: dayWords,
    moment,
    fullMoment: (ms: number) => `${withoutWeekdayComma(dayAnyYear, ms)}, ${time.format(ms)}`,
    since: (ms: number) => {
      const ago = now() - ms;
      return ago >= 0 && ago < hour ? relative.format(-Math.floor(ago / minute), 'minute') : moment(ms);
    },
    shortDate: (ms: number) => {
      const away = daysBetween(ms, now());
      if (away === 0) return time.format(ms);
      if (away > 0 && away < 7) return weekday.format(ms);
      return date(ms);
    },
    shortMoment: (ms: number) => {
      const away = Math.abs(daysBetween(now(), ms));
      if (away <= 1) return moment(ms);
      return away < 7 ? `${weekday.format(ms)}, ${time.format(ms)}` : date(ms);
    },
    month: (ms: number, withYear: boolean) => (withYear ? monthAndYear : month).format(ms),
    firstWeekday,
    weekdays: [0, 1, 2, 3, 4, 5, 6].map((at) => weekday.format(aSunday + ((at + firstWeekday) % 7) * day)),
  };
}

function durations(locale: string) {
  const number = new Intl.NumberFormat(locale);
  const days = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' });
  const say = (value: number, unit: 'day' | 'h' | 'min' | 's'): string =>
    unit === 'day' ? days.format(value).replace(' ', noBreak) : `${number.format(value)}${noBreak}${unit}`;
  const units = [
    ['day', day],
    ['h', hour],
    ['min', minute],
    ['s', second],
  ] as const;
  return {
    duration(ms: number): string {
      const whole = Math.max(0, Math.round(ms / second) * second);
      const first = units.findIndex(([, size]) => whole >= size);
      const [unit, size] = units[first] ?? (['s', second] as const);
      const large = say(Math.floor(whole / size), unit);
      const next = units[first + 1];
      if (first < 0 || !next) return large;
      const rest = Math.floor((whole % size) / next[1]);
      return rest > 0 ? `${large} ${say(rest, next[0])}` : large;
    },
    roughly(ms: number): string {
      const [unit, size] = units.find(([, length]) => ms >= length) ?? (['s', second] as const);
      return say(Math.max(1, Math.round(ms / size)), unit);
    },
  };
}

function quantities(locale: string) {
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const threeDigits = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const twoDigits = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
  const bytes = (value: number, digits = threeDigits): string => {
    // 999.6 KB would round to 1,000 KB: the next unit begins where three digits end.
    const step = sizes.findIndex((_, power) => value < 999.5 * 1000 ** power);
    const power = step < 0 ? sizes.length - 1 : step;
    return `${digits.format(value / 1000 ** power)}${noBreak}${sizes[power] ?? ''}`;
  };
  return {
    number: (value: number) => number.format(value),
    percent: (share: number) => percent.format(share >= 1 ? 1 : Math.floor(Math.max(0, share) * 100) / 100),
    bytes: (value: number) => bytes(value),
    rate: (bytesPerSecond: number) => `${bytes(bytesPerSecond, twoDigits)}/s`,
  };
}

export function createFormat(locale: string, now: () => number = Date.now): Format {
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    locale,
    ...quantities(locale),
    ...durations(locale),
    ...dates(locale, now),
    list: (items) => list.format(items),
  };
}

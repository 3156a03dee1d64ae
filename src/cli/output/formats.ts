import type { Language } from '../../shared/words/say.ts';

/** Numbers and times as the reader's language writes them. */
export interface Formats {
  count(value: number): string;
  bytes(value: number): string;
  /** Local time with its offset, to the second. */
  time(timeMs: number | null): string;
  duration(ms: number): string;
}

const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

export function formatsFor(language: Language): Formats {
  const number = new Intl.NumberFormat(language);
  const short = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  return {
    count: (value) => number.format(value),
    bytes(value) {
      let unit = 0;
      let size = value;
      while (size >= 999.5 && unit < units.length - 1) {
        size /= 1000;
        unit += 1;
      }
      return `${unit === 0 ? number.format(size) : short.format(size)} ${units[unit]}`;
    },
    time: (timeMs) => (timeMs === null ? '–' : localTime(timeMs)),
    duration(ms) {
      if (ms < 1000) return `${Math.round(ms)} ms`;
      const seconds = ms / 1000;
      if (seconds < 60) return `${short.format(seconds)} s`;
      const minutes = Math.floor(seconds / 60);
      return minutes < 60 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
    },
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

function localTime(timeMs: number): string {
  const time = new Date(timeMs);
  const offset = -time.getTimezoneOffset();
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())} ${zone}`;
}

/** Calendar slots of a zone. Equal keys: the same hour (day, …) there, whatever the clocks did. */
export interface Slots {
  readonly hourly: string;
  readonly daily: string;
  readonly weekly: string;
  readonly monthly: string;
  readonly yearly: string;
}

const dayMs = 86_400_000;
const wholeHourMs = 3_600_000;

/** The calendar of one zone. Wall times come from the system's table of zones; no hour is ever added to a time. */
export class Calendar {
  readonly #format: Intl.DateTimeFormat;

  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  }

  /** Which local day, counted from the first of January 1970: days can be subtracted, however long each was. */
  day(timeMs: number): number {
    const { year, month, day } = this.#wall(timeMs);
    return Math.floor(Date.UTC(year, month - 1, day) / dayMs);
  }

  slots(timeMs: number): Slots {
    const { year, month, day, hour, minute } = this.#wall(timeMs);
    const midnight = Date.UTC(year, month - 1, day);
    // A wall clock that is set back says the same hour twice: its distance to UTC tells the two apart.
    const offset = midnight + hour * wholeHourMs + minute * 60_000 - Math.floor(timeMs / 60_000) * 60_000;
    const days = Math.floor(midnight / dayMs);
    return {
      hourly: `${days} ${hour} ${offset}`,
      daily: `${days}`,
      // The first of January 1970 was a Thursday; weeks begin on Mondays.
      weekly: `${Math.floor((days + 3) / 7)}`,
      monthly: `${year}-${month}`,
      yearly: `${year}`,
    };
  }

  #wall(timeMs: number): { year: number; month: number; day: number; hour: number; minute: number } {
    const wall = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
    for (const { type, value } of this.#format.formatToParts(timeMs)) if (type in wall) wall[type as 'day'] = Number(value);
    return wall;
  }
}

import type { ItemId } from '../../../shared/domain/ids.ts';
import { folderKind } from '../rows/layout.ts';
import { quarterMs } from '../rows/tallies.ts';
import type { Connection, Statement } from '../sql/connection.ts';

interface Day {
  readonly dayMs: number;
  saved: number;
  vanished: number;
}

/** How much changed, day by day, where anything did. */
export class Density {
  readonly #everywhere: Statement<readonly [quarter: number, saved: number, vanished: number]>;
  readonly #inFolder: Statement<readonly [quarter: number, saved: number, vanished: number]>;

  constructor(connection: Connection) {
    this.#everywhere = connection.tuples(
      'SELECT quarter, sum(saved), sum(vanished) FROM activity GROUP BY quarter ORDER BY quarter',
    );
    this.#inFolder = connection.tuples(`
      SELECT v.valid_from / ${quarterMs} AS quarter, sum(v.gone & 1 = 0), sum(v.gone & 1) FROM versions v INDEXED BY items_by_folder
      WHERE v.kind <> ${folderKind} AND v.folder = (SELECT id FROM items WHERE uid = ?) GROUP BY quarter ORDER BY quarter`);
  }

  days(folder: ItemId | null, dayOf: (timeMs: number) => number): Day[] {
    const days = new Map<number, Day>();
    for (const [quarter, saved, vanished] of folder === null ? this.#everywhere.all() : this.#inFolder.all(folder)) {
      const dayMs = dayOf(quarter * quarterMs);
      const day = days.get(dayMs) ?? { dayMs, saved: 0, vanished: 0 };
      day.saved += saved;
      day.vanished += vanished;
      days.set(dayMs, day);
    }
    return [...days.values()];
  }
}

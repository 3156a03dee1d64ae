import type { SourceId } from '../../../shared/domain/ids.ts';
import { itemKinds } from '../../../shared/domain/item.ts';
import type { GrowthDay } from '../catalog.ts';
import { quarterMs } from '../rows/tallies.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import { nth } from './versions.ts';

/** What takes how much room, day by day. */
export class Growth {
  readonly #packs: Statement<readonly [atMs: number, bytes: number]>;
  readonly #added: Statement<readonly [quarter: number, source: string, kind: number, bytes: number]>;

  constructor(connection: Connection) {
    this.#packs = connection.tuples('SELECT at_ms, pack_bytes FROM commits WHERE pack_bytes <> 0 ORDER BY sequence');
    this.#added = connection.tuples(`
      SELECT a.quarter, s.uid, a.kind, a.bytes FROM activity a JOIN sources s ON s.id = a.source WHERE a.bytes > 0
      ORDER BY a.quarter, a.source, a.kind`);
  }

  days(dayOf: (timeMs: number) => number): GrowthDay[] {
    const days = new Map<number, { packBytes: number; readonly added: Map<string, GrowthDay['added'][number]> }>();
    const day = (timeMs: number): { packBytes: number; readonly added: Map<string, GrowthDay['added'][number]> } => {
      const dayMs = dayOf(timeMs);
      const known = days.get(dayMs) ?? { packBytes: 0, added: new Map() };
      days.set(dayMs, known);
      return known;
    };
    for (const [atMs, bytes] of this.#packs.all()) day(atMs).packBytes += bytes;
    for (const [quarter, source, kind, bytes] of this.#added.all()) {
      const { added } = day(quarter * quarterMs);
      const key = `${source} ${kind}`;
      added.set(key, {
        source: source as SourceId,
        kind: nth(itemKinds, kind),
        bytes: bytes + (added.get(key)?.bytes ?? 0),
      });
    }
    let packBytes = 0;
    return [...days]
      .sort(([a], [b]) => a - b)
      .map(([dayMs, of]) => ({ dayMs, packBytes: (packBytes += of.packBytes), added: [...of.added.values()] }));
  }
}

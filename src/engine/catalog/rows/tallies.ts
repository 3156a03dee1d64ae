import type { Change, Connection } from '../sql/connection.ts';
import { folderKind, readState, writeState } from './layout.ts';

/** Numbers that would need a walk over all rows, kept up with each commit. Folders are not counted. */
export const tallies = ['items', 'versions', 'itemBytes', 'packBytes', 'moments'] as const;
export type Tally = (typeof tallies)[number];

export const quarterMs = 900_000;

/** Where a version counts: numbers of its source and folder, its kind, and its bytes. */
export interface Place {
  readonly source: number;
  readonly folder: number | null;
  readonly kind: number;
  readonly bytes: number;
}

interface Activity {
  saved: number;
  vanished: number;
  bytes: number;
}

interface Size {
  items: number;
  bytes: number;
}

/** Collects what a commit changes of what is counted, and writes it once. */
export class Tallies {
  readonly #connection: Connection;
  readonly #addActivity: Change;
  readonly #addSize: Change;
  readonly #dropEmpty: Change;
  readonly #totals = new Map<Tally, number>();
  readonly #activity = new Map<string, Activity>();
  readonly #sizes = new Map<string, Size>();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#addActivity = connection.change(`
      INSERT INTO activity (quarter, source, kind, saved, vanished, bytes) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET saved = saved + excluded.saved, vanished = vanished + excluded.vanished, bytes = bytes + excluded.bytes`);
    this.#addSize = connection.change(`
      INSERT INTO sizes (source, folder, kind, items, bytes) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET items = items + excluded.items, bytes = bytes + excluded.bytes`);
    this.#dropEmpty = connection.change('DELETE FROM sizes WHERE source = ? AND folder = ? AND kind = ? AND items = 0');
  }

  /** What an earlier commit that failed half-way left in memory is forgotten. */
  begin(): void {
    this.#totals.clear();
    this.#activity.clear();
    this.#sizes.clear();
  }

  add(name: Tally, by: number): void {
    this.#totals.set(name, (this.#totals.get(name) ?? 0) + by);
  }

  /** An item is there now (1), or is not any more (-1). */
  present({ source, folder, kind, bytes }: Place, by: 1 | -1): void {
    if (kind === folderKind) return;
    this.add('items', by);
    this.add('itemBytes', by * bytes);
    const key = `${source} ${folder ?? 0} ${kind}`;
    const size = this.#sizes.get(key) ?? { items: 0, bytes: 0 };
    size.items += by;
    size.bytes += by * bytes;
    this.#sizes.set(key, size);
  }

  /** A version can be seen now (1), or cannot any more (-1). */
  seen({ source, kind, bytes }: Place, fromMs: number, isNewContent: boolean, by: 1 | -1): void {
    if (kind === folderKind) return;
    this.add('versions', by);
    if (isNewContent) this.#activityOf(source, kind, fromMs).bytes += by * bytes;
  }

  happened({ source, kind }: Place, fromMs: number, what: 'saved' | 'vanished'): void {
    if (kind !== folderKind) this.#activityOf(source, kind, fromMs)[what] += 1;
  }

  end(): void {
    for (const name of tallies)
      writeState(this.#connection, name, Number(readState(this.#connection, name) ?? 0) + (this.#totals.get(name) ?? 0));
    for (const [key, { saved, vanished, bytes }] of this.#activity)
      this.#addActivity.run(...numbers(key), saved, vanished, bytes);
    for (const [key, { items, bytes }] of this.#sizes) {
      if (items === 0 && bytes === 0) continue;
      this.#addSize.run(...numbers(key), items, bytes);
      if (items < 0) this.#dropEmpty.run(...numbers(key));
    }
    this.begin();
  }

  #activityOf(source: number, kind: number, fromMs: number): Activity {
    const key = `${Math.floor(fromMs / quarterMs)} ${source} ${kind}`;
    const activity = this.#activity.get(key) ?? { saved: 0, vanished: 0, bytes: 0 };
    this.#activity.set(key, activity);
    return activity;
  }
}

const numbers = (key: string): number[] => key.split(' ').map(Number);

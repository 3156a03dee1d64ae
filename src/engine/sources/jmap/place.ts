import type { JsonObject, JsonValue } from '../../../shared/domain/json.ts';
import type { Failure } from '../../../shared/domain/strata-error.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { emptyScan } from '../empty-scan.ts';
import type { FolderScan, Reading, Wanted } from '../source.ts';

/** What looking needs of a run: also whoever watches has it. */
export type Going = Pick<RunContext, 'clock' | 'signal'>;

/** A folder of the source, whatever lies in it. */
export interface Place {
  /** Unique in the source, and what outlives a new name. */
  readonly key: string;
  /** Empty: it lies in no other. */
  readonly parentKey: string;
  /** Names from the top down. */
  readonly path: readonly string[];
  readonly metadata: JsonObject;
  readonly specialUse: string | null;
  readonly isShared: boolean;
  /** Why nothing can be said of what is in it, or below it. */
  readonly problem?: Failure;
  /** Null: it would cost too much, or cannot be known. */
  count(): Promise<number | null>;
  /** Whether it can go on from there. */
  knows(cursor: JsonValue | undefined): boolean;
  scan(cursor: JsonValue | undefined): FolderScan;
  read(wanted: readonly Wanted[], run: RunContext): AsyncIterable<Reading>;
}

/** Where the folders of an account lie, and what stands before their keys. */
export interface Above {
  readonly key: string;
  readonly path: readonly string[];
  readonly prefix: string;
}

export const atTheTop: Above = { key: '', path: [], prefix: '' };

export const nameOf = ({ path }: Pick<Place, 'path'>): string => path.at(-1) ?? '';

type Holder = Pick<Place, 'key' | 'parentKey' | 'path' | 'isShared'> &
  Partial<Pick<Place, 'metadata' | 'problem' | 'knows' | 'scan'>>;

/** One that holds folders, and no items of its own. */
export const holder = (place: Holder): Place => ({
  metadata: {},
  specialUse: null,
  count: () => Promise.resolve(0),
  knows: () => false,
  scan: () => emptyScan(),
  read: noReadings,
  ...place,
});

async function* noReadings(): AsyncGenerator<Reading> {
  // There are none.
}

/** A name that none of the others has; `hint` tells it apart where one does. */
export const apart = (
  name: string,
  hint: string,
  others: readonly Pick<Place, 'parentKey' | 'path'>[],
  parentKey: string,
): string => (others.some((other) => other.parentKey === parentKey && nameOf(other) === name) ? `${name} (${hint})` : name);

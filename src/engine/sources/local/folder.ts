import type { JsonObject, JsonValue } from '../../../shared/domain/json.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import type { FolderScan, Reading, Wanted } from '../source.ts';

/** A folder as another program keeps it on this computer. */
export interface LocalFolder {
  /** Unique in the source. */
  readonly key: string;
  /** `''` at the top. */
  readonly parentKey: string;
  readonly name: string;
  /** Names from the top down. */
  readonly path: readonly string[];
  readonly specialUse: string | null;
  /** Outlives a new name. */
  readonly identity?: string | undefined;
  /** Undefined: it holds folders only. */
  readonly store: Store | undefined;
  /** Why nothing can be said of what is in it. */
  readonly unreadable?: string | undefined;
}

/** How the items of a folder lie on the disk. Calls of the system are left to throw as they do. */
export interface Store {
  /** `known`: what the last scan that was kept said. */
  scan(known: JsonValue | undefined, run: RunContext): FolderScan;
  /** One answer for each; what this scan did not sight is not asked for. */
  read(wanted: readonly Wanted[], run: RunContext): AsyncIterable<Reading>;
  /** Null: not without reading everything. */
  count(): number | null;
  readonly metadata?: JsonObject;
}

/** All folders, parents before children. Whatever cannot be looked into is among them, with why; or the whole of it throws. */
export type FindFolders = () => readonly LocalFolder[];

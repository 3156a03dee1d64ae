import type { SelectedItem } from '../../../src/engine/catalog/index.ts';
import type { Destination } from '../../../src/engine/sources/destination.ts';
import type { Source } from '../../../src/engine/sources/source.ts';
import type { SourceSettings } from '../../../src/shared/domain/source-settings.ts';

/** A message, an event, a file: as a plain reader finds it, who knows nothing of what is tested. */
export interface Thing {
  readonly folder: string;
  /** The place's own name for it, in its folder. */
  readonly key: string;
  /** Who has the same is in its place: a Message-ID, a UID, a file's name. */
  readonly name: string;
  readonly content: string;
  /** Flags and date of arrival; time and rights. */
  readonly rest: string;
  /** When it was changed last, where that is known. */
  readonly timeMs?: number | undefined;
}

/** All that is there at one time. */
export interface Moment {
  /** By what the place calls them; what people call them. */
  readonly folders: ReadonlyMap<string, string>;
  readonly things: readonly Thing[];
}

/** Where something is restored to. */
export interface Account {
  readonly to: Destination;
  state(): Promise<Moment>;
}

/** A place that is used, saved and restored to at random. */
export interface Place extends Account {
  readonly settings: SourceSettings;
  readonly source: Source;
  /** Of one name there can be several in a folder. */
  readonly holdsBoth: boolean;
  /** Whether a restore takes one for the other. */
  isSame(one: Thing, other: Thing): boolean;
  /** Without what keeping both added to its name. */
  plain(thing: Thing): Thing;
  change(): Promise<void>;
  /** Somebody else has changed it. */
  lookAgain(): Promise<void>;
  /** An item that was saved, as its folder and key. */
  spotOf(item: SelectedItem): string;
  /** Of the same server, and empty. */
  another(): Promise<Account>;
  /** An empty directory, where such items can go to one. */
  directory?(): Account;
  close(): Promise<void>;
}

export const spot = ({ folder, key }: Pick<Thing, 'folder' | 'key'>): string => `${folder}\0${key}`;

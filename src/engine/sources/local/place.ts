import type { FileSystem } from '../../kernel/file-system.ts';

/** SHA-256, which the room of keys makes. */
export type NewDigest = () => { update(bytes: Uint8Array): void; hex(): string };

/** A database of another program, read from a copy in memory. Whatever is wrong with it is `folder.unreadable`. */
export interface ForeignDatabase {
  /** Those that hold rows of their own. */
  readonly tables: ReadonlySet<string>;
  rows<Row extends readonly unknown[]>(sql: string, ...values: readonly number[]): Row[];
  close(): void;
}
export type OpenDatabase = (files: {
  readonly path: string;
  readonly file: Uint8Array;
  readonly log: Uint8Array | undefined;
}) => ForeignDatabase;

/** What reading needs of the engine. */
export interface Place {
  readonly files: FileSystem;
  readonly newDigest: NewDigest;
}

/** And where a program keeps databases. */
export interface PlaceWithDatabases extends Place {
  readonly openDatabase: OpenDatabase;
}

import type { FileSystem } from '../../kernel/file-system.ts';

/** SHA-256, which the room of keys makes. */
export type NewDigest = () => { update(bytes: Uint8Array): void; hex(): string };

/** What reading needs of the engine. */
export interface Place {
  readonly files: FileSystem;
  readonly newDigest: NewDigest;
}

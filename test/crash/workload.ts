import type { SimFileSystem } from '../kit/sim-file-system.ts';

/**
 * Something that is done to a disk, and what it promises when it is broken off. The harness breaks it off everywhere, in every
 * way that it knows; a workload says nothing about how. To add one: a file in `workloads/`, and its line in `workloads/index.ts`.
 *
 * `P`: what is promised, for its own judge alone.
 */
export interface Workload<P = unknown> {
  readonly name: string;
  /** The disk before; never changed. */
  readonly before: SimFileSystem;
  readonly promisedBefore: P;
  /** Does it, and says after each step what is promised from then on. */
  run(files: SimFileSystem, progress: { promised: P }): Promise<void>;
  /** Throws unless what was promised is kept on the disk that was found, and everything goes on from there. May change the disk. */
  judge(found: SimFileSystem, promised: P): Promise<void>;
  /** The first thing that a person does afterwards; broken off in its turn, it must leave what the judge demands. */
  recover(found: SimFileSystem): Promise<void>;
  /** A judgement takes long, because a password is tried, or much is looked at: fewer of them. */
  readonly isCostly?: boolean;
  /** By which further codes it may tell what the disk said: of an item that it passes over, and goes on. */
  readonly itemCodes?: readonly string[];
  /** Its start holds no storage yet: nothing that can be opened, read or damaged. */
  readonly isFirst?: boolean;
}

export interface NamedWorkload {
  readonly name: string;
  make(): Promise<Workload>;
}

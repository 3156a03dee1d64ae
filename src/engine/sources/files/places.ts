import path from 'node:path';
import type { LeftOut } from '../../../shared/domain/survey.ts';

/** A directory that is going to be visited. */
export interface Place {
  readonly path: string;
  readonly name: string;
  readonly parentKey: string;
  /** Below the path that a person named, with `/`; empty for that path itself. */
  readonly relative: string;
  /** Of the path that a person named. */
  readonly device: bigint;
  /** A pattern of what to include has it, and so all that is in it. */
  readonly isIncluded: boolean;
  /** Why it is only looked at, and not taken. */
  readonly leftOut?: LeftOut;
}

export const pathBelow = (directory: string, name: string): string =>
  directory.endsWith(path.sep) ? directory + name : directory + path.sep + name;

import type { JsonObject } from '../../../shared/domain/json.ts';
import type { Quoting } from './mbox-quoting.ts';

/** What a program knows of an mbox and keeps in another file. */
export interface Beside {
  /** Another text where it changed. */
  readonly token: string;
  /** How the program quotes, where no message's length is told. */
  readonly quoting: Quoting;
  /** Of the folder. */
  readonly metadata: JsonObject;
  /** Where messages lie with their separators, in order. Believed only if that is the whole file, without gaps. */
  readonly places: readonly { readonly at: number; readonly end: number }[];
  /** Of the message that is the `index`-th, and whose separator lies at `at`. */
  of(
    index: number,
    at: number,
  ): { readonly flags: readonly string[]; readonly keywords: readonly string[]; readonly uid: number } | undefined;
}

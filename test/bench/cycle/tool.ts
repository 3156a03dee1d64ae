import fs from 'node:fs';
import path from 'node:path';
import type { Corpus } from './corpora.ts';
import type { Command } from './measured.ts';

/** A backup program with a new, empty storage for one corpus. All commands are whole processes that a person would start. */
export interface Tool {
  readonly name: string;
  /** Makes the storage; not measured. */
  begin(): void;
  /** The same command for the first and for every later backup. */
  backup(): Command;
  /** The same with a key that is derived first, for a tool that need not do that in every command. */
  backupByPassword?(): Command;
  restore(into: string): Command;
  /** Reads everything, down to the last byte of content. */
  check(): Command;
  /**
   * Removes all moments but the newest, and takes what only they keep out of use. Strata leaves it in the trash for its grace; the
   * others delete at once.
   */
  purge(): Command;
  storedBytes(): number;
}

export interface ToolMaker {
  readonly name: string;
  readonly version: string;
  make(corpus: Corpus, scratch: string): Tool;
}

export function bytesBelow(folder: string): number {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

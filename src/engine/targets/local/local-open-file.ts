import { fileFailure, withFileFailure } from '../../kernel/file-failure.ts';
import type { FileHandle } from '../../kernel/file-system.ts';
import type { OpenFile } from '../target.ts';

interface NamingOfAside {
  finish(name: string): void;
  discard(): void;
}

/** A file that grows aside, and gets its name when it is durable. */
export class LocalOpenFile implements OpenFile {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #naming: NamingOfAside;

  constructor(path: string, file: FileHandle, naming: NamingOfAside) {
    this.#path = path;
    this.#file = file;
    this.#naming = naming;
  }

  append(bytes: Uint8Array): void {
    withFileFailure(this.#path, () => this.#file.write(bytes));
  }

  async seal(name: string): Promise<void> {
    try {
      await this.#file.syncInBackground();
      this.#file.close();
    } catch (error) {
      // Never sync again and believe it: after a failed sync the system may call the lost pages clean.
      this.abandon();
      throw fileFailure(error, this.#path);
    }
    this.#naming.finish(name);
  }

  abandon(): void {
    try {
      this.#file.close();
    } catch {
      // it is given up anyway
    }
    this.#naming.discard();
  }
}

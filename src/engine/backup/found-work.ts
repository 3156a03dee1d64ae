import type { FolderWork } from './work.ts';
import { WorkList } from './work-list.ts';

/** A list of work that is worked off while it still grows. */
export class FoundWork implements AsyncIterable<FolderWork> {
  readonly #list = new WorkList();
  #ending: { readonly error?: unknown } | undefined;
  #wake: () => void = () => undefined;

  get itemsToRead(): number {
    return this.#list.itemsToRead;
  }

  get bytesToRead(): number {
    return this.#list.bytesToRead;
  }

  add(work: FolderWork): void {
    this.#list.add(work);
    this.#wake();
  }

  /** Nothing more comes. With an error: because the search for it failed, which whoever works it off is told after the last. */
  end(ending: { readonly error?: unknown } = {}): void {
    this.#ending = ending;
    this.#wake();
  }

  /** To be gone through once. */
  async *[Symbol.asyncIterator](): AsyncGenerator<FolderWork> {
    for (let index = 0; ; index += 1) {
      while (index >= this.#list.length && this.#ending === undefined) await this.#more();
      const work = this.#list.take(index);
      if (work !== undefined) yield work;
      else if (this.#ending !== undefined && 'error' in this.#ending) throw this.#ending.error;
      else return;
    }
  }

  async #more(): Promise<void> {
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}

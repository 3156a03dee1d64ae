import type { PackWriter, SealedPack } from './pack-writer.ts';

/** How many packs may wait for the disk before storing waits, too. */
const mostUnsynced = 2;

/**
 * A succession of packs: one is being filled, the full ones become durable in the background.
 * The first failure stays: what was added before it may be lost, so nothing may be committed after it.
 */
export class PackLane {
  readonly #begin: () => PackWriter;
  readonly #packBytes: number;
  readonly #onSealed: (pack: SealedPack, writer: PackWriter) => void;
  readonly #unsynced = new Set<Promise<void>>();
  #open: PackWriter | undefined;
  #failure: { readonly error: unknown } | undefined;
  #sealedBytes = 0;

  constructor(begin: () => PackWriter, packBytes: number, onSealed: (pack: SealedPack, writer: PackWriter) => void) {
    this.#begin = begin;
    this.#packBytes = packBytes;
    this.#onSealed = onSealed;
  }

  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  get storedBytes(): number {
    return this.#sealedBytes + (this.#open?.sizeBytes ?? 0);
  }

  /** Lets `add` put a record into the open pack, and closes it when it is full. */
  add<T>(add: (pack: PackWriter) => T): T {
    this.throwIfFailed();
    try {
      this.#open ??= this.#begin();
      const result = add(this.#open);
      if (this.#open.sizeBytes >= this.#packBytes) this.close();
      return result;
    } catch (error) {
      this.#failure ??= { error };
      throw error;
    }
  }

  /** Seals the open pack, if there is one. */
  close(): void {
    const pack = this.#open;
    if (pack === undefined) return;
    this.#open = undefined;
    const sealing: Promise<void> = pack
      .seal()
      .then((sealed) => this.#onSealed(sealed, pack))
      .catch((error: unknown) => {
        this.#failure ??= { error };
        pack.abandon();
      })
      .finally(() => this.#unsynced.delete(sealing));
    this.#unsynced.add(sealing);
    this.#sealedBytes += pack.sizeBytes;
  }

  /** Waits while the disk is behind. */
  async keepPace(): Promise<void> {
    while (this.#unsynced.size > mostUnsynced) await Promise.race(this.#unsynced);
    this.throwIfFailed();
  }

  /** All that was added is durable, or it throws. */
  async durable(): Promise<void> {
    this.close();
    await Promise.all(this.#unsynced);
    this.throwIfFailed();
  }

  throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  abandon(): void {
    this.#failure ??= { error: new Error('the packs were given up') };
    this.#open?.abandon();
    this.#open = undefined;
  }
}

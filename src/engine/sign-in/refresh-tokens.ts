/** A place for one secret: an entry of the keychain, or of memory. */
export interface TokenPlace {
  read(): Promise<string | undefined>;
  /** In place of what is there. Where it is broken off, what was there may be gone as well. */
  write(token: string): Promise<void>;
  remove(): Promise<void>;
}

/** Gone with the process. */
export function inMemory(): TokenPlace {
  let kept: string | undefined;
  return {
    read: async () => kept,
    write: async (token) => void (kept = token),
    remove: async () => void (kept = undefined),
  };
}

/**
 * The one thing that a sign-in leaves. Many providers give a new one at each use and let the old one end, so losing the newest
 * means losing the sign-in. A new one is therefore written beside the old one first, and takes its place afterwards; where that
 * was broken off, both are there, and the newer one counts. One that could not be written stays in memory, and is written
 * before anything else is done.
 */
export class RefreshTokens {
  readonly #place: TokenPlace;
  readonly #beside: TokenPlace;
  #unwritten: string | undefined;

  constructor(place: TokenPlace, beside: TokenPlace) {
    this.#place = place;
    this.#beside = beside;
  }

  /** The newest first; the other one only where a change was broken off. Empty: nobody has signed in. */
  async all(): Promise<readonly string[]> {
    if (this.#unwritten !== undefined) await this.replace(this.#unwritten);
    const [newer, older] = [await this.#beside.read(), await this.#place.read()];
    return [...new Set([newer, older])].filter((token) => token !== undefined);
  }

  async replace(token: string): Promise<void> {
    this.#unwritten = token;
    await this.#beside.write(token);
    await this.#place.write(token);
    this.#unwritten = undefined;
    await this.#beside.remove();
  }

  async forget(): Promise<void> {
    this.#unwritten = undefined;
    await this.#beside.remove();
    await this.#place.remove();
  }
}

import type { Keychain } from '../kernel/keychain.ts';

/**
 * Secrets at hand: in the system's keychain, or in memory until the engine ends. Never anywhere else.
 * A keychain that fails to answer is not an empty one: the failure goes up and nothing is overwritten.
 */
export class Secrets {
  readonly #keychain: Keychain;
  readonly #memory = new Map<string, string>();

  constructor(keychain: Keychain) {
    this.#keychain = keychain;
  }

  async keep(account: string, secret: string, inKeychain: boolean): Promise<void> {
    if (inKeychain) await this.#keychain.write(account, secret);
    this.#memory.set(account, secret);
  }

  async read(account: string, inKeychain: boolean): Promise<string | undefined> {
    const kept = this.#memory.get(account);
    if (kept !== undefined || !inKeychain) return kept;
    const secret = await this.#keychain.read(account);
    if (secret !== undefined) this.#memory.set(account, secret);
    return secret;
  }

  isInMemory(account: string): boolean {
    return this.#memory.has(account);
  }

  forgetInMemory(account: string): void {
    this.#memory.delete(account);
  }

  async forget(account: string, inKeychain: boolean): Promise<void> {
    this.#memory.delete(account);
    if (inKeychain) await this.#keychain.remove(account);
  }
}

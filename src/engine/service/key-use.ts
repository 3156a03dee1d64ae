import type { StorageId } from '../../shared/domain/ids.ts';
import type { Parts } from './parts.ts';

interface Use {
  /** By slot. */
  readonly lastUsed: Readonly<Record<string, number>>;
  /** When a person last showed that they know a password. */
  readonly passwordTypedAtMs: number | null;
  /** The slot whose secret is in this computer's keychain. */
  readonly device: string | null;
}

const unused: Use = { lastUsed: {}, passwordTypedAtMs: null, device: null };

/** What this profile remembers of a storage's keys: which were used here, and when. Nothing that opens anything. */
export class KeyUse {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  of(id: StorageId): Use {
    const text = this.#parts.store.preference(nameOf(id));
    return text === undefined ? unused : { ...unused, ...(JSON.parse(text) as Partial<Use>) };
  }

  /** @param slot Undefined: none of them, or it is gone by now. */
  used(id: StorageId, slot: string | undefined, how: 'typed' | 'kept'): void {
    const use = this.of(id);
    const nowMs = this.#parts.clock.nowMs();
    this.#put(id, {
      ...use,
      lastUsed: slot === undefined ? use.lastUsed : { ...use.lastUsed, [slot]: nowMs },
      passwordTypedAtMs: how === 'typed' ? nowMs : use.passwordTypedAtMs,
    });
  }

  isDevice(id: StorageId, slot: string | null): void {
    this.#put(id, { ...this.of(id), device: slot });
  }

  forget(id: StorageId): void {
    this.#put(id, unused);
  }

  #put(id: StorageId, use: Use): void {
    this.#parts.store.setPreference(nameOf(id), JSON.stringify(use));
  }
}

const nameOf = (id: StorageId): string => `keys/${id}`;

import { type Facts, StrataError } from '../../shared/domain/strata-error.ts';
import type { Random } from '../kernel/random.ts';
import { passwordBytes, requireSoundCost } from './argon2.ts';
import { derive } from './derive.ts';
import { parseRecoveryKey } from './recovery-key.ts';
import { type ArgonCost, argonSaltBytes, keyBytes, nonceBytes, sealBytes, type Sodium } from './sodium.ts';
import { firstEpoch, type MasterKey, StorageKeys } from './storage-keys.ts';

/** A slot as it was read. `head` is all of it but the wrapped keys, and associated data of their wrapping. */
export interface SealedSlot {
  readonly kind: 'password' | 'recovery' | 'device';
  readonly cost: ArgonCost | null;
  readonly salt: Uint8Array;
  readonly nonce: Uint8Array;
  readonly head: Uint8Array;
  readonly wrapped: Uint8Array;
}

/** What a slot gives to whoever has its secret, and takes over to wipe. */
export interface OpenedSlot {
  readonly keys: StorageKeys;
  /** Opens the sheet of the recovery slot. Undefined in a device slot. */
  readonly sheetKey: Uint8Array | undefined;
}

const entryBytes = 4 + keyBytes;
/** No master key has it: epochs count from 1. */
const sheetEpoch = 0;

/** Wraps the master keys for one slot, once: salt and nonce are its own and cannot be given. */
export class SlotSealer {
  readonly salt: Uint8Array;
  readonly nonce: Uint8Array;
  readonly cost: ArgonCost | null;
  readonly #sodium: Sodium;
  #key: Uint8Array | undefined;

  /** Takes over the key. */
  constructor(sodium: Sodium, key: Uint8Array, salt: Uint8Array, nonce: Uint8Array, cost: ArgonCost | null) {
    this.#sodium = sodium;
    this.#key = key;
    this.salt = salt;
    this.nonce = nonce;
    this.cost = cost;
  }

  /** @param head The slot's bytes before the wrapped keys; they name this salt, nonce, and cost, and whether there is a sheet key. */
  wrap(keys: StorageKeys, head: Uint8Array, sheetKey?: Uint8Array): Uint8Array {
    const key = this.#key;
    if (key === undefined) throw new Error('a slot is sealed once');
    this.#key = undefined;
    const masters = [...keys.masters(), ...(sheetKey === undefined ? [] : [{ epoch: sheetEpoch, key: sheetKey }])];
    const plain = new Uint8Array(masters.length * entryBytes);
    const view = new DataView(plain.buffer, plain.byteOffset, plain.length);
    masters.forEach((master, index) => {
      view.setUint32(index * entryBytes, master.epoch, true);
      plain.set(master.key, index * entryBytes + 4);
    });
    const wrapped = new Uint8Array(plain.length + sealBytes);
    this.#sodium.seal(wrapped, plain, head, this.nonce, key);
    this.#sodium.wipe(plain);
    this.#sodium.wipe(key);
    return wrapped;
  }
}

/** Seals the slot of a new password, and opens it again as whoever types that password will. */
export interface PasswordSealing {
  readonly sealer: SlotSealer;
  /** With a key that was stretched by itself, once. Undefined: whoever types the password would not get in. */
  reopen(slot: SealedSlot): Promise<OpenedSlot | undefined>;
}

/**
 * @param cost From `calibratedCost`; tests take `floorCost`.
 * @param order Whether both keys are stretched at once, which takes half as long and twice the memory.
 */
export async function passwordSealing(
  sodium: Sodium,
  random: Random,
  password: string,
  cost: ArgonCost,
  order: 'at-once' | 'one-by-one',
): Promise<PasswordSealing> {
  requireSoundCost(cost, { file: 'a new slot' });
  const salt = random.bytes(argonSaltBytes);
  const own = Uint8Array.from(salt);
  const first = passwordKey(sodium, password, salt, cost);
  const again = (order === 'at-once' ? Promise.resolve() : first).then(() => passwordKey(sodium, password, own, cost));
  again.catch(() => undefined); // told to whoever opens
  const key = await first;
  return {
    sealer: new SlotSealer(sodium, key, salt, random.bytes(nonceBytes), cost),
    async reopen(slot) {
      const isFor = slot.kind === 'password' && Buffer.compare(slot.salt, own) === 0 && isSameCost(slot.cost, cost);
      return isFor ? unwrap(sodium, slot, await again) : undefined;
    },
  };
}

const isSameCost = (slot: ArgonCost | null, { memoryKiB, passes }: ArgonCost): boolean =>
  slot?.memoryKiB === memoryKiB && slot.passes === passes;

/** @param recoveryKey 32 bytes of `newRecoveryKey`. No Argon2id: they cannot be guessed. */
export function recoverySealer(sodium: Sodium, random: Random, recoveryKey: Uint8Array): SlotSealer {
  const salt = random.bytes(argonSaltBytes);
  return new SlotSealer(sodium, derive(sodium, recoveryKey, 'slot-recovery', salt), salt, random.bytes(nonceBytes), null);
}

/** @param secret 32 bytes of `newDeviceSecret`. */
export function deviceSealer(sodium: Sodium, random: Random, secret: Uint8Array): SlotSealer {
  const salt = random.bytes(argonSaltBytes);
  return new SlotSealer(sodium, derive(sodium, secret, 'slot-device', salt), salt, random.bytes(nonceBytes), null);
}

/** @param facts Where the slot lies (`path`, `file`). Fails with `storage.wrong-password`: a damaged slot never came so far. */
export async function openWithPassword(sodium: Sodium, slot: SealedSlot, password: string, facts: Facts): Promise<OpenedSlot> {
  if (slot.kind !== 'password' || slot.cost === null) throw new RangeError('not a password slot');
  requireSoundCost(slot.cost, facts);
  const key = await passwordKey(sodium, password, slot.salt, slot.cost);
  const opened = unwrap(sodium, slot, key);
  if (opened === undefined) throw new StrataError('storage.wrong-password', 'after-user-action', hintAt(password));
  return opened;
}

/** Of what was typed alone: it tells nothing of the password. Forms that would fit are never tried. */
const hintAt = (password: string): Facts => (password.trim() === password ? {} : { hint: 'spaces' });

/** Fails with `storage.recovery-key-malformed` for what is no key at all, `storage.wrong-recovery-key` for another's. */
export function openWithRecoveryKey(sodium: Sodium, slot: SealedSlot, words: string): OpenedSlot {
  if (slot.kind !== 'recovery') throw new RangeError('not a recovery slot');
  const recoveryKey = parseRecoveryKey(words);
  const key = derive(sodium, recoveryKey, 'slot-recovery', slot.salt);
  sodium.wipe(recoveryKey);
  const opened = unwrap(sodium, slot, key);
  if (opened === undefined) throw new StrataError('storage.wrong-recovery-key', 'after-user-action');
  return opened;
}

/** Undefined: it is another device's. */
export function openWithDeviceSecret(sodium: Sodium, slot: SealedSlot, secret: Uint8Array): OpenedSlot | undefined {
  if (slot.kind !== 'device') throw new RangeError('not a device slot');
  return unwrap(sodium, slot, derive(sodium, secret, 'slot-device', slot.salt));
}

async function passwordKey(sodium: Sodium, password: string, salt: Uint8Array, cost: ArgonCost): Promise<Uint8Array> {
  const bytes = passwordBytes(password);
  const stretched = new Uint8Array(keyBytes);
  await sodium.argon2id(stretched, bytes, salt, cost).catch((cause: unknown) => {
    // Lengths and bounds are right, so libsodium has only one reason left.
    throw new StrataError('storage.too-little-memory', 'later', { mebibytes: Math.ceil(cost.memoryKiB / 1024) }, { cause });
  });
  const key = derive(sodium, stretched, 'slot-password');
  sodium.wipe(bytes);
  sodium.wipe(stretched);
  return key;
}

/** Takes over the key. Undefined: it is not the slot's. */
function unwrap(sodium: Sodium, slot: SealedSlot, key: Uint8Array): OpenedSlot | undefined {
  const plain = new Uint8Array(Math.max(0, slot.wrapped.length - sealBytes));
  const isRight = slot.wrapped.length >= sealBytes && sodium.open(plain, slot.wrapped, slot.head, slot.nonce, key);
  sodium.wipe(key);
  if (!isRight) return undefined;
  const entries = entriesOf(plain);
  sodium.wipe(plain);
  return {
    keys: new StorageKeys(
      sodium,
      entries.filter(({ epoch }) => epoch >= firstEpoch),
    ),
    sheetKey: entries.find(({ epoch }) => epoch === sheetEpoch)?.key,
  };
}

function entriesOf(plain: Uint8Array): MasterKey[] {
  const view = new DataView(plain.buffer, plain.byteOffset, plain.length);
  return Array.from({ length: plain.length / entryBytes }, (_, index) => {
    const key = plain.slice(index * entryBytes + 4, (index + 1) * entryBytes);
    return { epoch: view.getUint32(index * entryBytes, true), key };
  });
}

import { StrataError } from '../../shared/domain/strata-error.ts';
import {
  deviceSealer,
  type OpenedSlot,
  openSheet,
  openSodium,
  openWithDeviceSecret,
  openWithRecoveryKey,
  type PasswordSealing,
  recoveryKeyWords,
  recoverySealer,
  type SlotSealer,
  type Sodium,
} from '../crypto/index.ts';
import { type ParsedSlot, parseSlot } from '../format/index.ts';
import type { Random } from '../kernel/random.ts';
import { encodeSlot, type NewSlot } from './key-slots.ts';

/**
 * Files of new slots, each opened again from its bytes with what a person or a keychain will have: one that does not open must never be
 * in force, and memory that fails while a key is stretched or sealed is noticed only here.
 */
const origin = { path: '', file: 'a new slot' };

export async function passwordSlot({ sealer, reopen }: PasswordSealing, slot: NewSlot): Promise<Uint8Array> {
  return proved(await openSodium(), sealer, slot, (_, parsed) => reopen(parsed));
}

export async function recoverySlot(random: Random, recoveryKey: Uint8Array, slot: NewSlot): Promise<Uint8Array> {
  const sodium = await openSodium();
  const sealer = recoverySealer(sodium, random, recoveryKey);
  const words = recoveryKeyWords(recoveryKey);
  const file = await proved(sodium, sealer, { ...slot, recoveryKey }, (_, parsed) => openWithRecoveryKey(sodium, parsed, words));
  const { sheetKey } = slot;
  if (sheetKey === undefined) return file;
  const parsed = parseSlot(file, origin);
  const shown = parsed.sheet === null ? undefined : openSheet(sodium, parsed, parsed.sheet, sheetKey);
  if (shown === undefined || Buffer.compare(shown, recoveryKey) !== 0) throw unproved();
  sodium.wipe(shown);
  return file;
}

export async function deviceSlot(random: Random, secret: Uint8Array, slot: NewSlot): Promise<Uint8Array> {
  const sodium = await openSodium();
  return proved(sodium, deviceSealer(sodium, random, secret), slot, (_, parsed) => openWithDeviceSecret(sodium, parsed, secret));
}

async function proved(
  sodium: Sodium,
  sealer: SlotSealer,
  slot: NewSlot,
  open: (sodium: Sodium, parsed: ParsedSlot) => OpenedSlot | undefined | Promise<OpenedSlot | undefined>,
): Promise<Uint8Array> {
  const file = encodeSlot(sodium, sealer, slot);
  const opened = await Promise.resolve()
    .then(() => open(sodium, parseSlot(file, origin)))
    .catch((cause: unknown) => {
      throw unproved(cause);
    });
  if (opened === undefined) throw unproved();
  const probe = new Uint8Array(1);
  const isSame = opened.keys.chunkId(probe) === slot.keys.chunkId(probe);
  opened.keys.wipe();
  if (opened.sheetKey !== undefined) sodium.wipe(opened.sheetKey);
  if (!isSame) throw unproved();
  return file;
}

const unproved = (cause?: unknown): StrataError =>
  new StrataError('storage.verify-failed', 'later', { record: 'slot' }, { cause });

import type { Random } from '../kernel/random.ts';
import { derive } from './derive.ts';
import { keyBytes, sealBytes, type Sodium } from './sodium.ts';

interface SlotOfSheet {
  readonly salt: Uint8Array;
  readonly nonce: Uint8Array;
}

/** One for all password slots and the recovery slot of a storage: whoever has a password is shown the recovery key again. */
export const newSheetKey = (random: Random): Uint8Array => random.bytes(keyBytes);

/** @param before All of the recovery slot before its sheet. */
export function sealSheet(
  sodium: Sodium,
  slot: SlotOfSheet,
  before: Uint8Array,
  sheetKey: Uint8Array,
  recoveryKey: Uint8Array,
): Uint8Array {
  const key = derive(sodium, sheetKey, 'slot-sheet', slot.salt);
  const sealed = new Uint8Array(recoveryKey.length + sealBytes);
  sodium.seal(sealed, recoveryKey, before, slot.nonce, key);
  sodium.wipe(key);
  return sealed;
}

/** The recovery key, which the caller wipes; undefined when the sheet is not of this sheet key. */
export function openSheet(
  sodium: Sodium,
  slot: SlotOfSheet,
  sheet: { readonly before: Uint8Array; readonly sealed: Uint8Array },
  sheetKey: Uint8Array,
): Uint8Array | undefined {
  const key = derive(sodium, sheetKey, 'slot-sheet', slot.salt);
  const recoveryKey = new Uint8Array(keyBytes);
  const isGenuine = sodium.open(recoveryKey, sheet.sealed, sheet.before, slot.nonce, key);
  sodium.wipe(key);
  return isGenuine ? recoveryKey : undefined;
}

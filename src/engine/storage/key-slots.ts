import type { StorageId } from '../../shared/domain/ids.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { sealSheet, type SlotSealer, type Sodium, type StorageKeys } from '../crypto/index.ts';
import {
  copyName,
  decodeSlotNote,
  encodeSlotHead,
  encodeSlotNote,
  joinSlot,
  limits,
  type ParsedSlot,
  parseSlot,
  parseSlotName,
  type SlotKind,
  slotName,
} from '../format/index.ts';
import type { Log } from '../kernel/log.ts';
import { newId, type Random } from '../kernel/random.ts';
import type { Target } from '../targets/target.ts';

export interface SlotOnTarget {
  readonly name: string;
  readonly slot: ParsedSlot;
  /** The file as it is. */
  readonly bytes: Uint8Array;
  /** Which of the two files have to be made anew. */
  readonly broken: readonly string[];
}

export interface Slots {
  readonly whole: readonly SlotOnTarget[];
  /** Slots of which neither copy can be read. */
  readonly damaged: readonly StrataError[];
}

export interface NewSlot {
  readonly kind: SlotKind;
  readonly label: string;
  readonly storage: StorageId;
  readonly createdAtMs: number;
  readonly keys: StorageKeys;
  readonly sheetKey?: Uint8Array;
  /** Of a recovery slot: shown again to whoever has the sheet key. */
  readonly recoveryKey?: Uint8Array;
}

export function encodeSlot(sodium: Sodium, sealer: SlotSealer, slot: NewSlot): Uint8Array {
  const { keys, sheetKey, recoveryKey } = slot;
  const { salt, nonce, cost } = sealer;
  const hasSheetKey = sheetKey !== undefined;
  const head = encodeSlotHead({ ...slot, cost, salt, nonce, keys: keys.masters().length, hasSheetKey });
  const wrapped = Buffer.concat([head, sealer.wrap(keys, head, sheetKey)]);
  const noted = Buffer.concat([wrapped, keys.sealNote(sealer, wrapped, encodeSlotNote(slot.label))]);
  if (sheetKey === undefined || recoveryKey === undefined) return joinSlot(noted);
  return joinSlot(noted, sealSheet(sodium, sealer, noted, sheetKey, recoveryKey));
}

/** Durable in both of its copies, and read back from the disk. Gives its name. */
export function putSlot(target: Target, random: Random, file: Uint8Array): string {
  const name = slotName(newId<string>(random));
  const files = [name, copyName(name)];
  for (const each of files) target.put(each, file);
  if (files.every((each) => Buffer.compare(target.read(each), file) === 0)) return name;
  for (const each of files) target.remove(each);
  throw new StrataError('storage.verify-failed', 'later', { record: name });
}

/** What tells a slot from others: its name without folder and ending. */
export const slotId = (name: string): string => parseSlotName(name) ?? name;

/** Two whole copies that differ are both kept: somebody changed one, and unlocking tells which is right. */
export function readSlots(target: Target): Slots {
  const names = new Set<string>();
  for (const name of [...target.list('keys'), ...target.list(copyName('keys'))]) {
    const slot = parseSlotName(name);
    if (slot !== undefined) names.add(slotName(slot));
  }
  if (names.size > limits.slots) {
    throw new StrataError('storage.limit-exceeded', 'never', { path: target.label, file: 'keys', what: 'slots' });
  }
  const whole: SlotOnTarget[] = [];
  const damaged: StrataError[] = [];
  for (const name of names) {
    const files = [name, copyName(name)];
    const read = files.map((file) => readSlot(target, file));
    const good = read.filter((result): result is ReadSlot => !(result instanceof StrataError));
    const different = good.filter(({ bytes }, index) => index === 0 || Buffer.compare(bytes, good[0]?.bytes ?? bytes) !== 0);
    const broken = files.filter((_, index) => read[index] instanceof StrataError);
    for (const slot of different) whole.push({ name, ...slot, broken });
    if (good.length === 0) damaged.push(read[0] as StrataError);
  }
  return { whole, damaged };
}

interface ReadSlot {
  readonly slot: ParsedSlot;
  readonly bytes: Uint8Array;
}

function readSlot(target: Target, file: string): ReadSlot | StrataError {
  const origin = { path: target.label, file };
  const size = target.size(file);
  if (size === undefined) return new StrataError('storage.damaged', 'never', { ...origin, reason: 'missing' });
  if (size > limits.slotBytes) return new StrataError('storage.limit-exceeded', 'never', { ...origin });
  try {
    const bytes = target.read(file);
    return { slot: parseSlot(bytes, origin), bytes };
  } catch (error) {
    if (!isStrataError(error)) throw error;
    return error;
  }
}

/** Under a write lock. A wrong copy makes room for the good one: both claim to be the same bytes. */
export function mendSlots(target: Target, log: Log): void {
  for (const { bytes, broken } of readSlots(target).whole) {
    for (const file of broken) {
      target.remove(file);
      target.put(file, bytes);
      log.warn('storage.copy-mended', { file });
    }
  }
}

export interface StorageSlot extends SlotOnTarget {
  readonly label: string;
  /** Made by somebody with the master keys: its note says so. Slots of early versions have none. */
  readonly isGenuine: boolean;
}

/** What somebody put there who did not have the master keys is left out. */
export function slotsOf(target: Target, storage: StorageId, keys: StorageKeys): StorageSlot[] {
  return readSlots(target).whole.flatMap((found): StorageSlot[] => {
    const { slot } = found;
    if (slot.storage !== storage) return [];
    if (slot.note === null) return [{ ...found, label: '', isGenuine: false }];
    const note = keys.openNote(slot, slot.note);
    return note === undefined ? [] : [{ ...found, label: decodeSlotNote(note), isGenuine: true }];
  });
}

/** Whether a change of the password broke off between the two: a newer one has the same name. */
export const isReplaced = ({ slot, label }: StorageSlot, slots: readonly StorageSlot[]): boolean =>
  slot.kind === 'password' &&
  slots.some(
    (other) =>
      other.isGenuine && other.slot.kind === 'password' && other.label === label && other.slot.createdAtMs > slot.createdAtMs,
  );

/** Whether the storage got a new master key that these keys lack. A recovery slot alone is a change that broke off. */
export function hasNewerKey(slots: readonly StorageSlot[], keys: StorageKeys): boolean {
  return slots.some(({ slot, isGenuine }) => isGenuine && slot.kind === 'password' && slot.keys > keys.masters().length);
}

/** The copy first: mending makes it anew, so that a slot whose move broke off is there as it was. */
export function trashSlot(target: Target, name: string, nowMs: number): void {
  const folder = `trash/${new Date(nowMs).toISOString().slice(0, 10)}`;
  for (const file of [copyName(name), name]) if (target.size(file) !== undefined) target.move(file, `${folder}/${file}`);
}

/** Under a write lock: finishes a new master key that broke off when it was in force and the slots without it were still there. */
export function trashOlderSlots(target: Target, storage: StorageId, keys: StorageKeys, nowMs: number): void {
  const slots = slotsOf(target, storage, keys);
  const newest = keys.masters().length;
  if (!slots.some(({ slot, isGenuine }) => isGenuine && slot.kind === 'password' && slot.keys === newest)) return;
  for (const { name, slot } of slots) if (slot.keys < newest) trashSlot(target, name, nowMs);
}

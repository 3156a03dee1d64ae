import type { StorageId } from '../../shared/domain/ids.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { openWithPassword, openWithRecoveryKey, type SlotSealer, type Sodium, type StorageKeys } from '../crypto/index.ts';
import {
  copyName,
  encodeSlotHead,
  joinSlot,
  limits,
  type ParsedSlot,
  parseSlot,
  parseSlotName,
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

export function putSlot(
  target: Target,
  kind: 'password' | 'recovery',
  sealer: SlotSealer,
  keys: StorageKeys,
  slot: { readonly storage: StorageId; readonly createdAtMs: number; readonly random: Random },
): void {
  const { salt, nonce, cost } = sealer;
  const { storage, createdAtMs } = slot;
  const head = encodeSlotHead({ kind, cost, storage, createdAtMs, salt, nonce, keys: keys.masters().length });
  const file = joinSlot(head, sealer.wrap(keys, head));
  const name = slotName(newId<string>(slot.random));
  target.put(name, file);
  target.put(copyName(name), file);
}

/** Two whole copies that differ are both kept: somebody changed one, and unlocking tells which is right. */
export function readSlots(target: Target): Slots {
  const names = new Set<string>();
  for (const name of [...target.list('keys'), ...target.list(copyName('keys'))]) {
    const slot = parseSlotName(name);
    if (slot !== undefined) names.add(slotName(slot));
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

/** Tries each slot of the kind. A wrong secret is told from damage: only a whole slot that does not open means the former. */
export async function unlockWith(
  target: Target,
  storage: StorageId,
  sodium: Sodium,
  unlock: { readonly by: 'password'; readonly password: string } | { readonly by: 'recovery-key'; readonly recoveryKey: string },
): Promise<StorageKeys> {
  const { whole, damaged } = readSlots(target);
  const kind = unlock.by === 'password' ? 'password' : 'recovery';
  let wrong: StrataError | undefined;
  for (const { slot, name } of whole) {
    if (slot.kind !== kind || slot.storage !== storage) continue;
    try {
      if (unlock.by === 'password')
        return await openWithPassword(sodium, slot, unlock.password, { path: target.label, file: name });
      return openWithRecoveryKey(sodium, slot, unlock.recoveryKey);
    } catch (error) {
      if (!isStrataError(error) || !isWrongSecret(error)) throw error;
      wrong = error;
    }
  }
  throw (
    wrong ??
    damaged[0] ??
    new StrataError('storage.damaged', 'never', { path: target.label, file: 'keys', reason: `no ${kind} slot` })
  );
}

const isWrongSecret = ({ code }: StrataError): boolean =>
  code === 'storage.wrong-password' || code === 'storage.wrong-recovery-key';

import type { Machine } from '../kernel/machine.ts';

export const lockPurposes = [
  'backup',
  'restore',
  'check',
  'rebuild',
  'mirror',
  'retention',
  'prune',
  'purge',
  'repair',
  'keys',
  'adopt',
] as const;
export type LockPurpose = (typeof lockPurposes)[number];
export const lockModes = ['read', 'write', 'exclusive'] as const;
export type LockMode = (typeof lockModes)[number];

/** What a lock file says. Readable by anybody who can read the target: it holds nothing of the storage. */
export interface LockFile {
  readonly uuid: string;
  readonly machineId: string;
  readonly hostName: string;
  readonly bootId: string;
  readonly pid: number;
  readonly processStart: string;
  readonly purpose: LockPurpose;
  readonly mode: LockMode;
  /** The owner's wall clock. For people only: clocks of other machines are never compared. */
  readonly sinceMs: number;
  /** Grows with every heartbeat. */
  readonly counter: number;
}

export const lockLimitBytes = 4096;
export const lockName = (uuid: string): string => `locks/${uuid}.lock`;

export function encodeLock(lock: LockFile): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(lock)}\n`);
}

/** Undefined for whatever is no whole lock file. */
export function parseLock(bytes: Uint8Array): LockFile | undefined {
  try {
    const lock = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as LockFile;
    const texts = [lock.uuid, lock.machineId, lock.hostName, lock.bootId, lock.processStart];
    const numbers = [lock.pid, lock.sinceMs, lock.counter];
    const isWhole =
      texts.every((text) => typeof text === 'string') &&
      numbers.every((number) => Number.isSafeInteger(number)) &&
      lockPurposes.includes(lock.purpose) &&
      lockModes.includes(lock.mode);
    return isWhole ? lock : undefined;
  } catch {
    return undefined; // torn by a crash where the file system has no hard links, or no lock at all; the reader decides by age
  }
}

const excludedBy: Readonly<Record<LockMode, readonly LockMode[]>> = {
  read: ['exclusive'],
  write: ['write', 'exclusive'],
  exclusive: ['read', 'write', 'exclusive'],
};

export const excludes = (held: LockMode, wanted: LockMode): boolean => excludedBy[wanted].includes(held);

export type Whereabouts = 'here' | 'alive' | 'gone' | 'elsewhere';

/** What this computer knows of the process that holds a lock. `here`: it is this one. `elsewhere`: nothing can be known. */
export function whereaboutsOf(lock: LockFile, machine: Machine, heldHere: ReadonlySet<string>): Whereabouts {
  if (heldHere.has(lock.uuid)) return 'here';
  if (isOrphan(lock, machine, heldHere)) return 'gone';
  const isSameStart = lock.machineId === machine.machineId && lock.bootId === machine.bootId && lock.bootId !== '';
  return isSameStart ? 'alive' : 'elsewhere';
}

/**
 * Nobody can hold it any more: its process is dead, or is this one and has no such lock (`heldHere`: releasing it failed once).
 * A machine that was started anew ended all that ran before; and should a copied profile make two machines look like one, the
 * loser fails at its next commit and harms nothing.
 */
export function isOrphan(lock: LockFile, machine: Machine, heldHere: ReadonlySet<string>): boolean {
  if (lock.machineId !== machine.machineId) return false;
  const isBooted = lock.bootId === machine.bootId;
  if (isBooted && lock.pid === machine.pid && lock.processStart === machine.processStart) return !heldHere.has(lock.uuid);
  if (lock.bootId === '' || machine.bootId === '') return false;
  return !isBooted || !machine.isAlive(lock.pid, lock.processStart);
}

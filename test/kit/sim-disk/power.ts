import type { SimFileSystem } from '../sim-file-system.ts';

export interface SimOperation {
  readonly kind:
    | 'create'
    | 'write'
    | 'sync'
    | 'link'
    | 'rename'
    | 'unlink'
    | 'makeDirectory'
    | 'removeDirectory'
    | 'syncDirectory'
    | 'symlink'
    | 'setMode'
    | 'setOwner'
    | 'setTimes';
  readonly path: string;
  /** From 1. */
  readonly number: number;
}

/** The power went out: thrown by the hook of {@link cutPowerAt}, and by every operation after it. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

/** Power fails before the operation of that number, counted from now. The answer tells whether it came to that. */
export function cutPowerAt(files: SimFileSystem, number: number): { readonly isCut: boolean } {
  const last = files.operations + number;
  const power = { isCut: false };
  files.onOperation((operation) => {
    power.isCut ||= operation.number >= last;
    if (power.isCut) throw new PowerCut();
  });
  return power;
}

/** Thrown by a hook: the disk writes half of what it was given, and then says that it is full. */
export class ShortWrite extends Error {
  readonly code = 'ENOSPC';
}

export function failed(code: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${path}`), { code, path });
}

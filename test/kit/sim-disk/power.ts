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

interface Operated {
  readonly operations: number;
  onOperation(before: (operation: SimOperation) => void): void;
}

/** Power fails before the operation of that number, counted from now. The answer tells whether it came to that. */
export function cutPowerAt(files: Operated, number: number): { readonly isCut: boolean } {
  const last = files.operations + number;
  const power = { isCut: false };
  files.onOperation((operation) => {
    power.isCut ||= operation.number >= last;
    if (power.isCut) throw new PowerCut();
  });
  return power;
}

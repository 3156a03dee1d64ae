import os from 'node:os';
import type { Log } from './log.ts';

/**
 * Lets everything else on the computer go first. Linux: a nice value of 10, which threads that are started later inherit, and from which the
 * system derives the priority of reading and writing where its scheduler has one (ioprio_set(2)). macOS: the same value, for the processor.
 * Windows: the class below normal. Raising it again is a right that programs do not have, so it holds until the process ends.
 */
export function standBack(log: Log): void {
  try {
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    // A sandbox may forbid it. Then the system shares as it does for everybody.
    log.warn('priority.not-lowered', { error: error instanceof Error ? error.name : 'unknown' });
  }
}

import { headerNames } from '../../format/index.ts';
import type { PackFiles } from '../pack-files.ts';

/** A disk that gives nothing at all has not damaged a file: it is about to go. */
export function requireDisk(target: PackFiles): void {
  let failure: Error | undefined;
  for (const name of headerNames) {
    const sizeBytes = target.size(name);
    if (sizeBytes === undefined) continue;
    try {
      target.readRange(name, 0, sizeBytes);
      return;
    } catch (error) {
      failure = error as Error;
    }
  }
  if (failure !== undefined) throw failure;
}

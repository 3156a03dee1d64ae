import { limits } from './limits.ts';

/** Fixed when a storage is created and kept in its header: other parameters would find no duplicate of what is there. */
export interface ChunkerParameters {
  /** 1: keyed 64-bit gear, normalized. */
  readonly algorithm: number;
  /** Bits by which a cut is harder before the average and easier after it. */
  readonly normalization: number;
  readonly minBytes: number;
  readonly averageBytes: number;
  readonly maxBytes: number;
}

/**
 * About 1 MiB measured as well as 256 KiB and 64 KiB (4.1, 4.1, 4.7 s; 409, 405, 403 MB on the same files) with fewer rows to
 * keep. What is shorter than the minimum is one chunk by nature and travels in a bundle.
 */
export const defaultChunking: ChunkerParameters = {
  algorithm: 1,
  normalization: 2,
  minBytes: 512 * 1024,
  averageBytes: 1024 * 1024,
  maxBytes: 4 * 1024 * 1024,
};

/** Hostile parameters must not make a chunker that never cuts or wants all memory. */
export function requireSoundParameters(parameters: ChunkerParameters, complain: (reason: string) => Error): void {
  const { algorithm, normalization, minBytes, averageBytes, maxBytes } = parameters;
  if (algorithm !== 1) throw complain('unknown chunker');
  if (normalization > 4) throw complain('chunker normalization');
  const isSound = minBytes >= 64 && averageBytes > minBytes && maxBytes > averageBytes && maxBytes <= limits.plainBytes / 4;
  if (!isSound) throw complain('chunker sizes');
}

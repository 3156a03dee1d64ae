import { createHash, hash } from 'node:crypto';

/**
 * Names files, so that anybody can check them with any tool, without a key. At once and not through an object: four times as fast
 * for small contents.
 */
export const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

export const sha256Hex = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex');

export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** Ends it. */
  hex(): string;
}

/** Of a file that is written bit by bit. */
export function sha256Hasher(): Sha256 {
  const hash = createHash('sha256');
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    hex: () => hash.digest('hex'),
  };
}

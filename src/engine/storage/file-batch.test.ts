import { expect, it } from 'vitest';
import { packBatch, unpackBatch } from './file-batch.ts';

it('arrives in a thread as it was sent: inodes of 64 bits, times before 1970, odd names, and what was not asked for', () => {
  const seen = { kind: 'file', sizeBytes: 2 ** 40, modifyNs: -1n, inode: 2n ** 64n - 1n, describe: 'message' } as const;
  const batch = {
    group: 'a source',
    describe: 'message' as const,
    files: [
      { ...seen, path: '/a/\uDC80 \u{1F600}', changeNs: 2n ** 62n },
      { ...seen, path: '', sizeBytes: 0, inode: 0n },
      { ...seen, path: '/b', changeNs: -5n },
    ],
  };
  expect(unpackBatch(structuredClone(packBatch(batch)))).toEqual(batch);
});

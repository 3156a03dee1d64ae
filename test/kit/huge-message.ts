import type { createHash } from 'node:crypto';
import type { Destination } from '../../src/engine/sources/destination.ts';
import { seededRandom } from './seeded-random.ts';
import { plainMessage } from './test-messages.ts';

export const mebibyte = 1024 * 1024;
type Hash = ReturnType<typeof createHash>;

/** Base64 in lines, other bytes in every piece of a mebibyte: as a huge attachment is, and nothing that is stored twice. */
export function* hugeMessage(pieces: number, hash: Hash): Generator<Buffer> {
  for (const piece of piecesOf(pieces)) {
    hash.update(piece);
    yield piece;
  }
}

function* piecesOf(pieces: number): Generator<Buffer> {
  const { bytes } = seededRandom(1);
  const head = Buffer.from(plainMessage(1, ''));
  yield Buffer.concat([head, Buffer.alloc(mebibyte - head.length, 'x'.repeat(76).concat('\r\n'))]);
  for (let piece = 1; piece < pieces; piece += 1) {
    const lines = Buffer.from(bytes((mebibyte / 4) * 3))
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n');
    yield Buffer.from(lines.slice(0, mebibyte));
  }
}

/** Keeps nothing of a message but its digest. */
export const hashing = (hash: Hash): Destination => ({
  label: 'memory',
  open: () =>
    Promise.resolve({
      probe: () => Promise.resolve('absent'),
      async write(item) {
        if (item.manifest.kind === 'message' && item.content !== undefined)
          for await (const chunk of item.content()) hash.update(chunk);
        return {};
      },
      finish: () => Promise.resolve(),
      close: () => Promise.resolve(),
    }),
});

/** What the process takes of the machine's memory while something goes on. */
export async function peakMemory<T>(
  action: () => Promise<T>,
): Promise<{ readonly value: T; readonly before: number; readonly peak: number }> {
  const before = process.memoryUsage().rss;
  let peak = before;
  const looking = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  try {
    return { value: await action(), before, peak };
  } finally {
    clearInterval(looking);
  }
}

export const inMebibytes = (bytes: number): string => `${Math.round(bytes / mebibyte)} MiB`;

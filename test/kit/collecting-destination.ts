import type { Destination, RestoreItem } from '../../src/engine/sources/destination.ts';

/** Writes nowhere and remembers what it was given: what a storage has, read the way a restore reads it. */
export function collectingDestination(take: (item: RestoreItem, bytes: Buffer | undefined) => void): Destination {
  return {
    label: 'memory',
    open: () =>
      Promise.resolve({
        probe: () => Promise.resolve('absent'),
        async write(item) {
          take(item, item.content === undefined ? undefined : await whole(item.content()));
          return {};
        },
        finish: () => Promise.resolve(),
        close: () => Promise.resolve(),
      }),
  };
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk.slice()); // its memory is used again for the next
  return Buffer.concat(parts);
}

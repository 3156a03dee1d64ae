/** What was unpacked lies in room for one byte more (compress.ts). */
const unpackingSpare = 1;

/**
 * Gives memory back at once instead of when garbage is collected: each thread would keep tens of megabytes of large arrays until
 * then. Whoever still looks at it sees nothing any more. What shares its memory with others (small buffers do) is left alone.
 */
export function freeMemory({ buffer, length }: Uint8Array): void {
  if (buffer.byteLength > length + unpackingSpare || buffer instanceof SharedArrayBuffer) return;
  const owner = buffer as ArrayBuffer & { transfer?: (length: number) => ArrayBuffer };
  // Older Nodes have no such call: then it is garbage like any other.
  owner.transfer?.(0);
}

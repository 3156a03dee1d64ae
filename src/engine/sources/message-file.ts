import type { Manifest } from '../../shared/domain/item.ts';
import type { FileProperties } from './file-properties.ts';

/** A message as a file: for its owner only, and as old as the server says it is. Its flags have no place in an `.eml` file. */
export const messageProperties = (manifest: Manifest): FileProperties => ({
  type: 'file',
  mode: 0o600,
  uid: process.getuid?.() ?? 0,
  gid: process.getgid?.() ?? 0,
  modifyNs: BigInt(messageTimeMsOf(manifest)) * 1_000_000n,
});

/** When the server got it, else what its header says, else the beginning of time. */
export function messageTimeMsOf({ metadata, summary }: Pick<Manifest, 'metadata' | 'summary'>): number {
  const internalDate = metadata['internalDate'];
  const receivedMs = typeof internalDate === 'string' ? Date.parse(internalDate) : Number.NaN;
  return Number.isNaN(receivedMs) ? (summary.timeMs ?? 0) : receivedMs;
}

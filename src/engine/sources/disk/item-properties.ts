import type { Manifest } from '../../../shared/domain/item.ts';
import { type FileProperties, propertiesFromMetadata } from '../file-properties.ts';
import { messageProperties } from '../message-file.ts';

/** What a file is to have beside its bytes. */
export const fileProperties = (manifest: Manifest): FileProperties =>
  manifest.kind === 'message'
    ? messageProperties(manifest)
    : (propertiesFromMetadata(manifest.metadata) ?? bareProperties(manifest));

/** Of a file whose properties could not be read when it was saved. */
const bareProperties = (manifest: Manifest): FileProperties => ({
  type: 'file',
  mode: 0o600,
  uid: process.getuid?.() ?? 0,
  gid: process.getgid?.() ?? 0,
  modifyNs: BigInt(manifest.summary.timeMs ?? 0) * 1_000_000n,
});

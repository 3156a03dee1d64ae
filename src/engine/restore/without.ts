import type { Manifest } from '../../shared/domain/item.ts';
import type { RestorePart } from '../../shared/domain/restore-parts.ts';

/** Rights of what somebody makes anew: all that a person may do who is nobody special, and no more. */
const usualMode = { folder: 0o755, program: 0o755, file: 0o644 };
const mayRun = 0o111;

export const isLeftOut = ({ kind }: Manifest, without: readonly RestorePart[]): boolean =>
  kind !== 'folder' && without.includes('items');

/** An item without the parts that nobody wants of it. */
export function lacking(manifest: Manifest, without: readonly RestorePart[]): Manifest {
  if (manifest.kind === 'message') return without.includes('marks') ? unmarked(manifest) : manifest;
  return without.includes('owners') && typeof manifest.metadata['mode'] === 'number' ? ownerless(manifest) : manifest;
}

function unmarked(manifest: Manifest): Manifest {
  const { flags, keywords, ...rest } = manifest.metadata;
  const none = { ...(flags !== undefined && { flags: [] }), ...(keywords !== undefined && { keywords: [] }) };
  return { ...manifest, metadata: { ...rest, ...none } };
}

/** It belongs to whoever restores it. */
function ownerless(manifest: Manifest): Manifest {
  const { owner: _owner, group: _group, attributes: _attributes, ...rest } = manifest.metadata;
  const mode = manifest.metadata['type'] === 'directory' ? usualMode.folder : modeOf(Number(manifest.metadata['mode']));
  return { ...manifest, metadata: { ...rest, mode, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 } };
}

const modeOf = (mode: number): number => ((mode & mayRun) === 0 ? usualMode.file : usualMode.program);

import type { CommitId, PackId } from '../../shared/domain/ids.ts';
import { isHex } from './hex.ts';

/** Three equal files; any one that verifies is enough. */
export const headerNames = ['STORAGE', 'STORAGE.1', 'STORAGE.2'] as const;

/** 256 directories, so that none grows large. */
export const packName = (id: PackId): string => `packs/${id.slice(0, 2)}/${id}.pack`;

/** Ten digits, so that names sort by sequence. */
export const commitName = (sequence: number, id: CommitId): string =>
  `commits/${String(sequence).padStart(10, '0')}-${id}.commit`;

/**
 * The other copy of a commit, named by its sequence alone: of two processes that both think it is their turn, one gets the
 * name, so a sequence number is given away once.
 */
export const commitCopyName = (sequence: number): string => `copies/commits/${String(sequence).padStart(10, '0')}.commit`;

export const slotName = (slot: string): string => `keys/${slot}.key`;

export const copyName = (name: string): string => `copies/${name}`;

/** Undefined for any other name. Takes the name with or without its directory. */
export function parsePackName(name: string): PackId | undefined {
  const base = name.slice(name.lastIndexOf('/') + 1);
  const id = base.slice(0, -'.pack'.length);
  return base.endsWith('.pack') && isHex(id, 32) ? (id as PackId) : undefined;
}

/** Undefined for any other name. Takes the name with or without its directory. */
export function parseCommitName(name: string): { readonly sequence: number; readonly id: CommitId } | undefined {
  const match = /(?:^|\/)([0-9]{10}|[1-9][0-9]{10,14})-([0-9a-f]{64})\.commit$/.exec(name);
  if (match === null) return undefined;
  const sequence = Number(match[1]);
  return sequence > 0 ? { sequence, id: match[2] as CommitId } : undefined;
}

/** Undefined for any other name. Takes the name with or without its directory. */
export function parseCommitCopyName(name: string): number | undefined {
  const sequence = Number(/(?:^|\/)([0-9]{10}|[1-9][0-9]{10,14})\.commit$/.exec(name)?.[1] ?? 0);
  return sequence > 0 ? sequence : undefined;
}

/** Undefined for any other name. Takes the name with or without its directory. */
export function parseSlotName(name: string): string | undefined {
  return /(?:^|\/)([0-9a-z]{1,40})\.key$/.exec(name)?.[1];
}

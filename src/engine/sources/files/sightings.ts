import type { FileStat } from '../../kernel/file-system.ts';
import type { Sighting } from '../source.ts';

/** Shorter than decimal; a token is kept with every version. */
const token = (value: bigint | number): string => value.toString(36);

/**
 * The content is taken for the same only while size, modification time, change time and inode are. The change time costs a reading
 * (and no storing) when a file is renamed or its rights are changed, and it is the only one of them that no program can set: encrypted
 * containers and photo tools put the modification time back after they wrote, on purpose.
 *
 * The device is not in it: its number changes when a disk is plugged in again. On another disk the inodes differ, and all content
 * is read once and found to be known. What has no bytes needs no change time, so that it is recognised when it moves.
 */
export const contentRevisionOf = (stat: FileStat): string =>
  stat.type === 'file' && stat.sizeBytes > 0
    ? `${token(stat.sizeBytes)}.${token(stat.modifyNs)}.${token(stat.changeNs)}.${token(stat.inode)}`
    : `${stat.type}.${token(stat.modifyNs)}.${token(stat.inode)}`;

/** Whatever changes metadata changes the change time; the rest is for file systems that keep none. */
export const metadataRevisionOf = (stat: FileStat): string =>
  `${token(stat.changeNs)}.${token(stat.modifyNs)}.${token(stat.mode)}.${token(stat.uid)}.${token(stat.gid)}`;

/** The time of birth is in it because inode numbers are given out again as soon as they are free. */
const identityOf = (stat: FileStat): string => `${token(stat.device)}.${token(stat.inode)}.${token(stat.birthNs)}`;

export const itemSighting = (key: string, stat: FileStat): Sighting => ({
  key,
  name: key,
  kind: 'file',
  contentRevision: contentRevisionOf(stat),
  metadataRevision: metadataRevisionOf(stat),
  identity: identityOf(stat),
  sizeBytes: stat.type === 'file' ? stat.sizeBytes : 0,
});

export const folderSighting = (path: string, name: string, stat: FileStat, isNamed: boolean): Sighting => ({
  key: path,
  name,
  kind: 'folder',
  contentRevision: 'directory',
  metadataRevision: folderRevisionOf(stat, isNamed),
  identity: identityOf(stat),
  sizeBytes: 0,
});

export const folderRevisionOf = (stat: FileStat, isNamed: boolean): string =>
  isNamed ? `${metadataRevisionOf(stat)}.${token(stat.device)}` : metadataRevisionOf(stat);

/** Something that is there and says nothing: sighted, so that it is not taken for vanished; reading it tells why. */
export const unreadableSighting = (key: string, name: string, kind: 'file' | 'folder'): Sighting => ({
  key,
  name,
  kind,
  contentRevision: '',
  metadataRevision: '',
  sizeBytes: 0,
});

/** Above the paths that a person named; it has no properties. */
export const rootSighting: Sighting = {
  key: '',
  name: '',
  kind: 'folder',
  contentRevision: 'root',
  metadataRevision: 'root',
  sizeBytes: 0,
};

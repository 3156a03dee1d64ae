import type { FileStat } from '../../kernel/file-system.ts';
import type { Sighting } from '../source.ts';

/**
 * Shorter than decimal; they are kept with every version. Joined, not put together piece by piece: the language would keep all the pieces
 * of a text for as long as nobody reads it, 900 bytes for each item of a first backup.
 */
const tokens = (...values: readonly (bigint | number)[]): string => values.map((value) => value.toString(36)).join('.');

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
    ? tokens(stat.sizeBytes, stat.modifyNs, stat.changeNs, stat.inode)
    : `${stat.type}.${tokens(stat.modifyNs, stat.inode)}`;

/** Whatever changes metadata changes the change time; the rest is for file systems that keep none. */
export const metadataRevisionOf = (stat: FileStat): string => tokens(stat.changeNs, stat.modifyNs, stat.mode, stat.uid, stat.gid);

/** The time of birth is in it because inode numbers are given out again as soon as they are free. */
const identityOf = (stat: FileStat): string => tokens(stat.device, stat.inode, stat.birthNs);

/** What was seen when an item was sighted, for as long as its sighting is held as an object: no text of it, no comparison has it. */
const seenStat = Symbol('what was seen');

interface FileSighting extends Sighting {
  readonly [seenStat]?: FileStat;
}

export const seenOf = (sighting: FileSighting): FileStat | undefined => sighting[seenStat];

export const itemSighting = (key: string, stat: FileStat): FileSighting => ({
  key,
  name: key,
  kind: 'file',
  contentRevision: contentRevisionOf(stat),
  metadataRevision: metadataRevisionOf(stat),
  identity: identityOf(stat),
  sizeBytes: stat.type === 'file' ? stat.sizeBytes : 0,
  timeMs: Number(stat.modifyNs / 1_000_000n),
  ...(stat.type === 'file' ? { [seenStat]: stat } : {}),
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
  isNamed ? `${metadataRevisionOf(stat)}.${tokens(stat.device)}` : metadataRevisionOf(stat);

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

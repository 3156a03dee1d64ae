import type { JsonObject } from '../../../shared/domain/json.ts';
import { isStrataError, failureOf, StrataError } from '../../../shared/domain/strata-error.ts';
import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileStat, FileSystem } from '../../kernel/file-system.ts';
import type { AccountNames } from '../account-names.ts';
import { attributesMetadata, propertiesOf, propertiesToMetadata } from '../file-properties.ts';
import type { Reading, Sighting, Wanted } from '../source.ts';
import { contentRevisionOf, folderRevisionOf, metadataRevisionOf, rootSighting, seenOf } from './sightings.ts';

export interface ReadingTools {
  readonly files: FileSystem;
  readonly accounts: AccountNames;
  /** The paths that a person named. */
  readonly isNamed: (path: string) => boolean;
}

/**
 * What it is now is what counts: between sighting and reading of a large source hours may pass. A file whose content is wanted is looked
 * at when it is opened, so it is not looked at here: where it is not what was seen any more, `again` says what it is.
 */
export function readItem(wanted: Wanted, path: string, tools: ReadingTools): Reading {
  const { sighting, need } = wanted;
  if (sighting.key === rootSighting.key) return { ...revisions(sighting), metadata: {}, summary: { title: '' } };
  const again = (): Reading => readNow(wanted, path, tools, () => lookAgain(sighting, path, tools), false);
  if (need !== 'content') return again();
  return { ...readNow(wanted, path, tools, () => seenOf(sighting) ?? lookAgain(sighting, path, tools), true), again };
}

/**
 * @param isFirst Of a file, the extended attributes are left to whoever opens it: he has it in his hand. What he finds is this file
 * only while nothing changed it.
 */
function readNow({ sighting, need }: Wanted, path: string, tools: ReadingTools, look: () => FileStat, isFirst: boolean): Reading {
  try {
    const stat = look();
    // Only what lies beside the content was asked for, and the content is another by now: the next cycle reads both.
    if (need === 'metadata' && sighting.kind !== 'folder' && contentRevisionOf(stat) !== sighting.contentRevision) {
      throw new StrataError('item.changed-while-reading', 'later', { item: sighting.name });
    }
    const summary = { title: sighting.name, timeMs: Number(stat.modifyNs / 1_000_000n) };
    const read = { ...revisionsNow(sighting, stat, path, tools), summary };
    if (need !== 'content' || stat.type !== 'file') return { ...read, metadata: metadataOf(path, stat, tools, true) };
    const metadata = metadataOf(path, stat, tools, !isFirst);
    if (!isFirst) return { ...read, metadata, content: contentAt(path, stat) };
    const metadataWith = (attributes: ReadonlyMap<string, Uint8Array>): JsonObject => ({
      ...metadata,
      ...attributesMetadata(attributes),
    });
    return { ...read, metadata, metadataWith, content: { ...contentAt(path, stat), changeNs: stat.changeNs } };
  } catch (error) {
    return {
      ...revisions(sighting),
      metadata: {},
      summary: { title: sighting.name },
      problem: failureOf(asItemFailure(error, sighting, path)),
    };
  }
}

const revisions = ({
  key,
  contentRevision,
  metadataRevision,
}: Sighting): Pick<Reading, 'key' | 'contentRevision' | 'metadataRevision'> => ({
  key,
  contentRevision,
  metadataRevision,
});

/** Of what was seen when it was sighted they are the sighting's: putting them into words once more takes longer than all the rest. */
function revisionsNow(sighting: Sighting, stat: FileStat, path: string, { isNamed }: ReadingTools): ReturnType<typeof revisions> {
  if (stat === seenOf(sighting)) return revisions(sighting);
  const isFolder = sighting.kind === 'folder';
  return {
    key: sighting.key,
    contentRevision: isFolder ? sighting.contentRevision : contentRevisionOf(stat),
    metadataRevision: isFolder ? folderRevisionOf(stat, isNamed(path)) : metadataRevisionOf(stat),
  };
}

function lookAgain(sighting: Sighting, path: string, { files, isNamed }: ReadingTools): FileStat {
  // A path that a person named may be a link; what it leads to is meant. Nothing else is followed.
  const stat = isNamed(path) ? files.stat(path) : files.lstat(path);
  if (stat === undefined && isNamed(path)) throw new StrataError('source.missing', 'after-user-action', { path });
  if (stat === undefined) throw new StrataError('item.unreadable', 'later', { item: sighting.name, reason: 'ENOENT' });
  const changedKind = (stat.type === 'directory') !== (sighting.kind === 'folder');
  if (changedKind) throw new StrataError('item.changed-while-reading', 'later', { item: sighting.name });
  return stat;
}

function metadataOf(
  path: string,
  stat: FileStat,
  { files, accounts, isNamed }: ReadingTools,
  withAttributes: boolean,
): JsonObject {
  const properties = propertiesOf(stat, {
    owner: accounts.owner(stat.uid),
    group: accounts.group(stat.gid),
    linkTarget: stat.type === 'symlink' ? files.readLink(path) : undefined,
    attributes: withAttributes ? files.readAttributes(path) : none,
    isNamed: isNamed(path) && stat.type === 'directory',
  });
  return propertiesToMetadata(properties);
}

const none: ReadonlyMap<string, Uint8Array> = new Map();

const contentAt = (path: string, { sizeBytes, modifyNs, inode }: FileStat) =>
  ({ kind: 'file', path, sizeBytes, modifyNs, inode }) as const;

function asItemFailure(error: unknown, sighting: Sighting, path: string): unknown {
  if (isStrataError(error)) return error;
  const reason = errnoOf(error);
  if (reason === undefined) return error;
  return sighting.kind === 'folder'
    ? new StrataError('folder.unreadable', 'later', { folder: path, reason }, { cause: error })
    : new StrataError('item.unreadable', 'later', { item: sighting.name, reason }, { cause: error });
}

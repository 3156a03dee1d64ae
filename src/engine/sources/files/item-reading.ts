import { isStrataError, failureOf, StrataError } from '../../../shared/domain/strata-error.ts';
import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileStat, FileSystem } from '../../kernel/file-system.ts';
import type { AccountNames } from '../account-names.ts';
import { propertiesOf, propertiesToMetadata } from '../file-properties.ts';
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
  const seen = need === 'content' ? seenOf(sighting) : undefined;
  if (seen === undefined) return readNow(wanted, path, tools, () => lookAgain(sighting, path, tools));
  const again = (): Reading => readNow(wanted, path, tools, () => lookAgain(sighting, path, tools));
  return { ...readNow(wanted, path, tools, () => seen, seen.changeNs), again };
}

/** @param changeNs Of a file that was seen earlier: the properties read now are its own only while nothing changed it. */
function readNow(
  { sighting, need }: Wanted,
  path: string,
  tools: ReadingTools,
  look: () => FileStat,
  changeNs?: bigint,
): Reading {
  try {
    const stat = look();
    // Only what lies beside the content was asked for, and the content is another by now: the next cycle reads both.
    if (need === 'metadata' && sighting.kind !== 'folder' && contentRevisionOf(stat) !== sighting.contentRevision) {
      throw new StrataError('item.changed-while-reading', 'later', { item: sighting.name });
    }
    return {
      key: sighting.key,
      contentRevision: sighting.kind === 'folder' ? sighting.contentRevision : contentRevisionOf(stat),
      metadataRevision: sighting.kind === 'folder' ? folderRevisionOf(stat, tools.isNamed(path)) : metadataRevisionOf(stat),
      metadata: propertiesToMetadata(readProperties(path, stat, tools)),
      summary: { title: sighting.name, timeMs: Number(stat.modifyNs / 1_000_000n) },
      ...(need === 'content' && stat.type === 'file' ? { content: contentAt(path, stat, changeNs) } : {}),
    };
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

function lookAgain(sighting: Sighting, path: string, { files, isNamed }: ReadingTools): FileStat {
  // A path that a person named may be a link; what it leads to is meant. Nothing else is followed.
  const stat = isNamed(path) ? files.stat(path) : files.lstat(path);
  if (stat === undefined && isNamed(path)) throw new StrataError('source.missing', 'after-user-action', { path });
  if (stat === undefined) throw new StrataError('item.unreadable', 'later', { item: sighting.name, reason: 'ENOENT' });
  const changedKind = (stat.type === 'directory') !== (sighting.kind === 'folder');
  if (changedKind) throw new StrataError('item.changed-while-reading', 'later', { item: sighting.name });
  return stat;
}

function readProperties(
  path: string,
  stat: FileStat,
  { files, accounts, isNamed }: ReadingTools,
): ReturnType<typeof propertiesOf> {
  return propertiesOf(stat, {
    owner: accounts.owner(stat.uid),
    group: accounts.group(stat.gid),
    linkTarget: stat.type === 'symlink' ? files.readLink(path) : undefined,
    attributes: files.readAttributes(path),
    isNamed: isNamed(path) && stat.type === 'directory',
  });
}

const contentAt = (
  path: string,
  { sizeBytes, modifyNs, inode }: FileStat,
  changeNs: bigint | undefined,
): Reading['content'] & object => ({
  kind: 'file',
  path,
  sizeBytes,
  modifyNs,
  inode,
  ...(changeNs === undefined ? {} : { changeNs }),
});

function asItemFailure(error: unknown, sighting: Sighting, path: string): unknown {
  if (isStrataError(error)) return error;
  const reason = errnoOf(error);
  if (reason === undefined) return error;
  return sighting.kind === 'folder'
    ? new StrataError('folder.unreadable', 'later', { folder: path, reason }, { cause: error })
    : new StrataError('item.unreadable', 'later', { item: sighting.name, reason }, { cause: error });
}

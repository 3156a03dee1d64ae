import { type Choice, everything } from '../../shared/domain/choice.ts';
import type { SourceDescription } from '../../shared/domain/commit.ts';
import { presetPatterns } from '../../shared/domain/file-presets.ts';
import type { FilesSettings, SourceSettings } from '../../shared/domain/source-settings.ts';
import { openForeignDatabase } from '../catalog/index.ts';
import { sha256Hasher } from '../crypto/index.ts';
import type { CertificateListener } from '../sources/certificate.ts';
import { davDestination } from '../sources/dav/destination-dav.ts';
import { davSource } from '../sources/dav/index.ts';
import type { Destination } from '../sources/destination.ts';
import { directoryDestination } from '../sources/disk/destination-directory.ts';
import { filesSource, type WantedFiles } from '../sources/files/index.ts';
import { imapDestination } from '../sources/imap/destination-imap.ts';
import { imapSource } from '../sources/imap/index.ts';
import { jmapSource } from '../sources/jmap/index.ts';
import { itemFilesSource, mboxSource, thunderbirdSource } from '../sources/local/index.ts';
import { maildirDestination } from '../sources/maildir/destination-maildir.ts';
import { noWayBack } from '../../shared/domain/way-back.ts';
import { maildirSource } from '../sources/maildir/index.ts';
import type { CredentialReader } from '../sources/credential.ts';
import type { Source } from '../sources/source.ts';
import type { PatienceLimits } from '../sources/patience.ts';
import { pacedSource } from '../sources/paced-source.ts';
import type { SourcePace } from '../sources/source-pace.ts';
import type { Parts } from './parts.ts';

/** How a server is spoken to or files are read, and who is told what a server shows. */
export interface Manner {
  readonly pace?: SourcePace;
  readonly patience?: PatienceLimits;
  readonly onCertificate?: CertificateListener;
}

/**
 * One line per kind: the only place that knows them all.
 * @param choice what the source itself must know of it: patterns of files are asked on the way, so that nothing is listed in vain.
 */
export function sourceFor(
  settings: SourceSettings,
  credential: CredentialReader,
  parts: Parts,
  { choice = everything, ...manner }: Manner & { readonly choice?: Choice } = {},
): Source {
  switch (settings.kind) {
    case 'files':
      return pacedSource(filesSource(wantedFiles(settings, choice), parts.files), manner.pace);
    case 'imap':
      return imapSource(settings, credential, manner);
    case 'jmap':
      return jmapSource(settings, credential, manner);
    case 'maildir':
      return pacedSource(maildirSource(settings, parts.files), manner.pace);
    case 'mbox':
      return pacedSource(mboxSource(settings, { files: parts.files, newDigest: sha256Hasher }), manner.pace);
    case 'item-files':
      return pacedSource(itemFilesSource(settings, { files: parts.files, newDigest: sha256Hasher }), manner.pace);
    case 'thunderbird':
      return pacedSource(
        thunderbirdSource(settings, {
          files: parts.files,
          newDigest: sha256Hasher,
          openDatabase: (files) => openForeignDatabase(files, parts.sqliteBinding),
        }),
        manner.pace,
      );
    case 'caldav':
    case 'carddav':
      return davSource(settings, credential, manner);
  }
}

/** What the source's own settings leave out stays left out. */
function wantedFiles(settings: FilesSettings, { include, exclude, presets, markers, oneFileSystem }: Choice): WantedFiles {
  return {
    ...settings,
    include,
    exclude: [...presets.flatMap(presetPatterns), ...settings.exclude, ...exclude],
    excludeIfPresent: [...settings.excludeIfPresent, ...markers],
    oneFileSystem: settings.oneFileSystem || oneFileSystem,
  };
}

/** Back to where it came from, below `restoreRoot` if given. */
export function originalDestination(
  source: Pick<SourceDescription, 'name' | 'settings'>,
  credential: CredentialReader,
  place: { readonly folder: string | null; readonly restoreRoot: string | null },
  parts: Parts,
): Destination {
  const { settings } = source;
  const obstacle = noWayBack(source, parts.machine.platform);
  if (obstacle !== undefined) throw obstacle;
  switch (settings.kind) {
    case 'files':
      return directoryDestination({ files: parts.files, path: '/', original: true, restoreRoot: place.restoreRoot });
    case 'imap':
      return imapDestination(settings, credential, place);
    case 'maildir':
      return maildirDestination(settings, parts.files, place);
    case 'caldav':
    case 'carddav':
      return davDestination(settings, credential, place);
    default:
      throw new Error(`nothing was in the way back to ${settings.kind}`);
  }
}

export const needsSecret = (settings: SourceSettings): boolean => ['imap', 'jmap', 'caldav', 'carddav'].includes(settings.kind);

import type { LocalSettings } from '../../../shared/domain/source-settings.ts';
import type { Source } from '../source.ts';
import { withoutSlash } from './folder-list.ts';
import { itemFolders } from './item-folders.ts';
import { localSource } from './local-session.ts';
import { mboxFolders } from './mbox-folders.ts';
import type { Place } from './place.ts';
import { thunderbirdFolders } from './thunderbird-folders.ts';

export function mboxSource({ path, exclude }: Pick<LocalSettings, 'path' | 'exclude'>, place: Place): Source {
  const root = withoutSlash(path);
  return localSource(root, exclude, () => mboxFolders(root, place));
}

export function itemFilesSource({ path, exclude }: Pick<LocalSettings, 'path' | 'exclude'>, place: Place): Source {
  const root = withoutSlash(path);
  return localSource(root, exclude, () => itemFolders(root, place.files));
}

export function thunderbirdSource({ path, exclude }: Pick<LocalSettings, 'path' | 'exclude'>, place: Place): Source {
  const root = withoutSlash(path);
  return localSource(root, exclude, () => thunderbirdFolders(root, place));
}

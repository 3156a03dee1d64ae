import type { LocalSettings } from '../../../shared/domain/source-settings.ts';
import type { Source } from '../source.ts';
import { withoutSlash } from './folder-list.ts';
import { itemFolders } from './item-folders.ts';
import { localSource } from './local-session.ts';
import { mboxFolders } from './mbox-folders.ts';
import type { Place, PlaceWithDatabases } from './place.ts';
import { thunderbirdFolders } from './thunderbird-folders.ts';
import { itemFilesLayout, mboxLayout, thunderbirdLayout, watchLocal } from './watching.ts';

export function mboxSource({ path, exclude }: Pick<LocalSettings, 'path' | 'exclude'>, place: Place): Source {
  const root = withoutSlash(path);
  return localSource({ path: root, exclude }, () => mboxFolders(root, place), watchLocal(root, place.files, mboxLayout));
}

export function itemFilesSource({ path, exclude }: Pick<LocalSettings, 'path' | 'exclude'>, place: Place): Source {
  const root = withoutSlash(path);
  return localSource(
    { path: root, exclude },
    () => itemFolders(root, place.files),
    watchLocal(root, place.files, itemFilesLayout),
  );
}

export function thunderbirdSource({ path, exclude }: Pick<LocalSettings, 'path' | 'exclude'>, place: PlaceWithDatabases): Source {
  const root = withoutSlash(path);
  return localSource(
    { path: root, exclude },
    () => thunderbirdFolders(root, place),
    watchLocal(root, place.files, thunderbirdLayout),
  );
}

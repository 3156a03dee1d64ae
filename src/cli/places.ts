import { StrataError } from '../shared/domain/strata-error.ts';

interface Folder {
  readonly sourceName: string;
  /** Below the source; begins with a slash where the source's folders are absolute paths. */
  readonly path: string;
}

/** `SOURCE/FOLDER` as people type it: a slash too many changes nothing. */
export const placeText = (text: string): string => text.replace(/\/+/g, '/').replace(/\/$/, '');

export const placeOf = ({ sourceName, path }: Folder): string => placeText(`${sourceName}/${path}`);

/** What lies in these places or below them. */
export function chosenFolders<F extends Folder>(tree: readonly F[], places: readonly string[] | undefined): readonly F[] {
  if (places === undefined) return tree;
  const wanted = places.map(placeText);
  for (const place of wanted)
    if (!tree.some((folder) => isBelow(placeOf(folder), place)))
      throw new StrataError('name.unknown', 'never', { kind: 'folder', name: place });
  return tree.filter((folder) => wanted.some((place) => isBelow(placeOf(folder), place)));
}

const isBelow = (place: string, above: string): boolean => place === above || place.startsWith(`${above}/`);

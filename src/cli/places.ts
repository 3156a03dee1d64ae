interface Folder {
  readonly sourceName: string;
  /** Below the source; begins with a slash where the source's folders are absolute paths. */
  readonly path: string;
}

/** `SOURCE/FOLDER` as people type it: a slash too many changes nothing. */
export const placeText = (text: string): string => text.replace(/\/+/g, '/').replace(/\/$/, '');

export const placeOf = ({ sourceName, path }: Folder): string => placeText(`${sourceName}/${path}`);

/**
 * An item as a person finds it: `source/folder/name`. Folders that are absolute paths bring a slash of their own, which is one too many
 * here; what stands in a name stays as it is.
 */
export const placeText = (source: string, folders: readonly string[], name: string): string =>
  [source, ...folders.map((folder) => folder.replace(/^\/+|\/+$/g, '')), name].filter((part) => part !== '').join('/');

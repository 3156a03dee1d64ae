/** Servers spell one path in several ways (`@` and `%40`); this is the one to compare by. */
export const samePath = (path: string): string => path.split('/').map(decoded).map(encodeURIComponent).join('/');

export const asCollection = (path: string): string => (path.endsWith('/') ? path : `${path}/`);

/** What a path says below a collection, decoded. Empty: the collection itself. Undefined: it does not lie there. */
export function keyIn(collection: string, path: string): string | undefined {
  const [above, below] = [samePath(asCollection(collection)), samePath(path)];
  if (asCollection(below) === above) return '';
  return below.startsWith(above) ? below.slice(above.length).split('/').map(decoded).join('/') : undefined;
}

export const lastSegment = (path: string): string => decoded(path.split('/').findLast((segment) => segment !== '') ?? '');

/** What is no valid encoding stands for itself. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Some servers put a bare per cent sign into a path.
    return segment;
  }
}

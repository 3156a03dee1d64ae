/**
 * Directories and files of this computer, or of whatever is mounted on it.
 *
 * A folder's key is its absolute path; the root (key `''`) holds the paths that a person named, each called by its whole path.
 * An item's key is its name in its folder.
 *
 * Promises: what cannot be listed or read is told, never left out in silence; nothing is followed out of the named paths.
 * Refuses: to back up a Strata storage that lies inside; to take a named path that is not there for an empty one.
 */
export { filesSource } from './files-source.ts';
export type { WantedFiles } from './selection.ts';

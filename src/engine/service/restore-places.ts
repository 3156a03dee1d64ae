import type { SourceId } from '../../shared/domain/ids.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Match, RestoreRequest } from './restore-request.ts';

/** Whether a source's items go back to the very folders that they came from. */
export function goesBackOf({ target, restoreRoot }: RestoreRequest): (source: SourceId) => boolean {
  if (restoreRoot !== null) return () => false;
  switch (target.kind) {
    case 'original':
      return () => true;
    case 'source':
      return (source) => target.source === source && target.folder === null;
    case 'matched':
      return (source) => target.matches.some(({ from, to, folder }) => from === source && to === source && folder === null);
    default:
      return () => false;
  }
}

/** Where a source's items go, by a name that is the same the next time. */
export function placesOf({ target }: RestoreRequest): (source: SourceId) => string {
  switch (target.kind) {
    case 'original':
      return (source) => source;
    case 'source':
      return () => target.source;
    case 'matched':
      return (source) => matchOf(target.matches, source).to;
    default:
      return () => target.path;
  }
}

export function matchOf(matches: readonly Match[], source: SourceId): Match {
  const match = matches.find(({ from }) => from === source);
  if (match !== undefined) return match;
  throw new StrataError('restore.no-match', 'after-user-action', { source });
}

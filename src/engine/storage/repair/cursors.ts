import type { SourceCursors } from '../../../shared/domain/commit.ts';
import type { JsonValue } from '../../../shared/domain/json.ts';
import type { SourceId } from '../../../shared/domain/ids.ts';
import type { CommitChain } from '../commit-chain.ts';

/**
 * Forgets every cursor there is. Where manifests are lost, nobody knows of what: all sources are to be listed from the beginning, or
 * an item that only they knew would never be seen again.
 */
export function forgetCursors(chain: CommitChain): SourceCursors[] {
  const known = new Map<SourceId, Set<string>>();
  for (const { commit } of chain.after(0)) {
    for (const { source, folders } of commit.cursors) {
      const keys = known.get(source) ?? new Set();
      known.set(source, keys);
      for (const [key, cursor] of Object.entries(folders)) {
        if (cursor === null) keys.delete(key);
        else keys.add(key);
      }
    }
  }
  return [...known]
    .filter(([, keys]) => keys.size > 0)
    .map(([source, keys]) => ({ source, folders: Object.fromEntries([...keys].map((key): [string, JsonValue] => [key, null])) }));
}

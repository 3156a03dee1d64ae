import type { Manifest } from '../../../shared/domain/item.ts';
import type { ManifestRoot } from '../../format/index.ts';
import type { IdSet } from '../id-set.ts';
import { needsRepair } from './needs.ts';
import type { RemovalParts } from './parts.ts';
import { linesAt, stubLine, withLines } from './record-lines.ts';
import type { Standing } from './standing.ts';

/** A record of manifests, and where it lay before a prune wrote it anew. */
export interface RecordBefore {
  readonly first: ManifestRoot;
  readonly before: ManifestRoot;
}

export interface ReturnedRecord extends RecordBefore {
  /** Undefined: lost with its pack. */
  readonly now: ManifestRoot | undefined;
  /**
   * What it says from now on: as it was before, as it is now, or in neither of both: later prunes took the bytes of some versions for
   * good, or others gave some back that it did not have before.
   */
  readonly lies: 'before' | 'now' | 'in-neither';
  /** Versions that are whole before and stubs now, and of which everything is there. */
  readonly shown: readonly Manifest[];
  /** Where they are in the record; where there is no record now, those of which not everything is there. */
  readonly changed: readonly number[];
}

export function compareRecord(move: RecordBefore, standing: Standing, chunks: IdSet, { reader }: RemovalParts): ReturnedRecord {
  const { pack, record } = move.first;
  const now = standing.roots.find(({ first }) => first.pack === pack && first.record === record)?.place;
  const then = reader.manifests(move.before);
  const isThere = ({ contents }: Manifest): boolean => contents.every((part) => part.chunks.every((id) => chunks.has(id)));
  if (now === undefined) {
    const shown = then.filter((manifest) => isWhole(manifest) && isThere(manifest));
    const changed = indexesOf(then, (manifest) => isWhole(manifest) && !isThere(manifest));
    return { ...move, now, lies: changed.length === 0 ? 'before' : 'in-neither', shown, changed };
  }
  const today = manifestsOf(now, reader);
  const changed = indexesOf(then, (manifest, index) => isWhole(manifest) && !isWhole(today[index]) && isThere(manifest));
  const wanted = new Set(changed);
  const isBefore = then.every((manifest, index) => isWhole(manifest) === (isWhole(today[index]) || wanted.has(index)));
  const shown = then.filter((_, index) => wanted.has(index));
  return { ...move, now, lies: changed.length === 0 ? 'now' : isBefore ? 'before' : 'in-neither', shown, changed };
}

function manifestsOf(root: ManifestRoot, reader: RemovalParts['reader']): Manifest[] {
  try {
    return reader.manifests(root);
  } catch (error) {
    throw needsRepair(error);
  }
}

const isWhole = (manifest: Manifest | undefined): boolean => manifest !== undefined && manifest.removed === undefined;

const indexesOf = (manifests: readonly Manifest[], is: (manifest: Manifest, index: number) => boolean): number[] =>
  manifests.flatMap((manifest, index) => (is(manifest, index) ? [index] : []));

/** What a record says that lies in neither place. */
export function mergedRecord({ before, now, changed }: ReturnedRecord, parts: RemovalParts): Uint8Array {
  const then = plainOf(before, parts);
  if (now === undefined) return withLines(then, changed, stubLine);
  const lines = linesAt(then, changed);
  return withLines(plainOf(now, parts), changed, (line, index) => lines.get(index) ?? line);
}

function plainOf({ pack, record }: ManifestRoot, { reader }: RemovalParts): Uint8Array {
  const entry = reader.index(pack).find(({ ordinal }) => ordinal === record);
  if (entry === undefined) throw new Error('a record that was read before');
  return reader.plain(pack, entry);
}

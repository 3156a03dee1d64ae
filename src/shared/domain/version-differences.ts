import { canonicalJson, type JsonObject, type JsonValue } from './json.ts';

/** A version as it is compared. */
export interface ComparedVersion {
  readonly folderPath: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly digest: string | null;
  readonly metadata: JsonObject;
}

/** One thing that is not the same in two versions. */
export type Difference =
  | { readonly field: 'folder' | 'name'; readonly before: string; readonly after: string }
  | {
      readonly field: 'flags';
      readonly removed: readonly string[];
      readonly added: readonly string[];
      readonly kept: readonly string[];
    }
  | { readonly field: 'content'; readonly before: number; readonly after: number }
  | {
      readonly field: 'metadata';
      readonly key: string;
      readonly before: JsonValue | undefined;
      readonly after: JsonValue | undefined;
    };

const flagsOf = (row: ComparedVersion): readonly string[] => {
  const { flags } = row.metadata;
  return Array.isArray(flags) ? flags.filter((flag): flag is string => typeof flag === 'string') : [];
};

function flagDifference(before: ComparedVersion, after: ComparedVersion): Difference[] {
  const [old, fresh] = [flagsOf(before), flagsOf(after)];
  const removed = old.filter((flag) => !fresh.includes(flag));
  const added = fresh.filter((flag) => !old.includes(flag));
  if (removed.length + added.length === 0) return [];
  return [{ field: 'flags', removed, added, kept: old.filter((flag) => fresh.includes(flag)) }];
}

function metadataDifferences(before: ComparedVersion, after: ComparedVersion): Difference[] {
  const keys = [...new Set([...Object.keys(before.metadata), ...Object.keys(after.metadata)])]
    .filter((key) => key !== 'flags')
    .sort();
  return keys.flatMap((key): Difference[] => {
    const [old, fresh] = [before.metadata[key], after.metadata[key]];
    const same = old !== undefined && fresh !== undefined && canonicalJson(old) === canonicalJson(fresh);
    return same ? [] : [{ field: 'metadata', key, before: old, after: fresh }];
  });
}

/** Field by field. Contents are compared by their digests, so equal means: the same bytes. */
export function differences(before: ComparedVersion, after: ComparedVersion): readonly Difference[] {
  return [
    ...(before.folderPath === after.folderPath
      ? []
      : [{ field: 'folder', before: before.folderPath, after: after.folderPath } as const]),
    ...(before.name === after.name ? [] : [{ field: 'name', before: before.name, after: after.name } as const]),
    ...flagDifference(before, after),
    ...(before.digest === after.digest ? [] : [{ field: 'content', before: before.sizeBytes, after: after.sizeBytes } as const]),
    ...metadataDifferences(before, after),
  ];
}

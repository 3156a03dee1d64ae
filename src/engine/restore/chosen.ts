import type { Manifest } from '../../shared/domain/item.ts';
import type { RestorePart } from '../../shared/domain/restore-parts.ts';
import type { JsonValue } from '../../shared/domain/json.ts';
import type { Catalog, SelectedItem, Selection, TwoPasses } from '../catalog/index.ts';
import { foldersOf } from './items.ts';
import { isLeftOut, lacking } from './without.ts';

/** What is to be given back, as of when. */
export interface Chosen {
  readonly catalog: Catalog;
  readonly selection: Selection;
  /** Null: the newest state. */
  readonly atMs: number | null;
  /** Of the one selected item, instead of a moment. */
  readonly version: number | null;
  /** What vanished in a period, instead of a moment. */
  readonly vanished?: { readonly fromMs: number; readonly toMs: number } | undefined;
  /** A keyword for every message that is written. */
  readonly tag?: string | undefined;
  readonly without?: readonly RestorePart[] | undefined;
}

/** Null: not known beforehand. */
export function measured({ catalog, selection, atMs, version, vanished, without }: Chosen): {
  readonly items: number | null;
  readonly bytes: number | null;
} {
  if (without?.includes('items') === true) return { items: null, bytes: 0 };
  if (vanished !== undefined) return measureVanished(catalog, selection, vanished);
  return version === null ? catalog.measure(selection, atMs) : { items: 1, bytes: null };
}

export function measureVanished(
  catalog: Catalog,
  selection: Selection,
  period: NonNullable<Chosen['vanished']>,
): { readonly items: number; readonly bytes: number } {
  let items = 0;
  let bytes = 0;
  for (const { manifest } of catalog.vanished(selection, period)) {
    items += 1;
    bytes += manifest.sizeBytes;
  }
  return { items, bytes };
}

/** In the form in which they are written. @param passes Of a moment: what of it comes first. */
export function* selectedItems(input: Chosen, passes?: TwoPasses): Iterable<SelectedItem> {
  const { without = [] } = input;
  for (const { manifest, folders } of allSelected(input, passes))
    if (!isLeftOut(manifest, without)) yield { manifest: writtenForm(manifest, input), folders };
}

function* allSelected({ catalog, selection, atMs, version, vanished }: Chosen, passes?: TwoPasses): Iterable<SelectedItem> {
  if (vanished !== undefined) {
    yield* catalog.vanished(selection, vanished);
    return;
  }
  if (version === null) {
    yield* catalog.select(selection, atMs, passes);
    return;
  }
  const [item] = selection.items;
  const manifest = item === undefined ? undefined : catalog.version(item, version);
  if (manifest === undefined || manifest.change === 'deleted') return;
  yield { manifest, folders: foldersOf(catalog, manifest) };
}

/** A version as a restore writes it. */
export const writtenForm = (
  manifest: Manifest,
  { vanished, tag, without = [] }: Pick<Chosen, 'tag' | 'without'> & { readonly vanished?: unknown },
): Manifest => {
  const wanted = lacking(manifest, without);
  return vanished === undefined ? tagged(wanted, tag) : undeleted(wanted, tag);
};

/** What was only marked as deleted before it vanished comes back unmarked: else the next program that expunges takes it along again. */
export function undeleted(manifest: Manifest, tag: string | undefined): Manifest {
  const { flags } = manifest.metadata;
  if (manifest.kind !== 'message' || !Array.isArray(flags)) return tagged(manifest, tag);
  const left = (flags as readonly JsonValue[]).filter((flag) => flag !== '\\Deleted');
  return tagged({ ...manifest, metadata: { ...manifest.metadata, flags: left } }, tag);
}

export function tagged(manifest: Manifest, tag: string | undefined): Manifest {
  if (tag === undefined || manifest.kind !== 'message') return manifest;
  const { keywords } = manifest.metadata;
  const others = Array.isArray(keywords) ? (keywords as readonly JsonValue[]).filter((keyword) => keyword !== tag) : [];
  return { ...manifest, metadata: { ...manifest.metadata, keywords: [...others, tag] } };
}

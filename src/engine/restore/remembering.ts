import type { ItemId, RunId, SourceId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import type { Catalog, KnownItem, RestoreJournal } from '../catalog/index.ts';
import type { Made, RestoreItem, Written } from '../sources/destination.ts';

export interface RememberingInput {
  readonly catalog: Catalog;
  readonly journal: RestoreJournal;
  readonly run: RunId;
  /** Which destination it is, under the same name each time: a source's id, or a path. */
  readonly placeOf: (source: SourceId) => string;
}

/**
 * What was made of which item where: written down before and after each step, and asked before the next. By the journal of this
 * profile, and by what the storage's commits say.
 */
export class Remembering {
  readonly #input: RememberingInput;
  readonly #replaceable = new Map<ItemId, Map<string, KnownItem>>();

  constructor(input: RememberingInput) {
    this.#input = input;
  }

  /** With what earlier restores made of it at its destination. */
  recall(item: RestoreItem): RestoreItem {
    const { catalog, journal, placeOf } = this.#input;
    const { manifest } = item;
    const place = placeOf(manifest.source);
    const steps = journal.of(manifest.item, place);
    const said = catalog.givenBackOf(manifest.item, place as SourceId);
    if (steps.length === 0 && said.length === 0) return item;
    const isThis = this.#hasSameContent(manifest);
    const madeBefore: Made[] = [...steps.filter(({ state, key }) => state === 'made' && key !== ''), ...said]
      .filter(isThis)
      .map(({ folder, key, revision }) => ({ folder, key, revision }));
    const wasBegun = steps.some((step) => step.state === 'begun' && isThis(step));
    return { ...item, madeBefore, wasBegun };
  }

  /** Before it is written: should nothing be heard of it any more, the next restore knows to look for it. */
  begin({ manifest }: RestoreItem, how: 'create' | 'replace'): number {
    const { journal, run, placeOf } = this.#input;
    const { item, version, source } = manifest;
    const nothing = { folder: '', key: '', revision: '', replaced: null };
    return journal.add({ run, what: 'item', item, version, place: placeOf(source), how, state: 'begun', ...nothing });
  }

  made(step: number, { manifest }: RestoreItem, { made, replaced }: Written): void {
    const { folder = '', key = '', revision = '' } = made ?? {};
    const before = replaced === undefined ? undefined : this.#keptAt(manifest, replaced);
    const kept = before === undefined ? null : JSON.stringify({ item: before.item, version: before.version });
    this.#input.journal.made(step, { folder, key, revision, replaced: kept });
  }

  /** Nothing came of it, and that is known. */
  failed(step: number): void {
    this.#input.journal.drop(step);
  }

  #hasSameContent(manifest: Manifest): (step: { readonly version: number }) => boolean {
    const digest = manifest.contents[0]?.digest;
    return ({ version }) =>
      version === manifest.version || this.#input.catalog.version(manifest.item, version)?.contents[0]?.digest === digest;
  }

  /** What gave way, as the storage has it: known only where the item went back to the folder that it came from. */
  #keptAt({ folder, source }: Manifest, key: string): KnownItem | undefined {
    if (folder === null || this.#input.placeOf(source) !== source) return undefined;
    let items = this.#replaceable.get(folder);
    if (items === undefined) {
      items = this.#input.catalog.knownItems(source, folder);
      this.#replaceable.set(folder, items);
    }
    return items.get(key);
  }
}

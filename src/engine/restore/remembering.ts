import type { RunId, SourceId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import type { Catalog, NewStep, RestoreJournal } from '../catalog/index.ts';
import type { DestinationSession, Made, RestoreItem, Written } from '../sources/destination.ts';
import type { Kept } from './kept.ts';

export interface RememberingInput {
  readonly catalog: Catalog;
  readonly journal: RestoreJournal;
  readonly run: RunId;
  /** Which destination it is, under the same name each time: a source's id, or a path. */
  readonly placeOf: (source: SourceId) => string;
  /** Whether what comes from the source goes back to the very folders of that source. */
  readonly goesBack: (source: SourceId) => boolean;
}

/** How an item goes to a destination. */
export interface Way {
  readonly session: DestinationSession;
  readonly how: 'create' | 'replace';
  /** Of a replacement, what gives way, where the storage has it. */
  readonly kept?: Kept | undefined;
}

/**
 * What was made of which item where: written down before and after each step, and asked before the next. By the journal of this
 * profile, and by what the storage's commits say.
 */
export class Remembering {
  readonly #input: RememberingInput;

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
  begin(item: RestoreItem, way: Way): number {
    return this.#input.journal.add(this.step(item, way));
  }

  /** As it is written down: by the way to it, for places that do not name what they make. */
  step({ manifest, folderPath, beside }: RestoreItem, { session, how, kept }: Way): NewStep {
    const { run, placeOf } = this.#input;
    const { item, version, source } = manifest;
    const before = kept ?? (beside && { beside });
    const replaced = before === undefined ? null : JSON.stringify(before);
    const place = { place: placeOf(source), folder: JSON.stringify(folderPath), key: '', revision: '' };
    const what = session.namesWhatItMakes === true ? 'item' : 'file';
    return { run, what, item, version, how, state: 'begun', replaced, ...place };
  }

  /** Right before it is made. */
  folder(source: SourceId, folder: string): void {
    const { journal, run, placeOf } = this.#input;
    const nothing = { item: '', version: 0, revision: '', replaced: null } as const;
    journal.add({ run, what: 'folder', how: 'create', state: 'made', place: placeOf(source), folder, key: source, ...nothing });
  }

  made(step: number, { made }: Written): void {
    const { folder = '', key = '', revision = '' } = made ?? {};
    this.#input.journal.made(step, { folder, key, revision });
  }

  /** Nothing came of it, and that is known. */
  failed(step: number): void {
    this.#input.journal.drop(step);
  }

  writeDown(steps: readonly NewStep[]): readonly number[] {
    return this.#input.journal.addAll(steps);
  }

  #hasSameContent(manifest: Manifest): (step: { readonly version: number }) => boolean {
    const digest = manifest.contents[0]?.digest;
    return ({ version }) =>
      version === manifest.version || this.#input.catalog.version(manifest.item, version)?.contents[0]?.digest === digest;
  }
}

import type { GrantId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { SourceDescription } from '../../shared/domain/commit.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { known } from './names.ts';
import type { OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import type { Sources } from './sources.ts';

/** A source as a storage remembers it. */
export interface SavedSource extends SourceDescription {
  readonly items: number;
  readonly bytes: number;
  /** Its newest complete moment; null: it was never read to its end. */
  readonly newestMs: number | null;
  /** Whether this profile has it, too. */
  readonly isHere: boolean;
}

interface SettingUp {
  readonly storage: StorageId;
  readonly source: SourceId;
  /** Null: as it was called. */
  readonly name: string | null;
  readonly secret: string | null;
  readonly grant?: GrantId | undefined;
  readonly keepInKeychain: boolean;
}

/** The sources that a storage remembers: all that is left of them after the loss of a computer. */
export class SavedSources {
  readonly #parts: Parts;
  readonly #open: OpenStorages;
  readonly #sources: Sources;

  constructor(parts: Parts, open: OpenStorages, sources: Sources) {
    this.#parts = parts;
    this.#open = open;
    this.#sources = sources;
  }

  async list(storage: StorageId): Promise<SavedSource[]> {
    const { catalog } = this.#open.refresh(await this.#open.use(storage));
    const here = new Set(this.#parts.store.sources().map(({ id }) => id));
    const newest = catalog.protectedUntil();
    return catalog.sources().map((source) => ({
      ...source,
      ...catalog.measure({ items: [], sources: [source.id], recursive: true }, null),
      newestMs: newest.get(source.id) ?? null,
      isHere: here.has(source.id),
    }));
  }

  /** Under the id that it has in the storage: what is restored is known again, and its history goes on. */
  async setUp({ storage, source: id, ...given }: SettingUp): Promise<{ id: SourceId }> {
    const { catalog } = await this.#open.use(storage);
    const { name, settings } = known('source', id, catalog.sources());
    const there = this.#parts.store.sources().find((source) => source.id === id);
    if (there !== undefined) throw new StrataError('source.here-already', 'never', { name: there.name });
    return this.#sources.add({ ...given, name: given.name ?? name, settings }, id);
  }
}

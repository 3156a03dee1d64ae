import { type PackId, transactionId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import { isStrataError } from '../../../shared/domain/strata-error.ts';
import type { Log } from '../../kernel/log.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import { turn } from '../../kernel/turn.ts';
import { chunksOf } from '../pack-entries.ts';
import { filesUnder, type PackFiles } from '../pack-files.ts';
import { PackReader, recordCacheBytes } from '../pack-reader.ts';
import { isFound, isSpared, isWanted, type Needs } from './needs.ts';
import type { RemovalParts } from './parts.ts';
import type { TrashFolder } from './removal.ts';
import type { Standing } from './standing.ts';
import { nameInTrash } from './trash.ts';

/**
 * Which folders of the trash hold what a frozen source has nowhere else: a version that is a stub by now, or a piece of one. They
 * stay whole until somebody answers for the source. What cannot be read is taken for such.
 * @param needs What the packs in use have is marked in it as found.
 */
export async function foldersOfFrozen(
  folders: readonly TrashFolder[],
  standing: Standing,
  needs: Needs,
  parts: RemovalParts,
  run: RunContext,
): Promise<TrashFolder[]> {
  const search = new Search(folders, standing, needs, parts, run);
  try {
    // All versions first: a piece may lie in an older folder than the version that needs it.
    const versions = await search.each((pack) => search.hasVersion(pack));
    const pieces = await search.each((pack) => search.hasPiece(pack));
    return folders.filter((folder) => versions.has(folder) || pieces.has(folder));
  } finally {
    search.end();
  }
}

class Search {
  readonly #folders: readonly TrashFolder[];
  readonly #standing: Standing;
  readonly #needs: Needs;
  readonly #reader: PackReader;
  readonly #log: Log;
  readonly #run: RunContext;

  constructor(folders: readonly TrashFolder[], standing: Standing, needs: Needs, parts: RemovalParts, run: RunContext) {
    this.#folders = folders;
    this.#standing = standing;
    this.#needs = needs;
    this.#run = run;
    const { target, keys, zstd, deps } = parts;
    this.#log = deps.log;
    this.#reader = new PackReader(whereTheyLie(folders, target), keys, zstd, deps.log, recordCacheBytes);
  }

  /** Looks at every pack of every folder. */
  async each(isWanted: (pack: PackId) => boolean): Promise<Set<TrashFolder>> {
    const found = new Set<TrashFolder>();
    for (const folder of this.#folders) {
      for (const { id } of folder.packs) {
        stopIfCancelled(this.#run);
        await turn();
        if (this.#isOrMayBe(id, isWanted)) found.add(folder);
      }
    }
    return found;
  }

  /** Notes what they need, too. */
  hasVersion(pack: PackId): boolean {
    let found = false;
    for (const { type, ordinal: record, manifests: count } of this.#reader.footer(pack)) {
      if (type !== 'manifests') continue;
      for (const manifest of this.#reader.manifests({ pack, record, count })) {
        if (!this.#isOnlyHere(manifest)) continue;
        this.#noteNeed(manifest);
        found = true;
      }
    }
    return found;
  }

  hasPiece(pack: PackId): boolean {
    return this.#reader.footer(pack).some((entry) => chunksOf(entry).some(({ id }) => isMissed(this.#needs.chunks.get(id))));
  }

  end(): void {
    this.#reader.forget();
  }

  #isOnlyHere({ source, item, version, removed }: Manifest): boolean {
    if (removed === true || !this.#standing.frozen.has(source)) return false;
    return !this.#needs.wholeOfFrozen.has(transactionId(item, version));
  }

  #noteNeed({ contents }: Manifest): void {
    const { chunks } = this.#needs;
    for (const part of contents) for (const id of part.chunks) chunks.set(id, chunks.get(id) | isSpared);
  }

  #isOrMayBe(pack: PackId, isWanted: (pack: PackId) => boolean): boolean {
    try {
      return isWanted(pack);
    } catch (error) {
      if (!isStrataError(error)) throw error;
      this.#log.warn('storage.trash-unreadable', { pack, code: error.code });
      return true;
    }
  }
}

const isMissed = (value: number): boolean => (value & isWanted) !== 0 && (value & isFound) === 0;

/** The packs of the trash under the names that they had. */
const whereTheyLie = (folders: readonly TrashFolder[], target: PackFiles): PackFiles =>
  filesUnder(new Map(folders.flatMap(({ name, packs }) => packs.map(({ id }) => [id, nameInTrash(name, id)]))), target);

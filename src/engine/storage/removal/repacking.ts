import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { PlacedEntry } from '../../format/index.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import { turn } from '../../kernel/turn.ts';
import { chunksOf, wrongChunks } from '../pack-entries.ts';
import { isKept, isWanted, type Needs, needsRepair, sourceOf } from './needs.ts';
import type { NewPacks } from './new-packs.ts';
import type { RemovalParts } from './parts.ts';
import { stubLine, withLines } from './record-lines.ts';
import type { Standing } from './standing.ts';
import { rootsByPlace, type SurveyedPack } from './survey.ts';

/** Notes what the packs that stay have, so that nothing is written again that lies there as well. */
export function noteKept(packs: Iterable<SurveyedPack>, { chunks }: Needs, { reader }: RemovalParts): void {
  for (const { id: pack } of packs) {
    for (const entry of reader.footer(pack)) {
      for (const { id } of chunksOf(entry)) {
        const value = chunks.get(id);
        if (value !== 0) chunks.set(id, value | isKept);
      }
    }
  }
}

/** Copies what is needed of old packs into new ones. */
export class Repacking {
  readonly #standing: Standing;
  readonly #needs: Needs;
  readonly #into: NewPacks;
  readonly #parts: RemovalParts;
  readonly #roots: ReadonlyMap<string, number>;

  constructor(standing: Standing, needs: Needs, into: NewPacks, parts: RemovalParts) {
    this.#standing = standing;
    this.#needs = needs;
    this.#into = into;
    this.#parts = parts;
    this.#roots = rootsByPlace(standing);
  }

  async repack(pack: SurveyedPack, run: RunContext): Promise<void> {
    for (const entry of this.#parts.reader.footer(pack.id)) {
      stopIfCancelled(run);
      await turn();
      if (entry.type === 'manifests') await this.#copyManifests(pack, entry);
      else await this.#copyChunks(pack, entry);
    }
  }

  async #copyManifests({ id: pack }: SurveyedPack, entry: PlacedEntry): Promise<void> {
    const index = this.#roots.get(`${pack}.${entry.ordinal}`);
    const root = index === undefined ? undefined : this.#standing.roots[index];
    if (index === undefined || root === undefined) return;
    const stubs = this.#needs.stubs[index] ?? [];
    const plain = this.#plain(pack, entry);
    if (stubs.length === 0) return this.#into.addManifests(root.first, plain);
    const rest = withLines(plain, stubs, stubLine);
    await this.#into.addManifests(root.first, rest);
    this.#parts.zstd.release(rest);
  }

  async #copyChunks({ id: pack }: SurveyedPack, entry: PlacedEntry): Promise<void> {
    const { chunks } = this.#needs;
    const wanted = chunksOf(entry).filter(({ id }) => isLeft(chunks.get(id)));
    if (wanted.length === 0) return;
    const plain = this.#plain(pack, entry);
    if (wrongChunks(this.#parts.keys, entry, plain).length > 0) {
      throw new StrataError('storage.needs-repair', 'after-user-action', { ...this.#parts.reader.origin(pack) });
    }
    for (const { id, offset, length } of wanted) {
      const value = chunks.get(id);
      if ((value & isKept) !== 0) continue;
      chunks.set(id, value | isKept);
      await this.#into.addChunk(id, plain.subarray(offset, offset + length), sourceOf(value));
    }
  }

  #plain(pack: SurveyedPack['id'], entry: PlacedEntry): Uint8Array {
    try {
      return this.#parts.reader.plain(pack, entry);
    } catch (error) {
      throw needsRepair(error);
    }
  }
}

/** Wanted, and not yet where it stays. */
const isLeft = (value: number): boolean => (value & isWanted) !== 0 && (value & isKept) === 0;

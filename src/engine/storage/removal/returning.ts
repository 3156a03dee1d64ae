import type { CommitContents, ItemVersions, MovedManifests } from '../../../shared/domain/commit.ts';
import type { ItemId, PackId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { sha256Hex } from '../../crypto/index.ts';
import { type ManifestRoot, packName } from '../../format/index.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import { turn } from '../../kernel/turn.ts';
import { IdSet } from '../id-set.ts';
import { chunksOf } from '../pack-entries.ts';
import { Rearrangement } from '../rearrangement.ts';
import { namedContents } from '../storage-writer.ts';
import { needsRepair } from './needs.ts';
import { type RemovalParts, upkeepPayload } from './parts.ts';
import type { Author } from './removal.ts';
import type { Standing } from './standing.ts';
import { nameInTrash, trashFolder, trashFolders } from './trash.ts';

/** Undoes a prune as far as its packs lie in the trash. See `Removal`. */
export async function returnFromTrash(
  parts: RemovalParts,
  standing: Standing,
  sequence: number,
  author: Author,
  run: RunContext,
): Promise<CommitContents> {
  const packs = await bringBack(sequence, standing, parts, run);
  const moves = movesBefore(sequence, new Set(packs.keys()), parts);
  const chunks = await chunksIn([...standing.packs.keys(), ...packs.keys()], parts, run);
  const shows = moves.flatMap(({ first, before }) => {
    const now = standing.roots.find(({ first: known }) => known.pack === first.pack && known.record === first.record)?.place;
    return shownAgain(parts, before, now, chunks);
  });
  parts.lock.assertHeld();
  const movedManifests = moves.map(
    ({ first, before }): MovedManifests => ({ ...first, to: { pack: before.pack, record: before.record } }),
  );
  const acts = { ...(shows.length > 0 && { shows: byItem(shows) }), ...(movedManifests.length > 0 && { movedManifests }) };
  const summaries = [...packs].map(([id, sizeBytes]) => ({ id, sizeBytes }));
  const payload = upkeepPayload(parts, 'retention', author, acts, summaries);
  const { commit } = parts.ballast.rescue(() => parts.chain.append(payload, standing.head));
  return namedContents(commit, parts.reader);
}

/** Back among the packs, if they are still what their names say. Until a commit names them they are leftovers of the prune. */
async function bringBack(
  sequence: number,
  standing: Standing,
  { target, ballast }: RemovalParts,
  run: RunContext,
): Promise<Map<PackId, number>> {
  const commit = standing.commits[sequence - 1];
  const packs = new Map<PackId, number>();
  const folder = trashFolder(sequence, commit?.atMs ?? 0);
  for (const id of commit?.kind === 'prune' ? commit.removes : []) {
    stopIfCancelled(run);
    await turn();
    const name = [packName(id), nameInTrash(folder, id)].find((file) => target.size(file) !== undefined);
    if (standing.packs.has(id) || name === undefined || sha256Hex(target.read(name)) !== id) continue;
    if (name !== packName(id)) ballast.rescue(() => target.move(name, packName(id)));
    packs.set(id, target.size(packName(id)) ?? 0);
  }
  if (packs.size > 0) return packs;
  const lying = trashFolders(standing, target).find((other) => other.sequence === sequence)?.packs ?? [];
  const isLeftOver = lying.length > 0 && lying.every(({ id }) => commit?.removes.includes(id) === false);
  throw new StrataError(isLeftOver ? 'storage.nothing-to-return' : 'storage.not-in-trash', 'never', {
    path: target.label,
    sequence,
  });
}

interface MoveBack {
  readonly first: { readonly pack: PackId; readonly record: number };
  readonly before: ManifestRoot;
}

/** Where the records lay that the prune wrote anew, of those that are back. */
function movesBefore(sequence: number, packs: ReadonlySet<PackId>, { chain }: RemovalParts): MoveBack[] {
  const earlier = new Rearrangement();
  const roots = new Map<string, { readonly root: ManifestRoot; readonly sequence: number }>();
  for (const chained of chain.after(0)) {
    const { commit } = chained;
    if (commit.sequence >= sequence) break;
    earlier.note(commit);
    for (const root of chained.roots) roots.set(`${root.pack}.${root.record}`, { root, sequence: commit.sequence });
  }
  return (chain.read(sequence).commit.movedManifests ?? []).flatMap(({ pack, record }) => {
    const known = roots.get(`${pack}.${record}`);
    const before = known && earlier.placeOf(known.root, known.sequence);
    return before !== undefined && packs.has(before.pack) ? [{ first: { pack, record }, before }] : [];
  });
}

async function chunksIn(packs: readonly PackId[], { reader }: RemovalParts, run: RunContext): Promise<IdSet> {
  const chunks = new IdSet();
  for (const pack of packs) {
    stopIfCancelled(run);
    await turn();
    for (const entry of indexOf(pack, reader)) for (const { id } of chunksOf(entry)) chunks.add(id);
  }
  return chunks;
}

function indexOf(pack: PackId, reader: RemovalParts['reader']): ReturnType<RemovalParts['reader']['index']> {
  try {
    return reader.index(pack);
  } catch (error) {
    throw needsRepair(error);
  }
}

/** Versions that are whole where the record lay, stubs where it lies now, and of which everything is there. */
function shownAgain({ reader }: RemovalParts, before: ManifestRoot, now: ManifestRoot | undefined, chunks: IdSet): Manifest[] {
  const stubs = now === undefined ? undefined : reader.manifests(now);
  return reader
    .manifests(before)
    .filter((manifest, index) => manifest.removed === undefined && (stubs === undefined || stubs[index]?.removed === true))
    .filter(({ contents }) => contents.every((part) => part.chunks.every((id) => chunks.has(id))));
}

function byItem(manifests: readonly Manifest[]): ItemVersions[] {
  const items = new Map<ItemId, number[]>();
  for (const { item, version } of manifests) items.set(item, [...(items.get(item) ?? []), version]);
  return [...items].map(([item, versions]) => ({ item, versions }));
}

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
import { NewPacks } from './new-packs.ts';
import { type RemovalParts, upkeepPayload } from './parts.ts';
import { readBack } from './read-back.ts';
import type { Author } from './removal.ts';
import { compareRecord, mergedRecord, type RecordBefore, type ReturnedRecord } from './returned-record.ts';
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
  const chunks = await chunksIn([...standing.packs.keys(), ...packs.keys()], parts, run);
  const records = movesBefore(sequence, new Set(packs.keys()), parts).map((move) => compareRecord(move, standing, chunks, parts));
  const written = await writeMerged(records, parts, run);
  parts.lock.assertHeld();
  const movedManifests = [...movedBack(records), ...written.moved];
  const shows = records.flatMap(({ shown }) => shown);
  const acts = { ...(shows.length > 0 && { shows: byItem(shows) }), ...(movedManifests.length > 0 && { movedManifests }) };
  const summaries = [...packs].map(([id, sizeBytes]) => ({ id, sizeBytes }));
  summaries.push(...written.packs.map(({ id, sizeBytes }) => ({ id, sizeBytes })));
  const payload = upkeepPayload(parts, 'retention', author, acts, summaries);
  const { commit } = parts.ballast.rescue(() => parts.chain.append(payload, standing.head));
  return namedContents(commit, parts.reader);
}

/** The records that lie in neither place are written, and read again, before a commit names them. */
async function writeMerged(
  records: readonly ReturnedRecord[],
  parts: RemovalParts,
  run: RunContext,
): Promise<Awaited<ReturnType<NewPacks['finish']>>> {
  const into = new NewPacks(parts);
  try {
    for (const record of records) {
      stopIfCancelled(run);
      await turn();
      if (record.lies === 'in-neither') await into.addManifests(record.first, mergedRecord(record, parts));
    }
    const written = await into.finish();
    await readBack(written.packs, parts);
    return written;
  } catch (error) {
    into.takeBack();
    throw error;
  }
}

const movedBack = (records: readonly ReturnedRecord[]): MovedManifests[] =>
  records.flatMap(({ lies, first: { pack, record }, before }) =>
    lies === 'before' ? [{ pack, record, to: { pack: before.pack, record: before.record } }] : [],
  );

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

/** Where the records lay that the prune wrote anew, of those that are back. */
function movesBefore(sequence: number, packs: ReadonlySet<PackId>, { chain }: RemovalParts): RecordBefore[] {
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
    return known !== undefined && before !== undefined && packs.has(before.pack) ? [{ first: known.root, before }] : [];
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

function byItem(manifests: readonly Manifest[]): ItemVersions[] {
  const items = new Map<ItemId, number[]>();
  for (const { item, version } of manifests) items.set(item, [...(items.get(item) ?? []), version]);
  return [...items].map(([item, versions]) => ({ item, versions }));
}

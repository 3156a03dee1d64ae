import type { Commit } from '../../../shared/domain/commit.ts';
import type { PackId, RunId } from '../../../shared/domain/ids.ts';
import { sha256Hex } from '../../crypto/index.ts';
import { packName, parsePackName } from '../../format/index.ts';
import type { Target } from '../../targets/target.ts';
import type { Ballast } from '../ballast.ts';
import type { CommitChain } from '../commit-chain.ts';
import type { TrashFolder } from './removal.ts';
import type { Standing } from './standing.ts';

/** Why a pack lies in the trash. */
export type TrashReason = 'unused' | 'repacked' | 'orphan';

interface Thrown {
  readonly id: PackId;
  readonly why: TrashReason;
}

const folderPattern = /^trash\/[0-9]{4}-[0-9]{2}-[0-9]{2}-([1-9][0-9]{0,14})\//;
const listName = 'packs.json';

/** One for each commit that took packs out of use, named by its day and its sequence. */
export const trashFolder = (sequence: number, atMs: number): string =>
  `trash/${new Date(atMs).toISOString().slice(0, 10)}-${sequence}`;

/** The list that lies beside the packs. */
export const listInTrash = (folder: string): string => `${folder}/${listName}`;
export const nameInTrash = (folder: string, pack: PackId): string => `${folder}/${pack}.pack`;

/** Moves packs to the trash, with a list that says what and why to whoever looks there without Strata. Can be done again. */
export function throwAway(folder: string, packs: readonly Thrown[], target: Target, ballast: Ballast): void {
  if (packs.length === 0) return;
  const list = new TextEncoder().encode(`${JSON.stringify({ packs }, null, 2)}\n`);
  const listAt = listInTrash(folder);
  if (target.size(listAt) === undefined) ballast.rescue(() => target.put(listAt, list));
  for (const { id } of packs) {
    const name = packName(id);
    if (target.size(name) !== undefined) ballast.rescue(() => target.move(name, nameInTrash(folder, id)));
  }
}

/**
 * Under a write lock: brings to an end what a crash broke off behind the newest commit. Only behind that one: none is made before
 * this was done. Damaged packs that a repair took out of use go where nobody deletes them.
 */
export function finishRemoval(chain: CommitChain, target: Target, ballast: Ballast): number {
  const head = chain.head();
  if (head === null) return 0;
  const { kind, sequence, atMs, removes = [] } = chain.read(head.sequence).commit;
  const left = removes.filter((pack) => target.size(packName(pack)) !== undefined);
  putOutOfUse({ kind, sequence, atMs }, left, target, ballast);
  return left.length;
}

/** To where the packs belong that a commit took out of use. Can be done again. */
export function putOutOfUse(
  { kind, sequence, atMs }: Pick<Commit, 'kind' | 'sequence' | 'atMs'>,
  packs: readonly PackId[],
  target: Target,
  ballast: Ballast,
): void {
  if (kind === 'repair') {
    for (const pack of packs) ballast.rescue(() => target.move(packName(pack), freeNameInQuarantine(pack, target)));
    return;
  }
  const thrown = packs.map((id): Thrown => ({ id, why: 'unused' }));
  throwAway(trashFolder(sequence, atMs), thrown, target, ballast);
}

/** Where other bytes of it lie already, both stay. */
function freeNameInQuarantine(pack: PackId, target: Target): string {
  const names = (number: number): string => `quarantine/${pack}${number === 1 ? '' : `-${number}`}.pack`;
  const isFree = (name: string): boolean => target.size(name) === undefined || isSame(name, packName(pack), target);
  let number = 1;
  while (!isFree(names(number))) number += 1;
  return names(number);
}

/** A move that a crash broke off leaves both names. */
const isSame = (one: string, other: string, target: Target): boolean =>
  target.size(other) === undefined ||
  (target.size(one) === target.size(other) && sha256Hex(target.read(one)) === sha256Hex(target.read(other)));

/** What lies in the trash, oldest first. What has no name that Strata gives is nobody's and stays. */
export function trashFolders(standing: Standing, target: Target): TrashFolder[] {
  const folders = new Map<number, { readonly name: string; packs: { id: PackId; sizeBytes: number }[] }>();
  for (const file of target.list('trash')) {
    const sequence = Number(folderPattern.exec(file)?.[1] ?? 0);
    const id = parsePackName(file);
    if (standing.commits[sequence - 1] === undefined || id === undefined) continue;
    const folder = folders.get(sequence) ?? { name: file.slice(0, file.lastIndexOf('/')), packs: [] };
    folder.packs.push({ id, sizeBytes: target.size(file) ?? 0 });
    folders.set(sequence, folder);
  }
  return [...folders]
    .sort(([a], [b]) => a - b)
    .map(([sequence, { name, packs }]) => {
      const commit = standing.commits[sequence - 1];
      return { sequence, name, run: commit?.run as RunId, sinceMs: commit?.timeMs ?? 0, packs };
    });
}

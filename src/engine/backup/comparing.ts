import type { SourceDescription } from '../../shared/domain/commit.ts';
import type { ItemId } from '../../shared/domain/ids.ts';
import type { JsonValue } from '../../shared/domain/json.ts';
import { Cancelled, type Failure, failureOf, StrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog, KnownItem } from '../catalog/index.ts';
import type { Random } from '../kernel/random.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { FolderScan, FolderVisit, Scope, Sighting, SourceSession } from '../sources/source.ts';
import { isHeld, leaveMuchToScan, type Limit, refuseAbsence } from './guards/absence.ts';
import { indexFolders, type KnownFolderIndex, type SourceChanges } from './changes.ts';
import { chosenCursor, knownCursors } from './choosing/chosen-cursors.ts';
import { type ChosenVisit, ChosenWalk } from './choosing/chosen-walk.ts';
import { isChoosable, type Judge, noUses } from './choosing/judge.ts';
import { LeftBehind } from './choosing/left-behind.ts';
import { pairByIdentity } from './moves.ts';
import { recogniseFolder } from './recognising.ts';
import { type Origin, Returning } from './returning.ts';
import type { FolderState, ItemWork } from './work.ts';
import { WorkList } from './work-list.ts';

export interface ComparingTools {
  readonly catalog: Catalog;
  readonly random: Random;
  /** What the job takes of the source. */
  readonly judge: Judge;
  /** No other job takes something else of it. */
  readonly isAlone: boolean;
  /** What is left out may go by the rules of retention. */
  readonly letsGo: boolean;
  /** A person said that the source is as it should be, however little of it is left. */
  readonly accepts: boolean;
  /** What seems unchanged is to be read all the same. */
  readonly readsAgain: boolean;
  /** Only some folders are looked into, and nothing else is concluded. */
  readonly limit?: Limit;
}

interface Comparison extends ComparingTools {
  readonly description: SourceDescription;
  readonly run: RunContext;
  /** Source key of a visited folder → its state. */
  readonly folders: Map<string, FolderState>;
  /** Items that stand for visited folders. */
  readonly visited: Set<ItemId>;
  /** Those of them of which every folder in them was visited. */
  readonly judged: Set<ItemId>;
  /** Items of folders below which nothing may be taken for vanished. */
  readonly unsure: Set<ItemId>;
  readonly identities: Set<string>;
  readonly walk: ChosenWalk;
  readonly left: LeftBehind;
  /** Of what the source's own settings leave out nothing is concluded. */
  readonly leavesOut: (folder: readonly string[], item?: string) => boolean;
  /** Paths of folders of which the source left out all that is in them. */
  readonly leftEmpty: Set<string>;
  readonly work: WorkList;
  readonly vanished: KnownItem[];
  readonly returning: Returning;
  itemsSeen: number;
  /** Known items that are taken and still there. */
  itemsFound: number;
}

/**
 * Lists a source and holds it against the newest state in the catalog. Reads no content, changes nothing.
 * Throws when the source as a whole fails; then nothing at all is known of it.
 */
export async function compareSource(
  description: SourceDescription,
  session: SourceSession,
  tools: ComparingTools,
  run: RunContext,
): Promise<SourceChanges> {
  const { catalog, judge, isAlone, letsGo } = tools;
  const comparison: Comparison = {
    ...tools,
    description,
    run,
    folders: new Map(),
    visited: new Set(),
    judged: new Set(),
    unsure: new Set(),
    identities: new Set(),
    walk: new ChosenWalk(judge),
    left: new LeftBehind(catalog.unchosen(description.id), isAlone, {
      letsGo,
      letGo: catalog.letGo(description.id),
    }),
    leavesOut: (folder, item) => session.leavesOut?.(folder, item) ?? false,
    leftEmpty: new Set(),
    work: new WorkList(),
    vanished: [],
    returning: new Returning(catalog, description.id),
    itemsSeen: 0,
    itemsFound: 0,
  };
  const index = indexFolders(catalog.knownFolders(description.id));
  // Where reading goes on from a cursor, what did not change is not listed, and what is lost would never be read again.
  const mustListAll = tools.readsAgain || catalog.hasLostItems(description.id);
  const cursors = knownCursors(catalog, description.id, judge, mustListAll);

  const scope = tools.limit && scopeOf(comparison, index, tools.limit.folders);
  for await (const { visit, names, isPassed } of comparison.walk.visits(session.walk(cursors, run, scope))) {
    stopIfCancelled(run);
    const folder = recogniseFolder(comparison, index, visit);
    run.progress.current(`${description.name}/${folder.path}`);
    if (visit.passedBy !== undefined) passFolder(comparison, folder, visit.passedBy);
    else if (visit.scan === undefined) missFolder(comparison, folder, visit);
    else if ((isPassed && names.length > 0) || visit.isLeftEmpty)
      leaveFolder(comparison, folder, names, visit.isLeftEmpty === true);
    else await scanFolder(comparison, folder, { names, scan: visit.scan, isPassed });
  }

  collectVanishedFolders(comparison, index.all);
  if (tools.limit === undefined && !comparison.accepts) refuseAbsence(comparison);
  const { work } = comparison;
  const vanished = pairByIdentity(work, comparison.returning.pair(work, comparison.vanished), tools.readsAgain);
  if (tools.limit !== undefined) leaveMuchToScan(comparison, vanished, tools.limit);
  return {
    description,
    session,
    work,
    vanished,
    left: comparison.left.acts(),
    losing: new Set(comparison.vanished.map(({ folder }) => folder)),
    isWhole: comparison.unsure.size === 0,
  };
}

/** A folder that is not known, or another one under a known name, is wanted whoever asked for what. */
function scopeOf({ folders: states }: Comparison, index: KnownFolderIndex, wanted: ReadonlySet<string>): Scope {
  return {
    folders: wanted,
    wants: (sighting, parentKey) => {
      if (wanted.has(sighting.key)) return true;
      const parent = parentKey === null ? null : (states.get(parentKey)?.item ?? null);
      const there = index.find(parent, sighting.name);
      const known = there ?? (sighting.identity === undefined ? undefined : index.byIdentity(sighting.identity));
      return known === undefined || known.identity !== sighting.identity;
    },
  };
}

/** Its own properties may have changed; of what is in it nothing is said. */
function passFolder({ judged, work }: Comparison, folder: FolderState, passedBy: 'items' | 'wholly'): void {
  if (passedBy === 'items') judged.add(folder.item);
  if (folder.changed) work.add({ folder, items: [], cursor: undefined });
}

/** An unreadable folder keeps all that was known of it, its properties included. One that was not known is not begun with nothing in it. */
function missFolder(comparison: Comparison, folder: FolderState, visit: FolderVisit): void {
  comparison.unsure.add(folder.item);
  if (visit.problem !== undefined) reportFolder(comparison, folder, visit.problem);
}

/** Nothing in it is taken: what is known of that stays as it is. */
function leaveFolder(comparison: Comparison, folder: FolderState, names: readonly string[], isLeftEmpty: boolean): void {
  if (folder.known !== undefined) comparison.left.leave(folder.item);
  comparison.judged.add(folder.item);
  if (isLeftEmpty) comparison.leftEmpty.add(names.join('/'));
  comparison.work.add({ folder, items: [], cursor: undefined });
}

type Scanned = Pick<ChosenVisit, 'names' | 'isPassed'> & { readonly scan: FolderScan };

async function scanFolder(comparison: Comparison, folder: FolderState, { names, scan, isPassed }: Scanned): Promise<void> {
  const { catalog, description, run, judge, left } = comparison;
  comparison.judged.add(folder.item);
  left.take(folder.item);
  const known = folder.known === undefined ? new Map<string, KnownItem>() : catalog.knownItems(description.id, folder.item);
  const items: ItemWork[] = [];
  const originOf = comparison.returning.in(folder);
  let cursor: JsonValue | undefined;
  try {
    for await (const batch of scan.sightings) {
      stopIfCancelled(run);
      for (const sighting of batch) {
        const before = known.get(sighting.key);
        known.delete(sighting.key);
        if (judge.item(sighting, isPassed) !== undefined) {
          if (before !== undefined) left.leave(before.item);
          continue;
        }
        if (before !== undefined) {
          left.take(before.item);
          if (isHeld(before)) comparison.itemsFound += 1;
        }
        run.progress.count('seen');
        const work =
          before === undefined ? newItem(sighting, originOf(sighting.key)) : compareItem(sighting, before, comparison.readsAgain);
        if (work === undefined) run.progress.count('unchanged');
        else items.push(work);
      }
      comparison.itemsSeen += batch.filter(isHeld).length;
      run.progress.done(batch.length, 0);
    }
    takeVanished(comparison, { names, scan, isPassed }, known);
    cursor = chosenCursor(judge, scan.cursor());
  } catch (error) {
    // A failure of the whole source (and a cancel, and a bug) goes up. What is left is this folder's alone:
    // what was sighted is kept, nothing is taken for vanished, and without a cursor the next cycle lists it anew.
    if (error instanceof Cancelled || !(error instanceof StrataError) || error.code !== 'folder.unreadable') throw error;
    comparison.unsure.add(folder.item);
    reportFolder(comparison, folder, failureOf(error));
  }
  comparison.work.add({ folder, items, cursor });
}

const newItem = (sighting: Sighting, origin: Origin): ItemWork => ({ sighting, ...origin, need: 'content' });

function compareItem(sighting: Sighting, before: KnownItem, readsAgain: boolean): ItemWork | undefined {
  if (readsAgain || before.isLost || before.contentRevision !== sighting.contentRevision)
    return { sighting, known: before, need: 'content' };
  if (before.metadataRevision !== sighting.metadataRevision) return { sighting, known: before, need: 'metadata' };
  return undefined;
}

function takeVanished(comparison: Comparison, { names, scan, isPassed }: Scanned, unseen: ReadonlyMap<string, KnownItem>): void {
  if (scan.completeness === 'full') {
    comparison.vanished.push(...goneOf(comparison, { names, isPassed }, unseen.values()));
    return;
  }
  const gone = scan.vanished().flatMap((key) => unseen.get(key) ?? []);
  comparison.vanished.push(...goneOf(comparison, { names, isPassed }, gone));
  const still = unseen.size - gone.length;
  const held = [...unseen.values()].filter(isHeld).length - gone.filter(isHeld).length;
  comparison.itemsFound += held;
  comparison.itemsSeen += held;
  comparison.run.progress.count('seen', still);
  comparison.run.progress.count('unchanged', still);
}

/** Of what is not there, what would be taken if it were. Of the rest nobody knows, and it is left as it is. */
function goneOf(comparison: Comparison, { names, isPassed }: Omit<Scanned, 'scan'>, absent: Iterable<KnownItem>): KnownItem[] {
  const { judge, left, leavesOut } = comparison;
  return [...absent].filter(({ item, folder, key, kind }) => {
    const isTaken = judge.takesKind(kind) && !(isPassed && isChoosable(kind)) && !leavesOut(names, key);
    const wasLeft = left.wasLeft(item) || (folder !== null && left.wasLeft(folder));
    if (!isTaken || (wasLeft && !judge.knowsByPlace.items)) {
      left.leave(item);
      return false;
    }
    // What is gone is not left: should it come back, it comes back as chosen.
    left.take(item);
    return true;
  });
}

/** A folder that was not visited, because it is not chosen. */
function isNotChosen({ judge, walk, leavesOut, leftEmpty, left }: Comparison, item: ItemId, names: readonly string[]): boolean {
  if (walk.wasSkipped(names) || judge.folder(names, noUses).verdict !== 'taken' || leavesOut(names)) return true;
  if (names.some((_, depth) => leftEmpty.has(names.slice(0, depth).join('/')))) return true;
  return left.wasLeft(item) && !judge.knowsByPlace.folders;
}

/** Known folders that the walk would have come past, and did not, with all that was in them; children first. */
function collectVanishedFolders(comparison: Comparison, known: readonly KnownItem[]): void {
  const unsure = new Set(comparison.unsure);
  const { left, vanished, catalog, description } = comparison;
  const names = namesOf(known);
  const gone = new Map<ItemId, KnownItem>();
  for (const folder of known) {
    const { item, folder: parent } = folder;
    if (parent !== null && unsure.has(parent)) unsure.add(item);
    if (comparison.visited.has(item) || unsure.has(item)) continue;
    if (parent === null || comparison.judged.has(parent) || gone.has(parent)) gone.set(item, folder);
  }
  /** Something in them stays. */
  const needed = new Set<ItemId | null>();
  for (const folder of [...gone.values()].reverse()) {
    const { item } = folder;
    const path = names.get(item) ?? [];
    if (isNotChosen(comparison, item, path)) {
      left.leave(item);
      needed.add(folder.folder);
      continue;
    }
    const items = catalog.knownItems(description.id, item);
    const going = goneOf(comparison, { names: path, isPassed: false }, items.values());
    vanished.push(...going);
    if (going.length < items.size || needed.has(item)) needed.add(folder.folder);
    else {
      left.take(item);
      vanished.push(folder);
    }
  }
}

/** Of folders, parents before children: the names from below the root down. */
function namesOf(folders: readonly KnownItem[]): Map<ItemId, readonly string[]> {
  const names = new Map<ItemId, readonly string[]>();
  for (const { item, folder, key } of folders) {
    names.set(item, folder === null ? [] : [...(names.get(folder) ?? []), key]);
  }
  return names;
}

/** Of a folder that could not be listed. */
export function reportFolder(
  { run, description }: Pick<Comparison, 'run' | 'description'>,
  { path: folder }: FolderState,
  failure: Failure,
): void {
  run.progress.count('failed');
  run.progress.problem({ failure, source: description.name, folder, item: '', atMs: run.clock.nowMs() });
}

import type { SourceDescription } from '../../shared/domain/commit.ts';
import type { ItemId } from '../../shared/domain/ids.ts';
import type { JsonValue } from '../../shared/domain/json.ts';
import { Cancelled, type Failure, failureOf, StrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog, KnownItem } from '../catalog/index.ts';
import { newId, type Random } from '../kernel/random.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import type { FolderScan, FolderVisit, Scope, Sighting, SourceSession } from '../sources/source.ts';
import { isHeld, leaveMuchToScan, type Limit, refuseAbsence } from './guards/absence.ts';
import { indexFolders, type SourceChanges } from './changes.ts';
import { chosenCursor, knownCursors } from './choosing/chosen-cursors.ts';
import { type ChosenVisit, ChosenWalk } from './choosing/chosen-walk.ts';
import { isChoosable, type Judge, noUses } from './choosing/judge.ts';
import { LeftBehind } from './choosing/left-behind.ts';
import { pairByIdentity, pairByRestore } from './moves.ts';
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
  readonly walk: ChosenWalk;
  readonly left: LeftBehind;
  /** Of what the source's own settings leave out nothing is concluded. */
  readonly leavesOut: (folder: readonly string[], item?: string) => boolean;
  /** Paths of folders of which the source left out all that is in them. */
  readonly leftEmpty: Set<string>;
  readonly work: WorkList;
  readonly vanished: KnownItem[];
  /** Items that are gone in the storage and are continued by what a restore made. Each by one. */
  readonly returned: Set<ItemId>;
  /** Something that is new was made by a restore of an item that is not gone in the storage. */
  mayBeReturned: boolean;
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
    walk: new ChosenWalk(judge),
    left: new LeftBehind(catalog.unchosen(description.id), isAlone, {
      letsGo,
      letGo: catalog.letGo(description.id),
    }),
    leavesOut: (folder, item) => session.leavesOut?.(folder, item) ?? false,
    leftEmpty: new Set(),
    work: new WorkList(),
    vanished: [],
    returned: new Set(),
    mayBeReturned: false,
    itemsSeen: 0,
    itemsFound: 0,
  };
  const index = indexFolders(catalog.knownFolders(description.id));
  // Where reading goes on from a cursor, what did not change is not listed, and what is lost would never be read again.
  const mustListAll = catalog.hasLostItems(description.id);
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
  const { work, mayBeReturned } = comparison;
  const left = mayBeReturned ? pairByRestore(work, comparison.vanished) : comparison.vanished;
  const vanished = pairByIdentity(work, left);
  if (tools.limit !== undefined) leaveMuchToScan(comparison, vanished, tools.limit);
  return {
    description,
    session,
    work: comparison.work,
    vanished,
    left: comparison.left.acts(),
    losing: new Set(comparison.vanished.map(({ folder }) => folder)),
    isWhole: comparison.unsure.size === 0,
  };
}

/** A folder that is not known, or another one under a known name, is wanted whoever asked for what. */
function scopeOf({ folders: states }: Comparison, index: ReturnType<typeof indexFolders>, wanted: ReadonlySet<string>): Scope {
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

/** A folder is the one that was known at its place, or the one that was known under its identity and is not at its old place. */
function recogniseFolder(comparison: Comparison, index: ReturnType<typeof indexFolders>, visit: FolderVisit): FolderState {
  const { folders, visited, random } = comparison;
  const parentState = visit.parentKey === null ? undefined : folders.get(visit.parentKey);
  const parent = parentState?.item ?? null;
  const sighting = visit.folder;
  const there = index.find(parent, sighting.name) ?? movedFolder(index, visited, sighting);
  const known = there ?? returnedFolder(comparison, parent, sighting);
  const changed =
    there === undefined ||
    there.folder !== parent ||
    there.key !== sighting.name ||
    there.metadataRevision !== sighting.metadataRevision;
  const path = parentState?.path ? `${parentState.path}/${sighting.name}` : sighting.name;
  const state: FolderState = {
    item: known?.item ?? newId<ItemId>(random),
    parent,
    key: sighting.key,
    path,
    sighting,
    known,
    changed,
  };
  folders.set(sighting.key, state);
  visited.add(state.item);
  if (parent !== null && comparison.unsure.has(parent)) comparison.unsure.add(state.item);
  return state;
}

function movedFolder(
  index: ReturnType<typeof indexFolders>,
  visited: ReadonlySet<ItemId>,
  sighting: Sighting,
): KnownItem | undefined {
  const candidate = sighting.identity === undefined ? undefined : index.byIdentity(sighting.identity);
  return candidate !== undefined && !visited.has(candidate.item) && candidate.folder !== null ? candidate : undefined;
}

function returnedFolder(comparison: Comparison, parent: ItemId | null, sighting: Sighting): KnownItem | undefined {
  return comparison.catalog.deletedItems(comparison.description.id, parent, 'folders').get(sighting.name);
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
  let returned: Map<string, KnownItem> | undefined;
  let madeHere: ReturnType<Catalog['givenBackTo']> | undefined;
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
        if (before === undefined && folder.known !== undefined)
          returned ??= catalog.deletedItems(description.id, folder.item, 'items');
        if (before === undefined) madeHere ??= catalog.givenBackTo(description.id, folder.key);
        const made = before === undefined ? madeHere?.get(sighting.key) : undefined;
        const work = compareItem(sighting, before, returnedAs(comparison, returned?.get(sighting.key), made), made);
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

type MadeHere = NonNullable<ReturnType<ReturnType<Catalog['givenBackTo']>['get']>>;

/** What is back at its place, or was made by a restore of what is gone. */
function returnedAs(comparison: Comparison, there: KnownItem | undefined, made: MadeHere | undefined): KnownItem | undefined {
  if (made?.isGone === false) comparison.mayBeReturned = true;
  const returned = made?.isGone === true ? made.item : there;
  if (returned === undefined || comparison.returned.has(returned.item)) return undefined;
  comparison.returned.add(returned.item);
  return returned;
}

function compareItem(
  sighting: Sighting,
  before: KnownItem | undefined,
  returned: KnownItem | undefined,
  made: MadeHere | undefined,
): ItemWork | undefined {
  if (before === undefined)
    return { sighting, known: returned, need: 'content', ...(made?.isGone === false && { madeOf: made.item }) };
  if (before.isLost || before.contentRevision !== sighting.contentRevision) return { sighting, known: before, need: 'content' };
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

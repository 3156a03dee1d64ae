import type { JsonValue } from '../../../shared/domain/json.ts';
import { type Failure, failureOf } from '../../../shared/domain/strata-error.ts';
import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileStat, FileSystem } from '../../kernel/file-system.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { readAccountNames } from '../account-names.ts';
import { Pauses } from '../pauses.ts';
import type {
  FolderOverview,
  FolderScan,
  FolderVisit,
  KnownCursors,
  Reading,
  Scope,
  Sighting,
  SourceSession,
  Wanted,
} from '../source.ts';
import { type Listing, listDirectory, lookAt } from './directory-listing.ts';
import { readItem, type ReadingTools } from './item-reading.ts';
import { lookAtNamed, missing, type NamedPath } from './named-paths.ts';
import { pathBelow, type Place } from './places.ts';
import { isIncluded, isLeftOut, type Selection, selectionOf, type WantedFiles } from './selection.ts';
import { folderSighting, itemSighting, rootSighting, unreadableSighting } from './sightings.ts';

/** Entries that are looked at before they are handed on: few enough to keep a folder of a million files out of memory. */
const batchLength = 512;

export class FilesSession implements SourceSession {
  readonly capabilities: readonly string[] = [];
  readonly readsWhileWalking = true;
  readonly #files: FileSystem;
  readonly #named: readonly string[];
  readonly #selection: Selection;
  readonly #tools: ReadingTools;

  constructor(settings: WantedFiles, named: readonly string[], files: FileSystem) {
    this.#files = files;
    this.#named = named;
    this.#selection = selectionOf(settings, named);
    this.#tools = { files, accounts: readAccountNames(files), isNamed: this.#selection.isNamed };
  }

  async *walk(known: KnownCursors, run: RunContext, scope?: Scope): AsyncIterable<FolderVisit> {
    const pauses = new Pauses(run);
    await pauses.between();
    const named = this.#named.map((path) => lookAtNamed(path, this.#files));
    yield topVisit(named);
    for (const { path, stat, problem } of named) {
      if (problem !== undefined) yield unreadable(unreadableSighting(path, path, 'folder'), '', problem);
      if (stat?.type !== 'directory') continue;
      const top: Place = { path, name: path, parentKey: '', relative: '', device: stat.device, isIncluded: false };
      const isWanted = ({ relative }: Place): boolean => known.passesBy?.(namesOf(path, relative)) !== true;
      const waiting = [top].filter(isWanted);
      for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
        await pauses.between();
        const { visit, below } = this.#visit(place, known, pauses, scope);
        if (visit !== undefined) yield visit;
        waiting.push(...below.filter(isWanted).toReversed());
      }
    }
  }

  /** No visit: the directory has gone since its parent was listed. */
  #visit(
    place: Place,
    known: KnownCursors,
    pauses: Pauses,
    scope: Scope | undefined,
  ): { readonly visit: FolderVisit | undefined; readonly below: readonly Place[] } {
    const isNamed = place.relative === '';
    let folder: Sighting = unreadableSighting(place.path, place.name, 'folder');
    try {
      const stat = isNamed ? this.#files.stat(place.path) : this.#files.lstat(place.path);
      if (stat?.type !== 'directory') return { visit: undefined, below: [] };
      folder = folderSighting(place.path, place.name, stat, isNamed);
      const isWanted = scope === undefined || scope.wants(folder, place.parentKey);
      if (!isWanted && !leadsTo(scope, place.path)) {
        return { visit: { folder, parentKey: place.parentKey, scan: undefined, passedBy: 'wholly' }, below: [] };
      }
      const tells = known.tellsLeftOut === true;
      const listing = listDirectory(place, stat.device, this.#selection, this.#files, tells);
      if (isNamed && isUnmounted(listing, stat, (known.before ?? known.cursor)(place.path))) {
        return { visit: unreadable(folder, place.parentKey, failureOf(missing(place.path))), below: [] };
      }
      if (!isWanted) {
        const below = listing.directories.filter(({ path }) => scope.folders.has(path) || leadsTo(scope, path));
        return { visit: { folder, parentKey: place.parentKey, scan: undefined, passedBy: 'wholly' }, below };
      }
      const { isLeftEmpty, isUnseen, directories, leftOut } = listing;
      const why = tells && leftOut !== undefined ? { leftOut } : {};
      if (tells && isUnseen) return { visit: { folder, parentKey: place.parentKey, scan: undefined, ...why }, below: [] };
      const scan = this.#scan(place, listing, isNamed ? { device: String(stat.device) } : undefined, pauses);
      const visit: FolderVisit = { folder, parentKey: place.parentKey, scan, ...(isLeftEmpty ? { isLeftEmpty } : {}), ...why };
      return { visit, below: directories };
    } catch (error) {
      const reason = errnoOf(error);
      if (reason === undefined) throw error;
      const problem: Failure = { code: 'folder.unreadable', retry: 'later', facts: { folder: place.path, reason } };
      const { leftOut } = place;
      const visit: FolderVisit = {
        ...unreadable(folder, place.parentKey, problem),
        ...(leftOut === undefined ? {} : { leftOut }),
      };
      return { visit, below: [] };
    }
  }

  #scan(place: Place, { items, others }: Listing, cursor: JsonValue | undefined, pauses: Pauses): FolderScan {
    const files = this.#files;
    const sight = (name: string): Sighting[] => {
      const stat = lookAt(place.path, name, files);
      if (stat === undefined) return [];
      return [stat === 'unreadable' ? unreadableSighting(name, name, 'file') : itemSighting(name, stat)];
    };
    async function* sightings(): AsyncIterable<readonly Sighting[]> {
      for (let start = 0; start < items.length; start += batchLength) {
        await pauses.between();
        yield items.slice(start, start + batchLength).flatMap(sight);
      }
      for (let start = 0; start < others.length; start += batchLength) {
        await pauses.between();
        const batch = others.slice(start, start + batchLength);
        yield batch.flatMap(({ name, leftOut }) => sight(name).map((sighting) => ({ ...sighting, leftOut })));
      }
    }
    return { completeness: 'full', sightings: sightings(), vanished: () => [], cursor: () => cursor };
  }

  async folders(parentKey: string | null | undefined, run: RunContext): Promise<readonly FolderOverview[]> {
    if (parentKey === undefined) return this.#allFolders(run);
    if (parentKey !== null && parentKey !== '') return this.#foldersBelow(parentKey);
    return this.#named.flatMap((path) => {
      const type = lookAtNamed(path, this.#files).stat?.type;
      return type === undefined || type === 'directory' ? [overview(path, '', path, false)] : [];
    });
  }

  async #allFolders(run: RunContext): Promise<FolderOverview[]> {
    const all: FolderOverview[] = [];
    for await (const { folder, parentKey } of this.walk({ cursor: () => undefined }, run)) {
      if (parentKey !== null) all.push(overview(folder.key, parentKey, folder.name, false));
    }
    return all;
  }

  #foldersBelow(parent: string): FolderOverview[] {
    const root = this.#named.find((named) => parent === named || parent.startsWith(pathBelow(named, '')));
    if (root === undefined) return [];
    const relative = parent.slice(pathBelow(root, '').length);
    return this.#files
      .list(parent)
      .filter(({ type }) => type === 'directory')
      .map(({ name }) => {
        const excluded = isLeftOut(this.#selection, relative === '' ? name : `${relative}/${name}`);
        return overview(pathBelow(parent, name), parent, name, excluded);
      });
  }

  async *read(folderKey: string, wanted: readonly Wanted[], run: RunContext): AsyncIterable<Reading> {
    const pauses = new Pauses(run);
    for (const one of wanted) {
      await pauses.between();
      const { key, kind } = one.sighting;
      yield readItem(one, kind === 'folder' || folderKey === '' ? key : pathBelow(folderKey, key), this.#tools);
    }
  }

  leavesOut([named, ...below]: readonly string[], item?: string): boolean {
    const top = named ?? item;
    if (top !== undefined && !this.#named.includes(top)) return true;
    if (named === undefined) return false;
    if (below.length > 0 && isLeftOut(this.#selection, below.join('/'))) return true;
    if (item === undefined) return false;
    return this.#selection.ignores([...below, item].join('/'), false) || !isIncluded(this.#selection, below, item);
  }

  async close(): Promise<void> {
    // Nothing is held open.
  }
}

const namesOf = (named: string, relative: string): readonly string[] =>
  relative === '' ? [named] : [named, ...relative.split('/')];

/** Something that is wanted lies below. */
function leadsTo({ folders }: Scope, directory: string): boolean {
  const start = pathBelow(directory, '');
  for (const folder of folders) if (folder.startsWith(start)) return true;
  return false;
}

/** Above the named paths: it holds those that are no directories. While one is missing nobody knows which kind it was. */
function topVisit(named: readonly NamedPath[]): FolderVisit {
  const items = named.flatMap(({ path, stat }) =>
    stat === undefined || stat.type === 'directory' ? [] : [itemSighting(path, stat)],
  );
  const whole = named.every(({ problem }) => problem === undefined);
  async function* sightings(): AsyncIterable<readonly Sighting[]> {
    yield items;
  }
  const scan: FolderScan = {
    completeness: whole ? 'full' : 'changes',
    sightings: sightings(),
    vanished: () => [],
    cursor: () => undefined,
  };
  return { folder: rootSighting, parentKey: null, scan };
}

const unreadable = (folder: Sighting, parentKey: string, problem: Failure): FolderVisit => ({
  folder,
  parentKey,
  scan: undefined,
  problem,
});

/** An empty directory on another disk than last time is where something used to be mounted, not a place that was emptied. */
function isUnmounted({ items, directories }: Listing, stat: FileStat, cursor: JsonValue | undefined): boolean {
  if (items.length > 0 || directories.length > 0 || typeof cursor !== 'object' || cursor === null) return false;
  const { device } = cursor as { readonly device?: JsonValue };
  return device !== undefined && device !== String(stat.device);
}

const overview = (key: string, parentKey: string, name: string, excluded: boolean): FolderOverview => ({
  key,
  parentKey,
  name,
  specialUse: null,
  items: null,
  excluded,
});

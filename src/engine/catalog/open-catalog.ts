import type { CommitContents } from '../../shared/domain/commit.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { withFileFailure } from '../kernel/file-failure.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import { type AheadThreads, RowsAhead } from './ahead/rows-ahead.ts';
import type { Catalog } from './catalog.ts';
import { affectedItems } from './reading/affected-items.ts';
import { ChunkPlaces } from './reading/chunk-places.ts';
import { CommitList } from './reading/commit-list.ts';
import { Density } from './reading/density.ts';
import { Differing } from './reading/differing.ts';
import { EndedVersions } from './reading/ended-versions.ts';
import { FolderContents } from './reading/folder-contents.ts';
import { FolderTree } from './reading/folder-tree.ts';
import { FoldersAt, FolderStatements } from './reading/folders-at.ts';
import { GivenBackItems } from './reading/given-back-items.ts';
import { Growth } from './reading/growth.ts';
import { Holding } from './reading/holding.ts';
import { ItemHistory } from './reading/item-history.ts';
import { ItemRows } from './reading/item-rows.ts';
import { KnownItems } from './reading/known-items.ts';
import { LostContents } from './reading/lost-contents.ts';
import { Naming } from './reading/naming.ts';
import { Pages } from './reading/pages.ts';
import { Sampling } from './reading/sampling.ts';
import { Searching } from './reading/searching.ts';
import { Selecting } from './reading/selecting.ts';
import { Sizing } from './reading/sizing.ts';
import { TextContents } from './reading/text-contents.ts';
import { Vanishing } from './reading/vanishing.ts';
import { VersionList } from './reading/version-list.ts';
import { Versions } from './reading/versions.ts';
import { Applying } from './rows/applying.ts';
import { dumpRows } from './rows/dump.ts';
import { createTables, isEmptyFile, isLayoutCurrent } from './rows/layout.ts';
import { rebuildInSteps } from './rows/rebuilding.ts';
import { catalogConnection } from './sql/catalog-connection.ts';
import type { Connection } from './sql/connection.ts';
import { createPrivateFile, hasUnfinishedLog, removeDatabase, replaceDatabase } from './sql/database-file.ts';

export interface CatalogOptions {
  /** In the profile, on a local disk; its directory exists. */
  readonly path: string;
  /** 64 hex digits. */
  readonly key: string;
  readonly files: FileSystem;
  /** The SQLite build to load; undefined: the one inside the package. */
  readonly nativeBinding?: string;
  /** To write rows of a commit while it is made; undefined: they are written when it is true. */
  readonly ahead?: AheadThreads;
}

/**
 * Opens a catalog, or makes an empty one. Fails with `catalog.unusable` when it is damaged, has another key, was made by another
 * Strata, or is the remains of a rebuild that did not end: then {@link removeCatalog} and a rebuild are all that is needed.
 */
export function openCatalog(options: CatalogOptions): Catalog {
  withFileFailure(options.path, () => createPrivateFile(options.files, options.path));
  const wasCutOff = hasUnfinishedLog(options.files, options.path);
  const connection = catalogConnection(options);
  try {
    if (isEmptyFile(connection)) createTables(connection);
    // A damaged page is noticed when it is read, because each is authenticated. That a disk lost some of the last writes, and that
    // pages of two times lie together, is not: so after a crash the whole structure is looked at (0.4 s for 100 MB, measured).
    else if (!isLayoutCurrent(connection) || (wasCutOff && connection.pragma('quick_check(1)') !== 'ok')) {
      throw new StrataError('catalog.unusable', 'after-user-action', { path: options.path });
    }
    return catalogOn(connection, options);
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** A catalog that was made aside takes the place of another; both are closed. */
export function replaceCatalog(files: FileSystem, made: string, path: string): void {
  withFileFailure(path, () => replaceDatabase(files, made, path));
}

/** Gone is fine. */
export function removeCatalog(files: FileSystem, path: string): void {
  withFileFailure(path, () => removeDatabase(files, path));
}

const forgetting = (caches: readonly { forget(): void }[]) => (): void => {
  for (const cache of caches) cache.forget();
};

function catalogOn(connection: Connection, { path, key, nativeBinding, ahead: threads }: CatalogOptions): Catalog {
  const applying = new Applying(connection);
  const versions = new Versions(connection);
  const folders = new FolderStatements(connection);
  const contents = new FolderContents(connection);
  const rows = new ItemRows(connection, folders, versions);
  const lost = new LostContents(connection);
  const known = new KnownItems(connection, lost);
  const givenBack = new GivenBackItems(connection, known);
  const pages = new Pages(contents, rows, versions);
  const differing = new Differing(connection, rows);
  const selecting = new Selecting(connection, folders, contents, versions);
  const vanishing = new Vanishing(connection, versions);
  const commits = new CommitList(connection);
  const chunks = new ChunkPlaces(connection);
  const history = new ItemHistory(connection, versions, folders);
  const tree = new FolderTree(connection, folders, contents);
  const density = new Density(connection);
  const searching = new Searching(connection, folders, rows);
  const naming = new Naming(connection, folders);
  const holding = new Holding(connection);
  const ended = new EndedVersions(connection);
  const versionList = new VersionList(connection, folders);
  const [growth, sizing] = [new Growth(connection), new Sizing(connection)];
  const sampling = new Sampling(connection, versions);
  const forget = forgetting([pages, differing, holding, lost, sizing]);
  const apply = (contents: CommitContents): void => {
    forget();
    applying.apply(contents);
  };
  let ahead: RowsAhead | undefined;
  return {
    applied: () => applying.applied(),
    apply,
    ahead: () => threads && (ahead = new RowsAhead({ path, key, nativeBinding }, threads, { forget, apply })),
    isApplying: () => ahead?.isApplying ?? false,
    rebuild: (all) => rebuildInSteps(connection, applying, all),
    knownItems: (_source, folder) => known.items(folder),
    knownFolders: (source) => known.folders(source),
    contentNamed: (source, identity, contentRevision) => known.named(source, identity, contentRevision),
    deletedItems: (source, folder, which) => known.deleted(source, folder, which),
    remembered: (from, count, all) => versions.remembered(from, count, all),
    newest: (item) => versions.newest(item),
    cursor: (source, folderKey) => known.cursor(source, folderKey),
    cursorKeys: (source) => known.cursorKeys(source),
    unchosen: (source) => known.unchosen(source),
    letGo: (source) => known.letGo(source),
    givenBackTo: (source, folderKey) => givenBack.inFolder(source, folderKey),
    givenBackOf: (item, source) => givenBack.ofItem(item, source),
    hasLostItems: (source) => lost.isAnyIn(source),
    endedVersions: (source) => ended.of(source),
    presentVersions: (source) => ended.present(source),
    measureVersions: (refs) => versionList.measure(refs),
    describeVersions: (refs, limit) => versionList.describe(refs, limit),
    holds: () => holding.holds(),
    freezes: () => holding.freezes(),
    isHeld: (source, item, version) => holding.isHeld(source, item, version),
    locate: (id) => chunks.locate(id),
    locateAll: (ids) => chunks.locateAll(ids),
    packs: () => sampling.packs(),
    sample: (count, mostBytes, random) => sampling.sample(count, mostBytes, random),
    candidates: () => sampling.candidates(),
    drawn: (row) => versions.manifest(row),
    chunkIds: () => chunks.ids(),
    version: (item, version) => versions.version(item, version),
    versionAt: (item, atMs) => versions.versionAt(item, atMs),
    select: (selection, atMs, passes) => selecting.select(selection, atMs, passes),
    vanished: (selection, period) => vanishing.select(selection, period),
    measure: (selection, atMs) => selecting.measure(selection, atMs),
    affected: (damaged, lostPacks) => affectedItems(connection, folders, damaged, lostPacks),
    commits: () => commits.commits(),
    newestCommit: () => commits.newest(),
    firstCommitMs: () => commits.firstMs(),
    newestCommitMs: () => commits.newestMs(),
    moments: (limit) => commits.moments(limit),
    momentTimes: () => commits.momentTimes(),
    protectedUntil: () => commits.protectedUntil(),
    completions: (source, sinceMs, mostCommits) => commits.completions(source, sinceMs, mostCommits),
    lastListed: () => commits.listed(),
    commitOfRun: (run) => commits.ofRun(run),
    sources: () => commits.sources(),
    totals: () => commits.totals(),
    tree: (atMs) => tree.tree(atMs),
    page: (query) => pages.page(query),
    row: (item, version, atMs) => rows.row(item, version, atMs),
    history: (item) => history.history(item),
    differences: (query) => differing.page(query),
    density: (folder, dayOf) => density.days(folder, dayOf),
    growth: (dayOf) => growth.days(dayOf),
    sizes: () => sizing.sizes(),
    senders: (folders, kind) => sizing.senders(folders, kind),
    find: (query, texts) => searching.find(query, texts),
    textContents: new TextContents(connection, versions),
    resolve: (text, atMs) => naming.resolve(text, atMs),
    folderPath: (folder, atMs) => (folder === null ? [] : new FoldersAt(folders, atMs).path(versions.itemNumber(folder) ?? null)),
    dump: () => dumpRows(connection),
    close: () => connection.close(),
  };
}

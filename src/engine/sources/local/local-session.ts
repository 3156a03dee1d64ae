import { canonicalJson, type JsonObject } from '../../../shared/domain/json.ts';
import type { LocalSettings } from '../../../shared/domain/source-settings.ts';
import { type Failure, StrataError } from '../../../shared/domain/strata-error.ts';
import { errnoOf } from '../../kernel/file-failure.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { folderPatterns } from '../folder-patterns.ts';
import { Pauses } from '../pauses.ts';
import {
  type FolderOverview,
  type FolderVisit,
  type KnownCursors,
  leftOutBySettings,
  type Reading,
  type Scope,
  type Sighting,
  type Source,
  type SourceSession,
  type Wanted,
} from '../source.ts';
import type { FindFolders, LocalFolder } from './folder.ts';
import { emptyScan } from '../empty-scan.ts';

/** `find` is called once to open and once for each walk. Finding nothing at all is no empty account. */
export const localSource = (
  { path, exclude }: Pick<LocalSettings, 'path' | 'exclude'>,
  find: FindFolders,
  watch: NonNullable<Source['watch']>,
): Source => ({
  async open() {
    if (findAt(path, find).length === 0) throw new StrataError('source.missing', 'after-user-action', { path });
    return new LocalSession(path, exclude, find);
  },
  watch,
});

/** A place that cannot be looked into says nothing about what is in it: the source as a whole fails. */
function findAt(path: string, find: FindFolders): readonly LocalFolder[] {
  try {
    return find();
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    throw new StrataError('source.missing', 'after-user-action', { path }, { cause: error });
  }
}

class LocalSession implements SourceSession {
  readonly capabilities: readonly string[] = [];
  readonly #path: string;
  readonly #find: FindFolders;
  readonly #isExcluded: (path: readonly string[]) => boolean;
  readonly #folders = new Map<string, LocalFolder>();

  constructor(path: string, exclude: readonly string[], find: FindFolders) {
    this.#path = path;
    this.#isExcluded = folderPatterns(exclude);
    this.#find = find;
  }

  async *walk(known: KnownCursors, run: RunContext, scope?: Scope): AsyncIterable<FolderVisit> {
    const pauses = new Pauses(run);
    await pauses.between();
    yield { folder: root, parentKey: null, scan: emptyScan() };
    for (const folder of findAt(this.#path, this.#find)) {
      await pauses.between();
      this.#folders.set(folder.key, folder);
      const isExcluded = this.#isExcluded(folder.path);
      if (!isExcluded) yield passBy(folder, scope) ?? visit(folder, known, run);
      else if (known.tellsLeftOut === true) yield { ...visit(folder, known, run), leftOut: leftOutBySettings };
    }
  }

  async folders(parentKey: string | null | undefined): Promise<readonly FolderOverview[]> {
    return findAt(this.#path, this.#find)
      .filter((folder) => parentKey === undefined || folder.parentKey === (parentKey ?? ''))
      .map((folder) => {
        const { key, name, specialUse } = folder;
        return {
          key,
          parentKey: folder.parentKey,
          name,
          specialUse,
          items: count(folder),
          excluded: this.#isExcluded(folder.path),
        };
      });
  }

  async *read(folderKey: string, wanted: readonly Wanted[], run: RunContext): AsyncIterable<Reading> {
    const folder = this.#folders.get(folderKey);
    for (const { sighting } of wanted) if (sighting.kind === 'folder') yield readFolder(sighting, folder);
    const items = wanted.filter(({ sighting }) => sighting.kind !== 'folder');
    if (items.length > 0 && folder?.store !== undefined) yield* folder.store.read(items, run);
  }

  leavesOut(folder: readonly string[]): boolean {
    return this.#isExcluded(folder);
  }

  async close(): Promise<void> {
    // Nothing is held open.
  }
}

/** Undefined: it is wanted. */
function passBy(folder: LocalFolder, scope: Scope | undefined): FolderVisit | undefined {
  const sighting = folderSighting(folder);
  const { parentKey, unreadable: reason } = folder;
  if (scope === undefined || reason !== undefined || scope.wants(sighting, parentKey)) return undefined;
  return { folder: sighting, parentKey, scan: undefined, passedBy: 'items' };
}

function visit(folder: LocalFolder, known: KnownCursors, run: RunContext): FolderVisit {
  const sighting = folderSighting(folder);
  const { parentKey, specialUse, store, unreadable: reason } = folder;
  try {
    if (reason !== undefined) return unreadable(folder, sighting, reason);
    return { folder: sighting, parentKey, specialUse, scan: store?.scan(known.cursor(folder.key), run) ?? emptyScan() };
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return unreadable(folder, sighting, errno);
  }
}

function unreadable({ path, parentKey }: LocalFolder, folder: Sighting, reason: string): FolderVisit {
  const problem: Failure = { code: 'folder.unreadable', retry: 'later', facts: { folder: path.join('/'), reason } };
  return { folder, parentKey, scan: undefined, problem };
}

function count({ store, unreadable: reason }: LocalFolder): number | null {
  if (reason !== undefined) return null;
  try {
    return store === undefined ? 0 : store.count();
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return null;
  }
}

/** Above all folders. */
const root: Sighting = { key: '', name: '', kind: 'folder', contentRevision: '', metadataRevision: '', sizeBytes: 0 };

const metadataOf = ({ specialUse, store }: LocalFolder): JsonObject => ({
  specialUse,
  flags: store === undefined ? ['\\NoSelect'] : [],
  ...store?.metadata,
});

const folderSighting = (folder: LocalFolder): Sighting => ({
  key: folder.key,
  name: folder.name,
  kind: 'folder',
  contentRevision: '',
  metadataRevision: canonicalJson(metadataOf(folder)),
  ...(folder.identity === undefined ? {} : { identity: folder.identity }),
  sizeBytes: 0,
});

function readFolder({ key, name, contentRevision, metadataRevision }: Sighting, folder: LocalFolder | undefined): Reading {
  const metadata = folder === undefined ? {} : metadataOf(folder);
  return { key, contentRevision, metadataRevision, metadata, summary: { title: name } };
}

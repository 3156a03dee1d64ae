import { canonicalJson } from '../../../shared/domain/json.ts';
import type { JmapSettings } from '../../../shared/domain/source-settings.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import type { CredentialReader } from '../credential.ts';
import { emptyScan } from '../empty-scan.ts';
import { folderPatterns } from '../folder-patterns.ts';
import {
  type FolderOverview,
  type FolderVisit,
  type KnownCursors,
  leftOutBySettings,
  type Reading,
  type Scope,
  type Sighting,
  type SourceSession,
  type Wanted,
} from '../source.ts';
import { asFolderFailure, asSourceFailure, isFolderFailure } from '../web-failure.ts';
import { connectJmap } from './connect.ts';
import type { JmapLimits } from './limits.ts';
import { missingOver } from './object-dialects.ts';
import { nameOf, type Place } from './place.ts';
import { allPlaces } from './places.ts';
import type { ReadOnlyJmap } from './read-only-jmap.ts';

export async function openSession(
  settings: JmapSettings,
  credential: CredentialReader,
  run: RunContext,
  limits: JmapLimits,
): Promise<SourceSession> {
  return new JmapSourceSession(await connectJmap(settings, credential, limits, run), settings.exclude);
}

class JmapSourceSession implements SourceSession {
  readonly capabilities: readonly string[];
  readonly alsoNeeds: NonNullable<SourceSession['alsoNeeds']>;
  readonly #jmap: ReadOnlyJmap;
  readonly #isExcluded: ReturnType<typeof folderPatterns>;
  readonly #visited = new Map<string, Place>();

  constructor(jmap: ReadOnlyJmap, exclude: readonly string[]) {
    this.#jmap = jmap;
    this.#isExcluded = folderPatterns(exclude);
    this.capabilities = jmap.session.capabilities;
    this.alsoNeeds = missingOver(jmap.account.offers);
  }

  async *walk(known: KnownCursors, run: RunContext, scope?: Scope): AsyncGenerator<FolderVisit> {
    stopIfCancelled(run);
    const skips = (path: readonly string[]): boolean => known.tellsLeftOut !== true && this.#isExcluded(path);
    const places = await allPlaces(this.#jmap, { remembered: (key) => known.cursor(key), skips }, run);
    const identities = new Set(places.flatMap(({ key, path }) => (this.#isExcluded(path) ? [] : [key])));
    yield { folder: root, parentKey: null, identities, scan: emptyScan() };
    for (const place of places) {
      stopIfCancelled(run);
      const isExcluded = this.#isExcluded(place.path);
      if (isExcluded && known.tellsLeftOut !== true) continue;
      this.#visited.set(place.key, place);
      yield { ...visitOf(place, known, scope), ...(isExcluded ? { leftOut: leftOutBySettings } : {}) };
    }
  }

  async folders(parentKey: string | null | undefined, run: RunContext): Promise<readonly FolderOverview[]> {
    const places = await allPlaces(this.#jmap, { remembered: () => undefined, skips: () => false }, run);
    const wanted = parentKey === undefined ? places : places.filter((place) => place.parentKey === (parentKey ?? ''));
    const shown: FolderOverview[] = [];
    for (const place of wanted) {
      const { key, parentKey: parent, path, specialUse } = place;
      const items = await this.#count(place);
      const excluded = this.#isExcluded(path);
      shown.push({ key, parentKey: parent === '' ? null : parent, name: nameOf(place), specialUse, items, excluded });
    }
    return shown;
  }

  async *read(folderKey: string, wanted: readonly Wanted[], run: RunContext): AsyncGenerator<Reading> {
    const items: Wanted[] = [];
    const place = this.#visited.get(folderKey);
    for (const item of wanted) {
      if (item.sighting.kind === 'folder') yield readFolder(folderKey, place, item.sighting);
      else items.push(item);
    }
    if (place === undefined || items.length === 0) return;
    try {
      yield* place.read(items, run);
    } catch (error) {
      throw asSourceFailure(error, this.#jmap.origin);
    }
  }

  leavesOut(folder: readonly string[]): boolean {
    return this.#isExcluded(folder);
  }

  async close(): Promise<void> {
    this.#jmap.close();
  }

  /** Null: it could not be listed. */
  async #count(place: Place): Promise<number | null> {
    try {
      return place.problem === undefined ? await place.count() : null;
    } catch (error) {
      const failure = asFolderFailure(error, nameOf(place));
      if (!isFolderFailure(failure)) throw error;
      return null;
    }
  }
}

/** One that was listed before, and is not among the few that a limited walk is about, is passed by. */
function visitOf(place: Place, known: KnownCursors, scope: Scope | undefined): FolderVisit {
  const { parentKey, specialUse, isShared, problem } = place;
  const visit = { folder: folderSighting(place), parentKey, specialUse, ...(isShared ? { isShared } : {}) };
  if (problem !== undefined) return { ...visit, scan: undefined, problem };
  const cursor = known.cursor(place.key);
  if (scope !== undefined && place.knows(cursor) && !scope.wants(visit.folder, parentKey))
    return { ...visit, scan: undefined, passedBy: 'items' };
  return { ...visit, scan: place.scan(cursor) };
}

const readFolder = (key: string, place: Place | undefined, { name, contentRevision, metadataRevision }: Sighting): Reading => ({
  key,
  metadata: place?.metadata ?? {},
  summary: { title: name },
  contentRevision,
  metadataRevision,
});

const root: Sighting = { key: '', name: '', kind: 'folder', contentRevision: '', metadataRevision: '', sizeBytes: 0 };

const folderSighting = (place: Place): Sighting => ({
  key: place.key,
  name: nameOf(place),
  kind: 'folder',
  contentRevision: '',
  metadataRevision: canonicalJson(place.metadata),
  identity: place.key,
  sizeBytes: 0,
});

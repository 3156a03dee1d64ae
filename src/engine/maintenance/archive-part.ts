import { type ArchiveChoice, archiveText, takesItem, takesSource, takesWhole } from '../../shared/domain/archive.ts';
import type { Commit, CommitActs } from '../../shared/domain/commit.ts';
import type { Hold } from '../../shared/domain/hold.ts';
import type { ItemId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog } from '../catalog/index.ts';
import type { Storage } from '../storage/index.ts';

/** An archive has all versions of an item or none: what is chosen stays as it was when the first commit was repeated. */
export function refuseOtherChoice(mirror: Storage, held: ArchiveChoice | undefined, wanted: ArchiveChoice | undefined): void {
  if (archiveText(held) === archiveText(wanted)) return;
  throw new StrataError('archive.other-choice', 'after-user-action', { name: mirror.header.name });
}

/** The moment of a job of which an archive takes no source is none of the archive's. */
export const concerns = ({ kind, sources }: Commit, only: ArchiveChoice | undefined): boolean =>
  only === undefined || kind !== 'full' || sources.some(({ id }) => takesSource(only, id));

/** What an archive takes of each commit; a mirror, and an archive of everything, take all of it. */
export class ArchivePart {
  readonly #only: ArchiveChoice | undefined;
  readonly #catalog: Pick<Catalog, 'version'>;

  constructor(only: ArchiveChoice | undefined, origin: Pick<Catalog, 'version'>) {
    this.#only = only === undefined || takesWhole(only) ? undefined : only;
    this.#catalog = origin;
  }

  /** As the archive's commits say it: it knows on any computer what it takes. */
  get said(): { readonly only?: ArchiveChoice } {
    return this.#only === undefined ? {} : { only: this.#only };
  }

  /**
   * Whether the commit adds nothing of what it takes. Asked of the manifests: a limited cycle does not name every source of which it stored
   * something.
   */
  isNothingOf(commit: Commit, manifests: Iterable<Manifest>): boolean {
    if (this.#only === undefined || commit.kind !== 'checkpoint' || Object.keys(this.acts(commit)).length > 0) return false;
    for (const _ of this.of(manifests)) return false;
    return this.sources(commit).sources.length === 0;
  }

  *of(manifests: Iterable<Manifest>): Iterable<Manifest> {
    for (const manifest of manifests) if (this.#only === undefined || takesItem(this.#only, manifest)) yield manifest;
  }

  /**
   * Where some kinds are left out, no source is whole: none is said to be, and no cursor goes along, because a cycle that went on after it
   * would never see what was left out.
   */
  sources(commit: Commit): Pick<Commit, 'sources' | 'completeSources' | 'cursors'> {
    const only = this.#only;
    if (only === undefined) return commit;
    const isWhole = only.kinds === null;
    return {
      sources: commit.sources.filter(({ id }) => takesSource(only, id)),
      completeSources: isWhole ? commit.completeSources.filter((id) => takesSource(only, id)) : [],
      cursors: isWhole ? commit.cursors.filter(({ source }) => takesSource(only, source)) : [],
    };
  }

  /** Without what is said of items that it does not take. */
  acts({ holds, releases, unchooses, chooses, letsGo, keeps, givesBack }: Commit): CommitActs {
    const items = (ids: readonly ItemId[] | undefined) => ids?.filter((id) => this.#takes(id));
    const acts: CommitActs = {
      ...(holds && { holds: holds.filter((hold) => this.#takesHold(hold)) }),
      ...(releases && { releases }),
      ...(unchooses && { unchooses: items(unchooses) ?? [] }),
      ...(chooses && { chooses: items(chooses) ?? [] }),
      ...(letsGo && { letsGo: items(letsGo) ?? [] }),
      ...(keeps && { keeps: items(keeps) ?? [] }),
      ...(givesBack && { givesBack: givesBack.filter(({ item }) => this.#takes(item)) }),
    };
    return Object.fromEntries((Object.entries(acts) as [string, readonly unknown[]][]).filter(([, act]) => act.length > 0));
  }

  #takesHold({ scope }: Hold): boolean {
    if (scope.what !== 'source') return this.#takes(scope.item);
    return this.#only === undefined || takesSource(this.#only, scope.source);
  }

  /** Of which the origin shows no version any more: the archive may have it, and what is said of the unknown changes nothing. */
  #takes(item: ItemId): boolean {
    if (this.#only === undefined) return true;
    const manifest = this.#catalog.version(item, 1) ?? this.#catalog.version(item, null);
    return manifest === undefined || takesItem(this.#only, manifest);
  }
}

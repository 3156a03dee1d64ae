import type { SourceId } from '../../shared/domain/ids.ts';
import type { ContentPart, Manifest, Summary } from '../../shared/domain/item.ts';
import type { Catalog } from '../catalog/index.ts';
import type { Sighting } from '../sources/source.ts';

/** Some 600 bytes each. What comes after that and before the next commit may be read twice. */
const mostFresh = 50_000;

/** A content of this source that is stored already, and what it is called there. */
export interface SameContent {
  readonly contents: readonly ContentPart[];
  readonly summary: Summary;
}

/**
 * Where a source names contents, what has a name that was stored before need not be read again, wherever it lies: a copy, or a message
 * with one label more. What came since the last commit is in no catalog yet and is kept in mind here.
 */
export class SameContents {
  readonly #catalog: Pick<Catalog, 'contentNamed' | 'newest'>;
  readonly #source: SourceId;
  /** By content revision. Undefined: it is being stored, or that failed. */
  readonly #fresh = new Map<string, SameContent | undefined>();

  constructor(catalog: Pick<Catalog, 'contentNamed' | 'newest'>, source: SourceId) {
    this.#catalog = catalog;
    this.#source = source;
  }

  /** Or may be. */
  isBeingStored({ contentRevision }: Sighting): boolean {
    return this.#fresh.has(contentRevision) && this.#fresh.get(contentRevision) === undefined;
  }

  find(sighting: Sighting): SameContent | undefined {
    if (!namesContent(sighting)) return undefined;
    const { contentRevision } = sighting;
    const known = this.#fresh.get(contentRevision);
    if (known !== undefined) return known;
    const item = this.#catalog.contentNamed(this.#source, sighting.identity, contentRevision);
    return item === undefined ? undefined : this.#catalog.newest(item);
  }

  /** To be said before it is read. Where that comes to nothing it is read with the next of that name. */
  begins(sighting: Sighting): void {
    if (!namesContent(sighting) || this.#fresh.has(sighting.contentRevision) || this.#fresh.size >= mostFresh) return;
    this.#fresh.set(sighting.contentRevision, undefined);
  }

  stored({ contentRevision, contents, summary }: Manifest): void {
    if (this.#fresh.has(contentRevision)) this.#fresh.set(contentRevision, { contents, summary });
  }

  /** After a commit the catalog knows it. */
  committed(): void {
    for (const [revision, content] of this.#fresh) if (content !== undefined) this.#fresh.delete(revision);
  }
}

/** A content revision that begins with the identity says that the identity is the content's, and not only the item's (a file's, say). */
const namesContent = (sighting: Sighting): sighting is Sighting & { readonly identity: string } =>
  sighting.identity !== undefined && sighting.identity !== '' && sighting.contentRevision.startsWith(sighting.identity);

/**
 * Whether a header that was read belongs to it. Names are the source's word alone, and one that gives two messages the same must not cost
 * one of them.
 */
export const isCalledTheSame = ({ summary }: SameContent, read: Summary): boolean =>
  summary.title === read.title && summary.from === read.from && summary.to === read.to;

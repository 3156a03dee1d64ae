import type { CommitId } from '../../../shared/domain/ids.ts';

/** How far an index of texts has come. */
export interface TextMark {
  /** Contents up to this row of the catalog were looked at. */
  readonly position: number;
  /** The commit up to which what went is out of it; 0 and null for a new one. */
  readonly sequence: number;
  readonly commit: CommitId | null;
}

/** What there is to say of one content. */
export interface FoundText {
  /** Its row in the catalog. */
  readonly content: number;
  readonly digest: string;
  /** A file's name, which decides how it is read and is searched with its text; empty for all else. */
  readonly about: string;
  readonly title: string;
  readonly sender: string;
  readonly recipient: string;
  /** Empty: it has none. Null: it cannot be read now. Undefined: the same as another one's, of which {@link TextIndex.has} told. */
  readonly text: string | null | undefined;
}

/** What a search asks of it. */
export interface TextHits {
  /** Rows of contents that fit, the newest texts first, page by page. */
  pages(match: string): Iterable<readonly number[]>;
  text(content: number): string | undefined;
}

/**
 * The words of what items say, beside the catalog and encrypted like it. A throw-away cache: it is filled from the storage again. Equal
 * contents have one text. What it holds of contents that are no longer in the catalog is never a hit.
 */
export interface TextIndex extends TextHits {
  mark(): TextMark;
  /** Whether the text of such a content is here. */
  has(digest: string, about: string): boolean;
  /** In one transaction. */
  add(found: readonly FoundText[], position: number): void;
  /** Contents that were looked at and noted, ascending. */
  noted(after: number, limit: number): number[];
  /** With them go the texts that nothing else has; their words are gone for good when {@link clean} is done. */
  forget(contents: readonly number[]): void;
  /** What was not readable is looked at again. */
  forgetUnread(): void;
  /** From an earlier position on, what is noted is not read again. */
  setMark(mark: TextMark): void;
  /** All of it goes at once. */
  empty(): void;
  /** Words of what was forgotten are left. */
  isUnclean(): boolean;
  /** A step of taking out what was forgotten; false: nothing is left of it. */
  clean(): boolean;
  counts(): { readonly texts: number; readonly unread: number };
  close(): void;
}

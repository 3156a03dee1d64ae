import { type ArchiveChoice, archiveText } from '../../shared/domain/archive.ts';
import type { CommitId, StorageId } from '../../shared/domain/ids.ts';
import type { Storage } from '../storage/index.ts';
import { isRepeated, lackingCommits } from './mirror.ts';

type Head = { readonly sequence: number; readonly id: CommitId } | null;

/** What only the origin has. */
export interface Lack {
  readonly commits: number;
  readonly moments: number;
  /** Of the first of these moments. */
  readonly sinceMs: number | null;
}

const nothing: Lack = { commits: 0, moments: 0, sinceMs: null };

/**
 * What mirrors lack: asked every minute, and whenever somebody looks. Of an origin that only went on, no more is read than what came
 * since; and nothing while neither of the two changed.
 */
export class LackBook {
  readonly #known = new Map<
    StorageId,
    { readonly origin: StorageId; readonly only: string; readonly from: Head; readonly to: Head; readonly lack: Lack }
  >();

  /** Fails as `lackingCommits` does. */
  of(origin: Storage, mirror: Storage, only?: ArchiveChoice): Lack {
    const [from, to] = [origin.head(), mirror.head()];
    const known = this.#known.get(mirror.header.id);
    const isFor = known?.origin === origin.header.id && known.only === archiveText(only) && known.to?.id === to?.id;
    if (isFor && known.from?.id === from?.id) return known.lack;
    const lack = (isFor ? wentOn(origin, known.from, known.lack, only) : undefined) ?? all(origin, mirror, only);
    this.#known.set(mirror.header.id, { origin: origin.header.id, only: archiveText(only), from, to, lack });
    return lack;
  }
}

/** Undefined: what was looked at then is not a part of the origin's history any more. */
function wentOn(origin: Storage, from: Head, lack: Lack, only: ArchiveChoice | undefined): Lack | undefined {
  if (from === null || origin.idAt(from.sequence) !== from.id) return undefined;
  return [...origin.commits(from.sequence)].filter((commit) => isRepeated(commit, only)).reduce(more, lack);
}

const all = (origin: Storage, mirror: Storage, only: ArchiveChoice | undefined): Lack =>
  [...lackingCommits(origin, mirror, only)].reduce(more, nothing);

const more = ({ commits, moments, sinceMs }: Lack, { kind, atMs }: { readonly kind: string; readonly atMs: number }): Lack => {
  const isMoment = kind === 'full';
  return { commits: commits + 1, moments: moments + (isMoment ? 1 : 0), sinceMs: sinceMs ?? (isMoment ? atMs : null) };
};

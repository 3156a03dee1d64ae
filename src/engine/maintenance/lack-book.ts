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
    { readonly origin: StorageId; readonly from: Head; readonly to: Head; readonly lack: Lack }
  >();

  /** Fails as `lackingCommits` does. */
  of(origin: Storage, mirror: Storage): Lack {
    const [from, to] = [origin.head(), mirror.head()];
    const known = this.#known.get(mirror.header.id);
    const isFor = known?.origin === origin.header.id && known.to?.id === to?.id;
    if (isFor && known.from?.id === from?.id) return known.lack;
    const lack = (isFor ? wentOn(origin, known.from, known.lack) : undefined) ?? all(origin, mirror);
    this.#known.set(mirror.header.id, { origin: origin.header.id, from, to, lack });
    return lack;
  }
}

/** Undefined: what was looked at then is not a part of the origin's history any more. */
function wentOn(origin: Storage, from: Head, lack: Lack): Lack | undefined {
  if (from === null || origin.idAt(from.sequence) !== from.id) return undefined;
  return [...origin.commits(from.sequence)].filter(isRepeated).reduce(more, lack);
}

const all = (origin: Storage, mirror: Storage): Lack => [...lackingCommits(origin, mirror)].reduce(more, nothing);

const more = ({ commits, moments, sinceMs }: Lack, { kind, atMs }: { readonly kind: string; readonly atMs: number }): Lack => {
  const isMoment = kind === 'full';
  return { commits: commits + 1, moments: moments + (isMoment ? 1 : 0), sinceMs: sinceMs ?? (isMoment ? atMs : null) };
};

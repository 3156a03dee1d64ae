import type { JsonObject, JsonValue } from '../../../shared/domain/json.ts';

/** What is known of a collection since it was last listed. */
export interface DavCursor {
  /** From where the server can tell what changed; null: it cannot. */
  readonly token: string | null;
  readonly ctag: string | null;
  /** When this ctag was first seen. */
  readonly ctagSinceMs: number;
  /** The collection was listed once more with the same ctag, and so much later that no change can have kept it. */
  readonly isSettled: boolean;
  /** How many there were when all were listed. */
  readonly items: number;
  readonly listedAtMs: number;
}

export const toCursor = (cursor: DavCursor): JsonObject => ({ ...cursor });

/** Undefined for anything that this version did not write. */
export function fromCursor(value: JsonValue | undefined): DavCursor | undefined {
  if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const { token, ctag, ctagSinceMs, isSettled, items, listedAtMs } = value as Partial<Record<keyof DavCursor, JsonValue>>;
  const isText = (one: JsonValue | undefined): one is string | null => one === null || typeof one === 'string';
  if (!isText(token) || !isText(ctag) || typeof isSettled !== 'boolean') return undefined;
  if (typeof ctagSinceMs !== 'number' || typeof items !== 'number' || typeof listedAtMs !== 'number') return undefined;
  return { token, ctag, ctagSinceMs, isSettled, items, listedAtMs };
}

/**
 * Servers make ctags of times, to the second: a change in the second of a listing keeps the ctag. So it counts only once it was
 * the same in a listing this much later.
 */
const settlesMs = 10_000;

export function ctagOf(ctag: string | undefined, known: DavCursor | undefined, nowMs: number) {
  const isSame = ctag !== undefined && known?.ctag === ctag && known.ctagSinceMs <= nowMs;
  const ctagSinceMs = isSame ? known.ctagSinceMs : nowMs;
  return { ctag: ctag ?? null, ctagSinceMs, isSettled: isSame && nowMs - ctagSinceMs >= settlesMs };
}

/** Whatever a server said of changes: once a week everything is listed. */
const listedForMs = 7 * 86_400_000;

export const isFresh = ({ listedAtMs }: DavCursor, nowMs: number): boolean =>
  listedAtMs <= nowMs && nowMs - listedAtMs < listedForMs;

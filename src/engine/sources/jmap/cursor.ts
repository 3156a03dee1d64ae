import type { JsonObject, JsonValue } from '../../../shared/domain/json.ts';

/** What is known of a mailbox since it was last listed. */
export interface JmapCursor {
  readonly account: string;
  /** From where the server can tell which emails changed. */
  readonly state: string;
  /** How many emails the server said that there are in it. */
  readonly emails: number;
  /** When all were listed. */
  readonly listedAtMs: number;
}

export const toCursor = (cursor: JmapCursor): JsonObject => ({ ...cursor });

/** Undefined for anything that this version did not write. */
export function fromCursor(value: JsonValue | undefined): JmapCursor | undefined {
  if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const { account, state, emails, listedAtMs } = value as Partial<Record<keyof JmapCursor, JsonValue>>;
  if (typeof account !== 'string' || typeof state !== 'string') return undefined;
  if (typeof emails !== 'number' || typeof listedAtMs !== 'number') return undefined;
  return { account, state, emails, listedAtMs };
}

/** Whatever a server said of changes: once a week everything is listed. */
const listedForMs = 7 * 86_400_000;

export const isFresh = ({ listedAtMs }: Pick<JmapCursor, 'listedAtMs'>, nowMs: number): boolean =>
  listedAtMs <= nowMs && nowMs - listedAtMs < listedForMs;

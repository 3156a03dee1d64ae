import { Cancelled, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { encryptionFailure, unreachableFailure } from './connect-failure.ts';

/** An answer that refuses. Whether it concerns the object, the collection or the account, who asked knows. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  /** Which rule it would break, as the standards name it. */
  readonly condition: string | undefined;

  constructor(status: number, condition?: string) {
    super(condition === undefined ? String(status) : `${status} ${condition}`);
    this.status = status;
    this.condition = condition;
  }
}

export const isRefused = (error: unknown, ...statuses: readonly number[]): error is Refused =>
  error instanceof Refused && (statuses.length === 0 || statuses.includes(error.status));

/** The answer cannot be used; why, in words that stay the same. */
export class Unintelligible extends Error {
  override readonly name = 'Unintelligible';
}

/** Node's word for what became of a connection that was there. */
const lost: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

/** Turns what went wrong on the way to the server or back into a failure of the source. */
export function wayFailure(error: unknown, origin: URL, port: number, signal: AbortSignal): unknown {
  // A cancel closes the connection, and whatever that breaks is the cancel.
  if (signal.aborted) return new Cancelled('stopped');
  if (isStrataError(error) || error instanceof Cancelled || error instanceof Refused || error instanceof Unintelligible)
    return error;
  const { code = '' } = error as { readonly code?: string };
  const host = origin.hostname;
  // No disconnect, after which one asks again: who is slow is not helped by the same question.
  if (code === 'ESTRATASILENT') return new StrataError('source.timed-out', 'later', { host, port }, { cause: error });
  if (lost.has(code)) return new StrataError('source.disconnected', 'later', { host }, { cause: error });
  const failure =
    encryptionFailure(error, { host, port, tls: 'implicit', certificateSha256: null }) ??
    unreachableFailure(error, { host, port });
  if (failure !== undefined) return failure;
  // Of several addresses of one host that were all tried Node tells the last error's code, and no call.
  if (/^E[A-Z0-9]+$/.test(code)) return new StrataError('source.unreachable', 'later', { host, port }, { cause: error });
  // What Node's parser of HTTP says.
  if (code.startsWith('HPE_')) return protocolFailure(origin, code, error);
  return error;
}

/** Broken before an answer, and not new when it was asked. */
class KeptConnectionGone extends Error {
  override readonly name = 'KeptConnectionGone';
  readonly code: string;

  constructor(code: string, cause: Error) {
    super(cause.message, { cause });
    this.code = code;
  }
}

/** What broke a request on a connection that was kept. */
export function ofKept(error: Error): Error {
  const { code = '' } = error as { readonly code?: string };
  return lost.has(code) ? new KeptConnectionGone(code, error) : error;
}
export const isKeptGone = (error: unknown): boolean => isDisconnect(error) && error.cause instanceof KeptConnectionGone;

export const isDisconnect = (error: unknown): error is StrataError =>
  isStrataError(error) && error.code === 'source.disconnected';
export const protocolFailure = (origin: URL, reason: string, cause?: unknown): StrataError =>
  new StrataError('source.protocol', 'later', { host: origin.hostname, reason }, { cause });

export const isFolderFailure = (error: unknown): error is StrataError =>
  isStrataError(error) && error.code === 'folder.unreadable';

/** What an answer that refuses, or cannot be used, means where the account as a whole was asked. */
export const asSourceFailure = (error: unknown, origin: URL): unknown =>
  error instanceof Refused || error instanceof Unintelligible ? protocolFailure(origin, error.message, error) : error;

/** The same where one collection was asked. */
export const asFolderFailure = (error: unknown, folder: string): unknown =>
  error instanceof Refused || error instanceof Unintelligible ? folderUnreadable(folder, error.message, error) : error;

export const folderUnreadable = (folder: string, reason: string, cause?: unknown): StrataError =>
  new StrataError('folder.unreadable', 'later', { folder, reason }, { cause });

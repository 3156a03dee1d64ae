import type { ImapSettings } from '../../../shared/domain/source-settings.ts';
import { Cancelled, isStrataError, StrataError } from '../../../shared/domain/strata-error.ts';
import { encryptionFailure, unreachableFailure } from '../connect-failure.ts';
import { refusalOf, signInFailure } from './sign-in-failure.ts';

/** What imapflow hangs on its errors, and Node on those of sockets. */
interface ForeignError extends Error {
  readonly code?: string;
  readonly authenticationFailed?: boolean;
  /** What the server said of hanging up, or of saying no. */
  readonly reason?: string;
  readonly responseText?: string;
  readonly responseStatus?: 'NO' | 'BAD';
  readonly serverResponseCode?: string;
  readonly mailboxMissing?: boolean;
  /** Why a token was refused (RFC 7628, 3.2.2), as the server says it. */
  readonly oauthError?: { readonly status?: unknown } | null;
  readonly response?: { readonly attributes?: readonly { readonly section?: readonly { readonly value?: unknown }[] }[] };
}

/** The connection ended under a command. ETIMEOUT is imapflow's: the server stayed silent for too long. */
const lost: ReadonlySet<string> = new Set([
  'NoConnection',
  'EConnectionClosed',
  'StateLogout',
  'ETIMEOUT',
  'ECONNRESET',
  'EPIPE',
]);
const hungUp: ReadonlySet<string> = new Set(['ClosedAfterConnectText', 'ClosedAfterConnectTLS']);

/** Turns what went wrong before the server let us in into a failure of the source. */
export function connectFailure(error: unknown, settings: ImapSettings, signal: AbortSignal): unknown {
  const known = knownFailure(error, signal);
  if (known !== undefined) return known;
  const { host, port } = settings;
  const { code = '', reason = '', responseText = '', authenticationFailed, serverResponseCode = '' } = error as ForeignError;
  if (hungUp.has(code) && refusalOf({ code: '', text: reason }) !== undefined) {
    return signInFailure({ code: '', text: reason }, settings, error);
  }
  const failure = encryptionFailure(error, settings) ?? unreachableFailure(error, settings);
  if (failure !== undefined) return failure;
  // imapflow also marks a connection that was lost while signing in as a refused sign-in: the code goes first.
  if (lost.has(code) || hungUp.has(code)) return new StrataError('source.unreachable', 'later', { host, port }, { cause: error });
  if ((error as ForeignError).oauthError?.status === 'insufficient_scope') {
    return new StrataError('source.consent-needed', 'after-user-action', { host, user: settings.user }, { cause: error });
  }
  if (authenticationFailed === true) return signInFailure({ code: serverResponseCode, text: responseText }, settings, error);
  return protocolFailure(error as ForeignError, settings);
}

/** Turns what went wrong with a command into a failure of the folder, where it concerns one, or of the source. */
export function commandFailure(error: unknown, settings: ImapSettings, folder: string | null, signal: AbortSignal): unknown {
  const known = knownFailure(error, signal);
  if (known !== undefined) return known;
  const { code = '', responseStatus, mailboxMissing } = error as ForeignError;
  if (lost.has(code)) {
    return new StrataError('source.disconnected', 'later', { host: settings.host }, { cause: error });
  }
  // imapflow's, after it has waited as often as it was told to.
  if (code === 'ETHROTTLE') return new StrataError('source.throttled', 'later', { host: settings.host }, { cause: error });
  if (responseStatus !== undefined && folder !== null) {
    const reason = mailboxMissing === true ? 'missing' : (responseCodeOf(error) ?? responseStatus);
    return new StrataError('folder.unreadable', 'later', { folder, reason }, { cause: error });
  }
  return protocolFailure(error as ForeignError, settings);
}

/** The same of a command that only looks: what a server refuses for lack of room when something is written, it refuses here for too much reading. */
export function readingFailure(error: unknown, settings: ImapSettings, folder: string | null, signal: AbortSignal): unknown {
  const failure = commandFailure(error, settings, folder, signal);
  if (!isStrataError(failure) || (failure.code !== 'folder.unreadable' && failure.code !== 'source.protocol')) return failure;
  const code = responseCodeOf(error) ?? '';
  const { host } = settings;
  if (code === 'OVERQUOTA') return new StrataError('source.throttled', 'later', { host }, { cause: error });
  if (folder === null && passing.has(code)) return new StrataError('source.busy', 'later', { host }, { cause: error });
  return failure;
}

/** For some commands, FETCH among them, imapflow hands on the answer alone. */
function responseCodeOf(error: unknown): string | undefined {
  const { serverResponseCode, response } = error as ForeignError;
  const code = serverResponseCode ?? response?.attributes?.[0]?.section?.[0]?.value;
  return typeof code === 'string' ? code.toUpperCase() : undefined;
}

/** RFC 5530: it cannot be done now. */
const passing: ReadonlySet<string> = new Set(['LIMIT', 'INUSE', 'UNAVAILABLE']);
const overloaded: ReadonlySet<string> = new Set(['source.throttled', 'source.busy', 'source.too-many-connections']);

/** The same may be answered in a while. */
export const asksForPatience = (error: unknown): boolean =>
  isStrataError(error) && (overloaded.has(error.code) || (isFolderFailure(error) && passing.has(String(error.facts['reason']))));

export const isDisconnect = (error: unknown): error is StrataError =>
  isStrataError(error) && error.code === 'source.disconnected';
export const isFolderFailure = (error: unknown): error is StrataError =>
  isStrataError(error) && error.code === 'folder.unreadable';

/** A cancel closes the connection, and whatever that breaks is the cancel. A bug stays a bug. */
function knownFailure(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return new Cancelled('stopped');
  const isOurs = isStrataError(error) || error instanceof Cancelled;
  const isBug =
    !(error instanceof Error) || error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  return isOurs || isBug ? error : undefined;
}

/** The server's words stay in the cause: they may hold anything. */
function protocolFailure(error: ForeignError, settings: ImapSettings): StrataError {
  const reason = error.code ?? error.responseStatus ?? error.name;
  return new StrataError('source.protocol', 'later', { host: settings.host, reason }, { cause: error });
}

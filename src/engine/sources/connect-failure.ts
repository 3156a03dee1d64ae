import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Server } from './certificate.ts';

/** What sockets, names and TLS hang on their errors, and imapflow, which speaks for its own. */
interface ConnectError extends Error {
  readonly code?: string;
  readonly syscall?: string;
  readonly tlsFailed?: boolean;
}

const nameless: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME', 'EAI_NODATA', 'ENODATA']);
const late: ReadonlySet<string> = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'CONNECT_TIMEOUT', 'GREETING_TIMEOUT']);

/** Why a server could not be spoken to at all. Undefined: the error is about something else. */
export function unreachableFailure(error: unknown, { host, port }: Pick<Server, 'host' | 'port'>): StrataError | undefined {
  const { code = '', syscall } = error as ConnectError;
  const told = (name: 'host-unknown' | 'connection-refused' | 'timed-out' | 'unreachable'): StrataError =>
    new StrataError(`source.${name}`, 'later', { host, port }, { cause: error });
  if (nameless.has(code)) return told('host-unknown');
  if (code === 'ECONNREFUSED') return told('connection-refused');
  if (late.has(code)) return told('timed-out');
  return syscall === undefined ? undefined : told('unreachable');
}

/** Why no encrypted connection came about. A certificate that is not trusted is another matter (`certificate.ts`). */
export function encryptionFailure(error: unknown, { host, port, tls }: Server): StrataError | undefined {
  const { code = '', tlsFailed } = error as ConnectError;
  if (tlsFailed !== true && code !== 'EPROTO' && !/^ERR_(SSL|TLS)_/.test(code)) return undefined;
  const name = tls === 'starttls' ? 'source.starttls-refused' : 'source.tls-refused';
  return new StrataError(name, 'after-user-action', { host, port, tls }, { cause: error });
}

/** How a web page begins that answers in place of a server, as the network of a hotel or a train does. */
export const isWebPage = (text: string): boolean => /^\s*(?:HTTP\/\d|<(?:!doctype|html|head|body)\b)/i.test(text);

import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { certificateReason } from './certificate.ts';
import { encryptionFailure, unreachableFailure } from './connect-failure.ts';

/** Why no web server was spoken to. What is none of these is a line that broke. */
export function askFailure(error: unknown, url: URL): StrataError {
  if (isStrataError(error)) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  const port = url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port);
  const server = { host: url.hostname, port, tls: 'implicit' as const, certificateSha256: null };
  const reason = certificateReason(code);
  if (reason !== undefined)
    return new StrataError('source.tls-untrusted', 'after-user-action', { host: server.host, port, reason });
  return (
    encryptionFailure(error, server) ??
    unreachableFailure(error, server) ??
    new StrataError('source.unreachable', 'later', { host: server.host, port }, { cause: error })
  );
}

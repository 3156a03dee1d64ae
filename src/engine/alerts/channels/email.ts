import type { EmailSettings } from '../../../shared/domain/alert.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { certificateReason, secureContext } from '../../sources/certificate.ts';
import { encryptionFailure, unreachableFailure } from '../../sources/connect-failure.ts';
import type { Message } from '../message.ts';
import { levelOf, type Send } from './send.ts';

const waitMs = 10_000;

export const toEmail: Send<'email'> = async (settings, password, message) => {
  const { host, port, tls, user } = settings;
  // Loaded for the first mail: few commands send any.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(user === null ? {} : { auth: { user, pass: password } }),
    tls: { secureContext: secureContext(), rejectUnauthorized: true },
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: waitMs,
    dnsTimeout: waitMs,
    // Nothing of a message may make it read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { rejected } = await transport.sendMail(letterOf(settings, message));
    if (rejected.length > 0) throw refusedRecipient(settings, rejected.map(String));
  } catch (error) {
    throw error instanceof StrataError ? error : failureOf(error, settings);
  } finally {
    transport.close();
  }
};

/** RFC 3834: says that no person wrote it, so that nobody's absence note answers. */
const letterOf = ({ from, to }: EmailSettings, message: Message) => ({
  from,
  to: [...to],
  subject: `Strata: ${message.title}`,
  text: `${message.text}\n`,
  messageId: `<${message.id}@strata.invalid>`,
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  ...(['error', 'critical'].includes(levelOf(message)) ? { priority: 'high' as const } : {}),
});

interface SmtpError extends Error {
  readonly code?: string;
  /** What sockets and TLS said, over which the library puts names of its own. */
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly rejected?: readonly string[];
}

const refusedRecipient = ({ host }: EmailSettings, to: readonly string[]): StrataError =>
  new StrataError('alert.recipient-refused', 'after-user-action', { host, to: to.join(', ') });

function failureOf(error: unknown, settings: EmailSettings): StrataError {
  const { host, port, tls, user } = settings;
  const { code = '', originalCode = code, responseCode: status = 0, rejected = [] } = error as SmtpError;
  const reason = certificateReason(originalCode);
  if (reason !== undefined) return new StrataError('source.tls-untrusted', 'after-user-action', { host, port, reason });
  if (code === 'ETLS') return new StrataError('source.tls-refused', 'after-user-action', { host, port, tls });
  if (status >= 400 && status < 500) return new StrataError('alert.server-failed', 'later', { host, status });
  if (code === 'EAUTH') return new StrataError('source.sign-in-refused', 'after-user-action', { host, user: user ?? '' });
  if (code === 'EENVELOPE') return refusedRecipient(settings, rejected.length > 0 ? rejected : settings.to);
  if (status >= 500) return new StrataError('alert.refused', 'after-user-action', { host, status });
  const server = { host, port, tls, certificateSha256: null };
  const said = Object.assign(new Error('smtp', { cause: error }), { code: originalCode });
  const told = encryptionFailure(said, server) ?? unreachableFailure(said, server);
  return told ?? new StrataError('source.unreachable', 'later', { host, port }, { cause: error });
}

import { type Socket } from 'node:net';
import tls, { TLSSocket } from 'node:tls';
import type { TlsMode } from '../../shared/domain/source-settings.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { extraAuthorities } from '../kernel/extra-authorities.ts';

/** Whom a source speaks to. */
export interface Server {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  /** Of a certificate that a person approved; null: the system decides. */
  readonly certificateSha256: string | null;
}

/** How long a certificate is good that a server showed, and that was trusted. */
export interface SeenCertificate {
  readonly host: string;
  readonly fromMs: number;
  readonly untilMs: number;
}
export type CertificateListener = (seen: SeenCertificate) => void;

/** Why the system refused a certificate, in words that stay the same; any other code is passed on as it is. */
const reasons: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-name',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-issuer',
};

/** Undefined: the code is about something else. */
export const certificateReason = (code: string): string | undefined => reasons[code];

/**
 * The only judge of whom we speak to; throws unless the socket is encrypted and its certificate is trusted.
 * A certificate that a person approved counts alone: a change of it stops, even to one that the system would trust.
 * Told is only of one that is trusted: what an impostor shows changes nothing.
 */
export function requireTrust(socket: Socket | undefined, server: Server, onTrusted?: CertificateListener): void {
  const { host, port } = server;
  if (!(socket instanceof TLSSocket) || !socket.encrypted) {
    throw new StrataError('source.tls-refused', 'after-user-action', { host, port, tls: server.tls });
  }
  // Node's own digest of the certificate, as AB:CD:…
  const certificate = socket.getPeerCertificate();
  const sha256 = certificate.fingerprint256?.replaceAll(':', '').toLowerCase() ?? '';
  const approved = server.certificateSha256;
  if (approved === null ? socket.authorized : sha256 === approved && sha256 !== '') {
    const [fromMs, untilMs] = [Date.parse(certificate.valid_from), Date.parse(certificate.valid_to)];
    if (fromMs < untilMs) onTrusted?.({ host, fromMs, untilMs });
    return;
  }
  // The types say Error; it is the error's code.
  const code = String(socket.authorizationError);
  if (approved !== null) {
    throw new StrataError('source.certificate-changed', 'after-user-action', { host, port, reason: 'changed', sha256 });
  }
  throw new StrataError('source.tls-untrusted', 'after-user-action', { host, port, reason: reasons[code] ?? code, sha256 });
}

let context: tls.SecureContext | undefined;

/** TLS 1.2 or newer. The authorities of the system count beside Node's own, as they do for every other program there. */
export function secureContext(): tls.SecureContext {
  context ??= tls.createSecureContext({ minVersion: 'TLSv1.2', ca: authorities() });
  return context;
}

/** Each once: a system names most of its own several times, Node the same again, and to read one takes time. */
function authorities(): string[] {
  // Electron's TLS library need not know the system's authorities; then Node's have to do.
  const all = [
    ...(tls.getCACertificates?.('default') ?? tls.rootCertificates),
    ...(tls.getCACertificates?.('system') ?? []),
    ...extraAuthorities(),
  ];
  return [...new Map(all.map((pem) => [pem.replace(/\s/g, ''), pem])).values()];
}

import type { ClientRequestArgs } from 'node:http';
import net, { type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { type CertificateListener, requireTrust, secureContext } from './certificate.ts';
import { isLinkLocal } from '../kernel/link-local.ts';
import { http } from '../kernel/node-http.ts';
import { portOf, type WebAccount } from './web-address.ts';

interface SocketLimits {
  readonly parallel: number;
  readonly connectMs: number;
  readonly onCertificate?: CertificateListener | undefined;
}

/**
 * Connections to the one server, kept open. A request, and so a password, gets a socket only once it has been judged:
 * the handshake itself judges nothing, or we could not tell a person which certificate it was.
 */
export class TrustedSockets extends http.Agent {
  readonly #origin: URL;
  readonly #settings: WebAccount;
  readonly #connectMs: number;
  readonly #onCertificate: CertificateListener | undefined;

  constructor(origin: URL, settings: WebAccount, { parallel, connectMs, onCertificate }: SocketLimits) {
    super({ keepAlive: true, maxSockets: parallel });
    this.#origin = origin;
    this.#settings = settings;
    this.#connectMs = connectMs;
    this.#onCertificate = onCertificate;
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | null | undefined {
    const done = callback as (error: Error | null, socket?: Duplex) => void;
    const socket = this.#connect();
    const settle = (error: Error | null): void => {
      socket.removeAllListeners('error').removeAllListeners('timeout').setTimeout(0);
      if (error === null) return done(null, socket);
      // It may fail once more while it is being closed.
      socket.on('error', () => undefined).destroy();
      done(error);
    };
    socket.setTimeout(this.#connectMs, () =>
      settle(Object.assign(new Error('ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'connect' })),
    );
    socket.once('error', settle);
    socket.once(socket instanceof tls.TLSSocket ? 'secureConnect' : 'connect', () => settle(this.#judge(socket)));
    return undefined;
  }

  #connect(): Socket {
    const host = this.#origin.hostname.replace(/^\[|\]$/g, '');
    const port = portOf(this.#origin);
    if (this.#origin.protocol === 'http:') return net.connect({ host, port });
    return tls.connect({
      host,
      port,
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      secureContext: secureContext(),
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
    });
  }

  #judge(socket: Socket): Error | null {
    const { hostname: host } = this.#origin;
    if (isLinkLocal(socket.remoteAddress ?? ''))
      return new StrataError('source.unreachable', 'after-user-action', { host, port: portOf(this.#origin) });
    if (this.#origin.protocol === 'http:') return null;
    const { certificateSha256 } = this.#settings;
    try {
      requireTrust(socket, { host, port: portOf(this.#origin), tls: 'implicit', certificateSha256 }, this.#onCertificate);
      return null;
    } catch (error) {
      return error as Error;
    }
  }
}

import fs from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { systemWeb, type WebLimits } from '../../../src/engine/kernel/system-web.ts';
import type { Web } from '../../../src/engine/kernel/web.ts';

const certificates = path.join(import.meta.dirname, 'certificates');
/** Vouches for `nord.example`, `sued.example`, what is below them, the directory of providers, `localhost` and 127.0.0.1. */
export const authorityFile = path.join(certificates, 'authority.pem');

export interface Page {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Is never given to its end. */
  readonly endless?: true;
}

/** An https server of many names. */
export class SecureServer {
  readonly #server: https.Server;
  /** Every request, as `METHOD https://host/path`. */
  readonly asked: string[] = [];

  private constructor(listener: RequestListener) {
    const pem = fs.readFileSync(path.join(certificates, 'server.pem'));
    this.#server = https.createServer({ key: pem, cert: pem }, (request, answer) => {
      this.asked.push(`${request.method} https://${nameIn(request)}${request.url}`);
      listener(request, answer);
    });
    // Clients that do not trust it are what some tests are about.
    this.#server.on('tlsClientError', () => undefined);
  }

  static async start(listener: RequestListener): Promise<SecureServer> {
    const server = new SecureServer(listener);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** Pages by `https://host/path`; all others are not found. */
  static withPages(pages: Readonly<Record<string, Page>>): Promise<SecureServer> {
    return SecureServer.start((request, answer) => {
      const page = pages[`https://${nameIn(request)}${request.url}`];
      answer.writeHead(page?.status ?? (page === undefined ? 404 : 200), page?.headers);
      if (page?.endless) answer.write('<clientConfig>');
      else answer.end(page?.body ?? '');
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Reaches this server under every name, as if it were all of the web, and trusts it. */
  web(limits?: WebLimits): Web {
    const trust = tls.createSecureContext({ ca: fs.readFileSync(authorityFile) });
    const place = () => ({ host: '127.0.0.1', port: this.port });
    return systemWeb({ trust: () => trust, place, ...(limits === undefined ? {} : { limits }) });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const nameIn = ({ headers }: IncomingMessage): string => headers.host ?? '';

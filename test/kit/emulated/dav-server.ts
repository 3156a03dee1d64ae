import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { type CertificateName, certificatePem } from './imap-server.ts';

/**
 * An **emulated** DAV server, for what a real one does not do on demand: lie, lead astray, break off, stay silent. It knows one
 * account with one collection and only as much as is asked of it, so it proves what our side does and nothing about any server.
 */
export interface DavEmulation {
  readonly tls?: CertificateName;
  /** Name → bytes of the objects in `/home/c/`; changed by tests as they please. */
  readonly objects?: Map<string, string>;
  /** In place of the emulation; undefined: let the emulation answer. */
  readonly answer?: (asked: Asked, response: http.ServerResponse) => DavAnswer | 'taken' | undefined;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly depth: string;
  readonly body: string;
  readonly authorization: string | undefined;
  /** Counts from 1. */
  readonly number: number;
}

export interface DavAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export class EmulatedDavServer {
  readonly #emulation: DavEmulation;
  readonly #server: http.Server;
  readonly #sockets = new Set<Socket>();
  readonly heard: Asked[] = [];

  private constructor(emulation: DavEmulation) {
    this.#emulation = emulation;
    const pem = emulation.tls === undefined ? undefined : certificatePem(emulation.tls);
    this.#server = pem === undefined ? http.createServer() : https.createServer({ key: pem, cert: pem });
    this.#server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => this.#answer(request, Buffer.concat(parts), response));
    });
    this.#server.on('connection', (socket) => this.#sockets.add(socket));
  }

  static async start(emulation: DavEmulation = {}): Promise<EmulatedDavServer> {
    const server = new EmulatedDavServer(emulation);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return `${this.#emulation.tls === undefined ? 'http' : 'https'}://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: http.IncomingMessage, body: Buffer, response: http.ServerResponse): void {
    const asked: Asked = {
      method: request.method ?? '',
      path: request.url ?? '',
      depth: String(request.headers['depth'] ?? ''),
      body: body.toString('utf8'),
      authorization: request.headers.authorization,
      number: this.heard.length + 1,
    };
    this.heard.push(asked);
    const answer = this.#emulation.answer?.(asked, response) ?? this.#usual(asked);
    if (answer !== 'taken') response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
  }

  #usual({ method, path, depth }: Asked): DavAnswer {
    const objects = this.#emulation.objects ?? new Map<string, string>();
    const name = decodeURIComponent(path.slice('/home/c/'.length));
    const bytes = path.startsWith('/home/c/') ? objects.get(name) : undefined;
    if (method === 'OPTIONS') return { status: 200, headers: { dav: '1, 3, calendar-access' } };
    if (method === 'GET')
      return bytes === undefined ? { status: 404 } : { status: 200, headers: { etag: etagOf(bytes) }, body: bytes };
    if (method !== 'PROPFIND') return { status: 403 };
    if (path === '/') return multistatus(row('/', '<D:current-user-principal><D:href>/me/</D:href></D:current-user-principal>'));
    if (path === '/me/') return multistatus(row('/me/', '<C:calendar-home-set><D:href>/home/</D:href></C:calendar-home-set>'));
    if (path === '/home/') return multistatus(row('/home/', collectionType) + collectionRow());
    if (path === '/home/c/')
      return multistatus(
        collectionRow() + (depth === '1' ? [...objects].map(([key, text]) => objectRow(key, text)).join('') : ''),
      );
    return { status: 404 };
  }
}

export const multistatus = (content: string): DavAnswer => ({
  status: 207,
  headers: { 'content-type': 'application/xml; charset=utf-8' },
  body: `<?xml version="1.0" encoding="utf-8"?><D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/">${content}</D:multistatus>`,
});

export const row = (href: string, properties: string): string =>
  `<D:response><D:href>${href}</D:href><D:propstat><D:prop>${properties}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`;

export const statusRow = (href: string, status: string): string =>
  `<D:response><D:href>${href}</D:href><D:status>HTTP/1.1 ${status}</D:status></D:response>`;

const collectionType = '<D:resourcetype><D:collection/></D:resourcetype>';

/** With a sync token and a ctag where they are given. */
export const collectionRow = ({ token, ctag }: { readonly token?: string; readonly ctag?: string } = {}): string =>
  row(
    '/home/c/',
    '<D:resourcetype><D:collection/><C:calendar/></D:resourcetype><D:displayname>C</D:displayname>' +
      '<C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>' +
      (token === undefined
        ? ''
        : `<D:sync-token>${token}</D:sync-token><D:supported-report-set><D:supported-report><D:report><D:sync-collection/></D:report></D:supported-report></D:supported-report-set>`) +
      (ctag === undefined ? '' : `<S:getctag>${ctag}</S:getctag>`),
  );

export const etagOf = (text: string): string => `"${Buffer.from(text).toString('base64url').slice(0, 40)}"`;

export const objectRow = (name: string, text: string, etag = etagOf(text)): string =>
  row(
    `/home/c/${encodeURIComponent(name)}`,
    `<D:getetag>${etag.replaceAll('"', '&quot;')}</D:getetag><D:getcontentlength>${Buffer.byteLength(text)}</D:getcontentlength><D:resourcetype/>`,
  );

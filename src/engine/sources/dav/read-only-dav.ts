import { StrataError } from '../../../shared/domain/strata-error.ts';
import { type WebConnection, wholeBody } from '../web-connection.ts';
import type { DavLimits } from './limits.ts';
import { type Multistatus, readMultistatus } from './multistatus.ts';
import { davName, element, emptyElement, xmlDocument } from './xml.ts';

export interface Listed extends Multistatus {
  /** What was asked in the end: servers send on. */
  readonly path: string;
}

export interface ReadObject {
  readonly bytes: Uint8Array;
  readonly etag: string | undefined;
}

const xml = { 'content-type': 'application/xml; charset=utf-8' };

/**
 * An account that can be looked at and nothing else: whoever holds this has no way to a request that writes.
 * Each of them may be asked twice without harm.
 */
export class ReadOnlyDav {
  readonly origin: URL;
  readonly #connection: WebConnection;
  readonly #limits: DavLimits;

  constructor(connection: WebConnection, limits: DavLimits) {
    this.origin = connection.origin;
    this.#connection = connection;
    this.#limits = limits;
  }

  pathOf(href: string, base: string): string {
    return this.#connection.pathOf(href, base);
  }

  /** `1`: with what lies directly in it. */
  async propfind(path: string, depth: 0 | 1, properties: readonly string[]): Promise<Listed> {
    const prop = element(davName('prop'), properties.map(emptyElement).join(''));
    return this.#list('PROPFIND', path, depth, element(davName('propfind'), prop));
  }

  async report(path: string, depth: 0 | 1, content: string): Promise<Listed> {
    return this.#list('REPORT', path, depth, content);
  }

  /** The bytes as they are: XML would have changed the ends of lines, and cannot carry every character. */
  async get(path: string, name: string): Promise<ReadObject> {
    const answer = await this.#connection.ask({ method: 'GET', path, headers: { accept: '*/*' } }, true);
    const most = this.#limits.objectBytes;
    const told = Number(answer.headers['content-length'] ?? 0);
    if (told > most) answer.discard();
    const bytes = told > most ? undefined : await wholeBody(answer, most);
    if (bytes === undefined) throw new StrataError('item.too-large', 'never', { item: name, size: Math.max(told, most) });
    return { bytes, etag: answer.headers.etag };
  }

  /** What the server can do (RFC 4918, section 10.1). */
  async abilities(path: string): Promise<readonly string[]> {
    const answer = await this.#connection.ask({ method: 'OPTIONS', path }, true);
    // Nothing of it is in the body, and SOGo says of that neither how long it is nor when it is over.
    answer.discard();
    const told = answer.headers['dav'];
    const list = (Array.isArray(told) ? told.join(',') : (told ?? '')).split(',');
    return [...new Set(list.map((one) => one.trim()).filter((one) => one !== ''))].sort();
  }

  get parallel(): number {
    return this.#limits.parallel;
  }

  close(): void {
    this.#connection.close();
  }

  async #list(method: 'PROPFIND' | 'REPORT', path: string, depth: 0 | 1, content: string): Promise<Listed> {
    const headers = { ...xml, depth: String(depth) };
    const answer = await this.#connection.ask({ method, path, headers, body: xmlDocument(content), isListing: true }, true);
    return { ...(await readMultistatus(answer.body)), path: answer.path };
  }
}

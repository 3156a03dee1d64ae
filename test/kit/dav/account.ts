import type { DavServer } from './server.ts';

/**
 * A calendar program of the test's own, that fills an account and changes it. Plain fetch, so that what is set up does not depend
 * on what is tested.
 */
export class TestAccount {
  readonly #server: DavServer;
  readonly #user: string;
  /** Where the account's calendars, or address books, lie. */
  readonly home: string;
  readonly #kind: 'caldav' | 'carddav';

  constructor(server: DavServer, kind: 'caldav' | 'carddav', user: string, home: string) {
    this.#server = server;
    this.#kind = kind;
    this.#user = user;
    this.home = home;
  }

  /** `segment`: the last part of its address. */
  async make(segment: string, name = segment, components: readonly string[] = []): Promise<void> {
    const isCalendar = this.#kind === 'caldav';
    const comps = components.map((one) => `<C:comp name="${one}"/>`).join('');
    const set = comps === '' ? '' : `<C:supported-calendar-component-set>${comps}</C:supported-calendar-component-set>`;
    const type = isCalendar ? '' : '<D:resourcetype><D:collection/><A:addressbook/></D:resourcetype>';
    const root = isCalendar ? 'C:mkcalendar' : 'D:mkcol';
    await this.#must(isCalendar ? 'MKCALENDAR' : 'MKCOL', this.pathOf(segment), {
      body: `<${root} ${spaces}><D:set><D:prop>${type}<D:displayname>${escaped(name)}</D:displayname>${set}</D:prop></D:set></${root}>`,
      headers: xml,
    });
  }

  async setProperties(segment: string, properties: string): Promise<void> {
    const body = `<D:propertyupdate ${spaces}><D:set><D:prop>${properties}</D:prop></D:set></D:propertyupdate>`;
    await this.#must('PROPPATCH', this.pathOf(segment), { body, headers: xml });
  }

  rename(segment: string, name: string): Promise<void> {
    return this.setProperties(segment, `<D:displayname>${escaped(name)}</D:displayname>`);
  }

  async removeCollection(segment: string): Promise<void> {
    await this.#must('DELETE', this.pathOf(segment));
  }

  async put(segment: string, name: string, bytes: Uint8Array): Promise<void> {
    const type = this.#kind === 'caldav' ? 'text/calendar; charset=utf-8' : 'text/vcard; charset=utf-8';
    await this.#must('PUT', this.pathOf(segment, name), { body: Buffer.from(bytes), headers: { 'content-type': type } });
  }

  async remove(segment: string, name: string): Promise<void> {
    await this.#must('DELETE', this.pathOf(segment, name));
  }

  async move(segment: string, name: string, target: string): Promise<void> {
    const destination = this.#server.url + this.pathOf(target, name);
    await this.#must('MOVE', this.pathOf(segment, name), { headers: { destination, overwrite: 'F' } });
  }

  async get(segment: string, name: string): Promise<Uint8Array> {
    return (await this.#must('GET', this.pathOf(segment, name))).bytes;
  }

  /** Names of the objects in it, sorted. */
  async names(segment: string): Promise<string[]> {
    const path = this.pathOf(segment);
    return (await this.#hrefs(path))
      .filter((href) => !href.endsWith('/'))
      .map(lastPart)
      .sort();
  }

  /** Last parts of the addresses of collections, sorted. */
  async collections(): Promise<string[]> {
    const below = (await this.#hrefs(this.home)).filter((href) => href.endsWith('/') && href !== this.home);
    return below.map((href) => lastPart(href.slice(0, -1))).sort();
  }

  /** Every object with its bytes, as the server gives them: `collection/name` → text. */
  async everything(collections?: readonly string[]): Promise<Map<string, string>> {
    const all = new Map<string, string>();
    for (const segment of collections ?? (await this.collections()))
      for (const name of await this.names(segment))
        all.set(`${segment}/${name}`, Buffer.from(await this.get(segment, name)).toString('latin1'));
    return all;
  }

  /** What a careless reader could change, as text. */
  async fingerprint(): Promise<string> {
    const lines = [...(await this.everything())].map(([key, text]) => `${key}\n${text}`);
    for (const segment of await this.collections()) lines.push(await this.propfind(this.pathOf(segment)));
    return lines.join('\n');
  }

  async propfind(path: string, depth = '1'): Promise<string> {
    const answer = await this.#must('PROPFIND', path, { headers: { ...xml, depth } });
    return Buffer.from(answer.bytes).toString('utf8');
  }

  /** As the server says them, name and colour among them. */
  async properties(segment: string): Promise<string> {
    const body = `<D:propfind ${spaces}><D:prop><D:displayname/><I:calendar-color/></D:prop></D:propfind>`;
    const answer = await this.#must('PROPFIND', this.pathOf(segment), { body, headers: { ...xml, depth: '0' } });
    return Buffer.from(answer.bytes).toString('utf8');
  }

  pathOf(segment: string, name = ''): string {
    return `${this.home}${encodeURIComponent(segment)}/${encodeURIComponent(name)}`;
  }

  async #hrefs(path: string): Promise<string[]> {
    return [...(await this.propfind(path)).matchAll(/<(?:\w+:)?response(?: [^>]*)?>\s*<(?:\w+:)?href>([^<]*)</g)].map(
      ([, href = '']) => new URL(href, this.#server.url).pathname,
    );
  }

  async #must(
    method: string,
    path: string,
    more: { body?: string | Buffer<ArrayBuffer>; headers?: Record<string, string> } = {},
  ): Promise<{ readonly bytes: Uint8Array }> {
    const authorization = `Basic ${Buffer.from(`${this.#user}:${this.#server.password}`).toString('base64')}`;
    const answer = await fetch(this.#server.url + path, { method, ...more, headers: { authorization, ...more.headers } });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${Buffer.from(bytes).toString('utf8').slice(0, 500)}`);
    return { bytes };
  }
}

const xml = { 'content-type': 'application/xml; charset=utf-8' };
const spaces =
  'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="urn:ietf:params:xml:ns:carddav" xmlns:I="http://apple.com/ns/ical/"';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const lastPart = (path: string): string => decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));

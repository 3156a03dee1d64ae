import type { Made, RestoreItem } from '../destination.ts';
import { asCollection, keyIn } from './address.ts';
import { isRefused, Unintelligible } from '../web-failure.ts';
import { objectFacts } from '../object-facts.ts';
import type { ReadOnlyDav } from './read-only-dav.ts';
import type { Service } from './service.ts';
import { calendarName, child, contactsName, davName, element, emptyElement, escapeXml, textOf } from './xml.ts';
import { isSameObject } from './destination-same-object.ts';

/** An object that is there already and names the same event, task or person. */
export interface Twin {
  readonly kind: 'identical' | 'same-name';
  readonly path: string;
  readonly etag: string | undefined;
  /** It is known when each of both was changed last, and this is the earlier one. */
  readonly isOlder: boolean;
}

interface There {
  readonly path: string;
  etag: string | undefined;
  /** Undefined: not known yet. Null: it has none. */
  uid: string | null | undefined;
}

const perReport = 50;

/** The latest time at which something in it was changed (RFC 5545, section 3.8.7.3; RFC 6350, section 6.7.4), in UTC as digits that sort. */
function changedAt(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const times = [...text.matchAll(/^(?:LAST-MODIFIED|REV)(?:;[^:\r\n]*)?:([0-9T:.-]{8,40})Z/gim)];
  return times
    .map(([, time = '']) =>
      time
        .replace(/\.\d+$/, '')
        .replace(/\D/g, '')
        .slice(0, 14),
    )
    .sort()
    .at(-1);
}

/** What a collection holds, listed once and kept up while it is written to. */
export class DestinationObjects {
  readonly #dav: ReadOnlyDav;
  readonly #service: Service;
  readonly #path: string;
  #all: Map<string, There> | undefined;
  #knowsUids = false;

  constructor(dav: ReadOnlyDav, service: Service, path: string) {
    this.#dav = dav;
    this.#service = service;
    this.#path = path;
  }

  async names(): Promise<ReadonlySet<string>> {
    return new Set((await this.#list()).keys());
  }

  async note(name: string, path: string, bytes: Uint8Array, etag: string | undefined): Promise<void> {
    (await this.#list()).set(name, { path, etag, uid: objectFacts(bytes).uid ?? null });
  }

  /** By UID, wherever it lies; what has none is known by its place. What a restore made and nobody has changed since is the same. */
  async find(item: RestoreItem, bytes: Uint8Array, madeBefore: readonly Made[] = []): Promise<Twin | undefined> {
    const all = await this.#list();
    for (const { key, revision } of madeBefore) {
      const there = all.get(key);
      if (there?.etag !== undefined && there.etag === revision)
        return { kind: 'identical', path: there.path, etag: there.etag, isOlder: false };
    }
    const { uid } = objectFacts(bytes);
    const atPlace = all.get(item.manifest.key);
    const first = atPlace && (await this.#compare(atPlace, bytes));
    if (first !== undefined && (uid === undefined || atPlace?.uid === uid)) return first;
    if (uid === undefined) return undefined;
    await this.#readUids(all);
    const named = [...all.values()].find((there) => there.uid === uid);
    return named && this.#compare(named, bytes);
  }

  async #list(): Promise<Map<string, There>> {
    if (this.#all !== undefined) return this.#all;
    const listed = await this.#dav.propfind(asCollection(this.#path), 1, [davName('getetag'), davName('resourcetype')]);
    const all = new Map<string, There>();
    for (const { href, properties } of listed.rows) {
      const path = this.#dav.pathOf(href, listed.path);
      const key = keyIn(this.#path, path);
      if (key === undefined) throw new Unintelligible('a row from elsewhere');
      const isCollection = child(properties.get(davName('resourcetype')), davName('collection')) !== undefined;
      if (key !== '' && !isCollection) all.set(key, { path, etag: textOf(properties.get(davName('getetag'))), uid: undefined });
    }
    this.#all = all;
    return all;
  }

  /** Undefined: it is gone by now. */
  async #compare(there: There, bytes: Uint8Array): Promise<Twin | undefined> {
    try {
      const read = await this.#dav.get(there.path, there.path);
      there.uid = objectFacts(read.bytes).uid ?? null;
      there.etag = read.etag ?? there.etag;
      const kind = isSameObject(read.bytes, bytes) ? 'identical' : 'same-name';
      const [thereAt, oursAt] = [changedAt(read.bytes), changedAt(bytes)];
      const isOlder = thereAt !== undefined && oursAt !== undefined && thereAt < oursAt;
      return { kind, path: there.path, etag: there.etag, isOlder };
    } catch (error) {
      if (isRefused(error, 404, 410)) return undefined;
      throw error;
    }
  }

  /** Many at a time: for a name it does not matter that XML changes the ends of lines. */
  async #readUids(all: ReadonlyMap<string, There>): Promise<void> {
    if (this.#knowsUids) return;
    const open = [...all.values()].filter(({ uid }) => uid === undefined);
    for (let at = 0; at < open.length; at += perReport) await this.#ask(open.slice(at, at + perReport), all);
    // What was not answered, one by one.
    for (const there of open) if (there.uid === undefined) await this.#compare(there, new Uint8Array());
    this.#knowsUids = true;
  }

  async #ask(some: readonly There[], all: ReadonlyMap<string, There>): Promise<void> {
    const isCalendar = this.#service.extension === '.ics';
    const named = isCalendar ? calendarName : contactsName;
    const data = named(isCalendar ? 'calendar-data' : 'address-data');
    const hrefs = some.map(({ path }) => element(davName('href'), escapeXml(path)));
    const report = named(isCalendar ? 'calendar-multiget' : 'addressbook-multiget');
    const content = element(report, [element(davName('prop'), emptyElement(data)), ...hrefs].join(''));
    try {
      const listed = await this.#dav.report(asCollection(this.#path), 1, content);
      for (const { href, properties } of listed.rows) {
        const text = properties.get(data)?.text;
        const there = all.get(keyIn(this.#path, this.#dav.pathOf(href, listed.path)) ?? '');
        if (text !== undefined && there !== undefined) there.uid = objectFacts(Buffer.from(text)).uid ?? null;
      }
    } catch (error) {
      if (!isRefused(error) && !(error instanceof Unintelligible)) throw error;
    }
  }
}

import type { ItemKind } from '../../../shared/domain/item.ts';
import type { JsonObject } from '../../../shared/domain/json.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import type { FolderScan, Sighting } from '../source.ts';
import { asCollection, keyIn } from './address.ts';
import type { RemoteCollection } from './collections.ts';
import { ctagOf, type DavCursor, isFresh, toCursor } from './cursor.ts';
import { asFolderFailure, folderUnreadable, isRefused, Unintelligible } from '../web-failure.ts';
import type { Row } from './multistatus.ts';
import type { ObjectSighting } from './object-sighting.ts';
import { readRevision, strongEtag } from './reading.ts';
import type { Listed, ReadOnlyDav } from './read-only-dav.ts';
import { kindOfComponent, type Service } from './service.ts';
import { calendarName, child, davName, element, emptyElement, escapeXml, textOf } from './xml.ts';

const asked = [davName('resourcetype'), davName('getetag'), davName('getcontenttype'), davName('getcontentlength')];

/** What changed where the server can say so and what it says makes sense, otherwise everything. */
export class CollectionListing implements FolderScan {
  readonly #dav: ReadOnlyDav;
  readonly #service: Service;
  readonly #collection: RemoteCollection;
  readonly #known: DavCursor | undefined;
  readonly #run: RunContext;
  #completeness: 'full' | 'changes' = 'full';
  #vanished: readonly string[] = [];
  #cursor: DavCursor | undefined;
  readonly sightings: AsyncIterable<readonly Sighting[]>;

  constructor(dav: ReadOnlyDav, service: Service, collection: RemoteCollection, known: DavCursor | undefined, run: RunContext) {
    this.#dav = dav;
    this.#service = service;
    this.#collection = collection;
    this.#known = known;
    this.#run = run;
    this.sightings = this.#list();
  }

  get completeness(): 'full' | 'changes' {
    return this.#completeness;
  }

  vanished(): readonly string[] {
    return this.#vanished;
  }

  cursor(): JsonObject | undefined {
    return this.#cursor && toCursor(this.#cursor);
  }

  async *#list(): AsyncGenerator<readonly Sighting[]> {
    try {
      const changed = await this.#changes();
      if (changed !== undefined) this.#completeness = 'changes';
      yield changed ?? (await this.#all());
    } catch (error) {
      throw asFolderFailure(error, this.#collection.name);
    }
  }

  /** Undefined: the server does not say, or what it says is not to be believed. */
  async #changes(): Promise<readonly Sighting[] | undefined> {
    const known = this.#known;
    const { syncToken, ctag } = this.#collection;
    const { clock } = this.#run;
    if (known === undefined || !isFresh(known, clock.nowMs())) return undefined;
    if (syncToken === undefined || known.token === null) {
      if (!known.isSettled || known.ctag !== (ctag ?? null)) return undefined;
      this.#cursor = known;
      return [];
    }
    const changes = await this.#since(known.token);
    // A server that forgot the token and answers with all it has names nothing that vanished.
    if (changes === undefined || changes.rows.size * 2 > known.items + 1) return undefined;
    const sightings = await this.#sight([...changes.rows].filter(([, { status }]) => status !== 404));
    this.#vanished = [...changes.rows].flatMap(([key, { status }]) => (status === 404 ? [key] : []));
    this.#cursor = { ...known, token: changes.token };
    return sightings;
  }

  /** RFC 6578. By key; where one is named twice the later counts. */
  async #since(from: string): Promise<{ readonly rows: ReadonlyMap<string, Row>; readonly token: string } | undefined> {
    const rows = new Map<string, Row>();
    const tokens = new Set([from]);
    for (let token = from; ; ) {
      stopIfCancelled(this.#run);
      const listed = await this.#sync(token);
      if (listed?.syncToken === undefined) return undefined;
      let isCut = false;
      for (const [key, row] of this.#keyed(listed)) {
        if (key !== '') rows.set(key, row);
        else if (row.status === 507) isCut = true;
      }
      token = listed.syncToken;
      if (!isCut) return { rows, token };
      // A circle: it would go on for ever.
      if (tokens.has(token) || tokens.size === mostPages) return undefined;
      tokens.add(token);
    }
  }

  /** Undefined: the token is no good. The standard says 403; servers say what they like, 500 among it. */
  async #sync(token: string): Promise<Listed | undefined> {
    const content = [
      element(davName('sync-token'), escapeXml(token)),
      element(davName('sync-level'), '1'),
      element(davName('prop'), asked.map(emptyElement).join('')),
    ];
    try {
      return await this.#dav.report(this.#collection.path, 0, element(davName('sync-collection'), content.join('')));
    } catch (error) {
      if (isRefused(error) || error instanceof Unintelligible) return undefined;
      throw error;
    }
  }

  /** An answer without the row of the collection itself is not a list of what is in it. */
  async #all(): Promise<readonly Sighting[]> {
    const { path, name, syncToken, ctag } = this.#collection;
    const nowMs = this.#run.clock.nowMs();
    const listed = await this.#dav.propfind(asCollection(path), 1, asked);
    const rows = new Map(this.#keyed(listed));
    const own = rows.get('');
    if (own === undefined) throw folderUnreadable(name, 'a list without the collection itself');
    if ([...rows.values()].some(({ status }) => status === 507)) throw folderUnreadable(name, 'a list that was cut');
    rows.delete('');
    const sightings = await this.#sight([...rows].filter(([, { status }]) => status !== 404));
    this.#cursor = {
      token: syncToken ?? null,
      ...ctagOf(ctag, this.#known, nowMs),
      items: sightings.length,
      listedAtMs: nowMs,
    };
    return sightings;
  }

  *#keyed(listed: Listed): Generator<readonly [string, Row]> {
    for (const row of listed.rows) {
      const key = keyIn(this.#collection.path, this.#dav.pathOf(row.href, listed.path));
      if (key === undefined) throw folderUnreadable(this.#collection.name, 'a row from elsewhere');
      yield [key, row];
    }
  }

  async #sight(rows: ReadonlyArray<readonly [string, Row]>): Promise<Sighting[]> {
    const objects = rows.filter(
      ([, { properties }]) => child(properties.get(davName('resourcetype')), davName('collection')) === undefined,
    );
    const kinds = await this.#kindsOf(objects);
    const sightings: Sighting[] = [];
    for (const [key, row] of objects) {
      stopIfCancelled(this.#run);
      sightings.push(await this.#sighting(key, row, kinds.get(key) ?? this.#service.kind));
    }
    return sightings;
  }

  async #sighting(key: string, row: Row, kind: ItemKind): Promise<Sighting> {
    const { properties } = row;
    const etag = strongEtag(textOf(properties.get(davName('getetag'))));
    const sighting: ObjectSighting = {
      key,
      name: key,
      kind,
      contentRevision: etag ?? '',
      metadataRevision: '',
      sizeBytes: sizeOf(textOf(properties.get(davName('getcontentlength')))),
      path: this.#dav.pathOf(row.href, this.#collection.path),
      isWithoutEtag: etag === undefined,
    };
    // It is there and says nothing of itself: its bytes have to.
    return etag === undefined ? { ...sighting, ...(await readRevision(this.#dav, sighting)) } : sighting;
  }

  /** From the type that the server tells, from what the collection can hold, or by asking for each component. */
  async #kindsOf(rows: ReadonlyArray<readonly [string, Row]>): Promise<Map<string, ItemKind>> {
    const kinds = new Map<string, ItemKind>();
    const { components } = this.#collection;
    const only = components.length === 1 ? kindOfComponent(components[0] ?? '') : undefined;
    let isOpen = false;
    for (const [key, { properties }] of rows) {
      const told = /;\s*component="?([a-z]+)/i.exec(textOf(properties.get(davName('getcontenttype'))) ?? '')?.[1];
      const kind = this.#service.kind === 'contact' ? 'contact' : (kindOfComponent(told ?? '') ?? only);
      if (kind === undefined) isOpen = true;
      else kinds.set(key, kind);
    }
    if (isOpen)
      for (const component of ['VTODO', 'VJOURNAL'] as const)
        if (components.length === 0 || components.includes(component))
          for (const key of await this.#keysWith(component))
            if (!kinds.has(key)) kinds.set(key, kindOfComponent(component) ?? 'event');
    return kinds;
  }

  /** A server that does not answer leaves them events in the list; their bytes are what they are. */
  async #keysWith(component: string): Promise<string[]> {
    const filter = (name: string, content: string): string => element(calendarName('comp-filter'), content, ` name="${name}"`);
    const content = [
      element(davName('prop'), emptyElement(davName('getetag'))),
      element(calendarName('filter'), filter('VCALENDAR', filter(component, ''))),
    ];
    try {
      const listed = await this.#dav.report(this.#collection.path, 1, element(calendarName('calendar-query'), content.join('')));
      return [...this.#keyed(listed)].map(([key]) => key);
    } catch (error) {
      if (isRefused(error) || error instanceof Unintelligible) return [];
      throw error;
    }
  }
}

/** Of one answer that the server cuts again and again. */
const mostPages = 1000;

const sizeOf = (text: string | undefined): number => (text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : 0);

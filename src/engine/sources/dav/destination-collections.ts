import type { JsonObject } from '../../../shared/domain/json.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import type { RestoreItem } from '../destination.ts';
import { asCollection, lastSegment, samePath } from './address.ts';
import type { RemoteCollection } from './collections.ts';
import type { WritingDav } from './destination-requests.ts';
import type { Account } from './discovery.ts';
import { objectFacts } from '../object-facts.ts';
import { kindOfComponent, type Service } from './service.ts';

/** Where restored objects go. */
export interface DavPlace {
  /** A collection's name, or its address, for everything; null: the collections as they were. */
  readonly folder: string | null;
  /** Stands before the names of the collections that everything goes to; collections do not lie in one another. */
  readonly restoreRoot: string | null;
}

export interface Target {
  readonly key: string;
  readonly path: string;
}

interface Wish {
  readonly name: string;
  /** Where it was. */
  readonly key: string | undefined;
  readonly was: JsonObject;
  /** There were others of its name: the name alone says nothing. */
  readonly hasNamesakes?: boolean;
}

interface There extends Target {
  /** As the account's source calls it, and as people do. */
  readonly names: readonly string[];
  readonly components: readonly string[];
}

/** The collections of the account that is restored to. */
export class DestinationCollections {
  readonly #place: DavPlace;
  readonly #service: Service;
  readonly #account: Account;
  readonly #making: (key: string) => void;
  readonly #there: There[];
  /** Who came to a collection by its name has it to himself: what was in two does not end in one. */
  readonly #owners = new Map<string, string>();

  constructor(
    place: DavPlace,
    service: Service,
    account: Account,
    there: readonly RemoteCollection[],
    making: (key: string) => void = () => undefined,
  ) {
    this.#making = making;
    this.#place = place;
    this.#service = service;
    this.#account = account;
    this.#there = there.map(({ key, path, name, components, metadata: { displayName } }) => ({
      ...{ key, path, components },
      names: typeof displayName === 'string' ? [name, displayName] : [name],
    }));
  }

  /** Undefined: it is not there. */
  find(item: RestoreItem): Target | undefined {
    const wish = this.#wishFor(item);
    if (wish === undefined) return this.#anyFor(item);
    const found = this.#there.find(({ key }) => key === wish.key) ?? this.#named(wish);
    if (found !== undefined) this.#own(found, wish);
    return found;
  }

  #named(wish: Wish): There | undefined {
    const { name, key: was, hasNamesakes = false } = wish;
    const free = this.#there.filter(({ key, names }) => {
      const owner = this.#owners.get(key);
      return names.includes(name) && (owner === undefined || owner === ownerOf(wish));
    });
    const alike = was === undefined ? undefined : free.find(({ key }) => isSegmentOf(lastSegment(key), lastSegment(was)));
    return alike ?? (hasNamesakes ? undefined : free[0]);
  }

  #own({ key }: Target, wish: Wish): void {
    if (!this.#owners.has(key)) this.#owners.set(key, ownerOf(wish));
  }

  /** By the path that it had when something was put into it. */
  byKey(wanted: string): Target | undefined {
    return this.#there.find(({ key }) => key === wanted);
  }

  async make(item: RestoreItem, writing: WritingDav, run: RunContext): Promise<Target> {
    const wish = this.#wishFor(item) ?? { name: 'Restored', key: undefined, was: {} };
    const home = this.#account.homes[0];
    if (home === undefined)
      throw new StrataError('not.supported', 'never', {
        reason: 'the address is that of one collection, and no other can be made there',
      });
    const path = `${asCollection(home)}${encodeURIComponent(this.#freeSegment(wish))}/`;
    this.#making(asCollection(samePath(path)));
    const refused = await writing.makeCollection(path, this.#service, wish.name, wish.was);
    if (refused > 0) run.log.warn('restore.properties-dropped', { item: item.manifest.item, properties: refused });
    const components = Array.isArray(wish.was['components']) ? (wish.was['components'] as readonly string[]) : [];
    const made = { key: asCollection(samePath(path)), path, names: [wish.name], components };
    this.#there.push(made);
    this.#own(made, wish);
    return made;
  }

  /** Undefined: it lay in no collection. */
  #wishFor(item: RestoreItem): Wish | undefined {
    const { folder, restoreRoot } = this.#place;
    const isFolder = item.manifest.kind === 'folder';
    const names = isFolder ? [...item.folderPath, item.manifest.name] : item.folderPath;
    const own = isFolder ? item.manifest : item.folders.at(-1);
    const was = own?.metadata ?? {};
    const root = restoreRoot === null || restoreRoot === '' ? [] : [restoreRoot];
    if (folder !== null) {
      const address = root.length === 0 ? asCollection(samePath(folder)) : undefined;
      const named = this.#there.find(({ key }) => key === address || (root.length === 0 && lastSegment(key) === folder));
      return { name: [...root, folder].join('/'), key: named?.key, was: kindOnly(was) };
    }
    if (names.length === 0) return undefined;
    if (root.length > 0) return { name: [...root, ...names].join('/'), key: undefined, was };
    const { path, displayName } = was;
    const key = typeof path === 'string' ? path : undefined;
    if (typeof displayName !== 'string' || key === undefined) return { name: names.join('/'), key, was };
    // The name of a folder has more in it than the collection's own where that would not tell two apart.
    return { name: displayName, key, was, hasNamesakes: names.at(-1) !== displayName };
  }

  #anyFor({ manifest: { kind } }: RestoreItem): Target | undefined {
    return this.#there.find(
      ({ components }) => components.length === 0 || components.some((one) => kindOfComponent(one) === kind),
    );
  }

  /** The one that it had, where that is free. */
  #freeSegment({ name, key }: Wish): string {
    const taken = new Set(this.#there.map((one) => lastSegment(one.key)));
    const wished = key === undefined ? slug(name) : lastSegment(key);
    let segment = wished;
    for (let number = 2; taken.has(segment); number += 1) segment = `${wished}-${number}`;
    return segment;
  }
}

/** A collection that somebody chose keeps its own colours; what it can hold must fit. */
const kindOnly = ({ components }: JsonObject): JsonObject => (components === undefined ? {} : { components });

const ownerOf = ({ key, name }: Wish): string => key ?? name;

/** It, or it with the number that it was given where another one had it. */
const isSegmentOf = (segment: string, wished: string): boolean =>
  segment === wished || (segment.startsWith(`${wished}-`) && /^\d+$/.test(segment.slice(wished.length + 1)));

const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60) || 'restored';

/** A name for an object that no other in its collection has. */
export function freeObjectName(item: RestoreItem, bytes: Uint8Array, service: Service, taken: ReadonlySet<string>): string {
  const { key, item: id } = item.manifest;
  const isUsual = /^[^/\p{Cc}]{1,200}$/u.test(key) && key.toLowerCase().endsWith(service.extension) && !key.startsWith('.');
  if (isUsual && !taken.has(key)) return key;
  const name = `${slug(objectFacts(bytes).uid ?? key)}${service.extension}`;
  return taken.has(name) ? `${id}${service.extension}` : name;
}

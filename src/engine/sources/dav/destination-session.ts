import type { DavSettings } from '../../../shared/domain/source-settings.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import type { CredentialReader } from '../credential.ts';
import type {
  DestinationSession,
  Difference,
  Made,
  PlaceLimits,
  RestoreItem,
  Standing,
  TakenBack,
  TakingBack,
  Written,
} from '../destination.ts';
import { keyIn } from './address.ts';
import { listCollections } from './collections.ts';
import { WebConnection } from '../web-connection.ts';
import { type DavLimits, davLimits } from './limits.ts';
import { DestinationCollections, type DavPlace, freeObjectName, type Target } from './destination-collections.ts';
import { objectBeside } from './destination-beside.ts';
import { withoutInvitations } from './destination-invitations.ts';
import { limitsOf } from './destination-limits.ts';
import { DestinationObjects, type Twin } from './destination-objects.ts';
import { WritingDav } from './destination-requests.ts';
import { isSameObject } from './destination-same-object.ts';
import { readObject, takeCollection, takeObject } from './destination-taking-back.ts';
import { discover } from './discovery.ts';
import { asSourceFailure, Refused, Unintelligible } from '../web-failure.ts';
import { ReadOnlyDav } from './read-only-dav.ts';
import { type Service, serviceOf } from './service.ts';

interface ToOpen {
  readonly settings: DavSettings;
  readonly credential: CredentialReader;
  readonly place: DavPlace;
  readonly limits: DavLimits | undefined;
  readonly making: ((key: string) => void) | undefined;
}

export async function openDestination(asked: ToOpen, run: RunContext): Promise<DestinationSession> {
  const { settings, credential, limits = davLimits } = asked;
  const connection = new WebConnection(settings, credential, limits, run);
  try {
    return await openOn(connection, asked, limits);
  } catch (error) {
    connection.close();
    throw asSourceFailure(error, connection.origin);
  }
}

async function openOn(
  connection: WebConnection,
  { settings, place, making }: ToOpen,
  limits: DavLimits,
): Promise<DavDestinationSession> {
  const dav = new ReadOnlyDav(connection, limits);
  const service = serviceOf(settings);
  const account = await discover(dav, service, connection.origin.pathname);
  const home = account.homes[0] ?? account.only ?? '/';
  const abilities = await dav.abilities(home);
  const there = (await listCollections(dav, service, account, [])).filter(({ isTold }) => isTold);
  const collections = new DestinationCollections(place, service, account, there, making);
  const sendsInvitations = abilities.includes('calendar-auto-schedule');
  return new DavDestinationSession({ dav, writing: new WritingDav(connection), service, collections, home, sendsInvitations });
}

interface Opened {
  readonly dav: ReadOnlyDav;
  readonly writing: WritingDav;
  readonly service: Service;
  readonly collections: DestinationCollections;
  /** Where collections are made. */
  readonly home: string;
  readonly sendsInvitations: boolean;
}

class DavDestinationSession implements DestinationSession {
  readonly namesWhatItMakes = true;
  readonly takingBack: TakingBack = {
    item: (item, made, how) => this.#takeBack(item, made, how),
    folder: (folder) => takeCollection({ dav: this.#dav, writing: this.#writing }, folder),
  };
  readonly #dav: ReadOnlyDav;
  readonly #writing: WritingDav;
  readonly #service: Service;
  readonly #collections: DestinationCollections;
  readonly #home: string;
  readonly #sendsInvitations: boolean;
  readonly #objects = new Map<string, DestinationObjects>();
  /** Transaction → what was found for it. */
  readonly #found = new Map<string, Twin | undefined>();

  constructor({ dav, writing, service, collections, home, sendsInvitations }: Opened) {
    this.#dav = dav;
    this.#writing = writing;
    this.#service = service;
    this.#collections = collections;
    this.#home = home;
    this.#sendsInvitations = sendsInvitations;
  }

  async probe(asked: RestoreItem, run: RunContext): Promise<'absent' | 'same-name' | 'identical'> {
    const item = objectBeside(asked);
    this.#requireKind(item);
    stopIfCancelled(run);
    if (isRoot(item)) return 'identical';
    const target = this.#collections.find(item);
    if (item.manifest.kind === 'folder') return target === undefined ? 'absent' : 'identical';
    if (target === undefined) return 'absent';
    const bytes = await wholeOf(item);
    return this.#step(item, async () => (await this.#twin(item, target, bytes))?.kind ?? 'absent');
  }

  async look(item: RestoreItem): Promise<Standing> {
    const twin = this.#found.get(transactionOf(item));
    return { isSameContent: twin?.kind === 'identical', isOlder: twin?.isOlder === true };
  }

  givingWay(item: RestoreItem): Made | undefined {
    const twin = this.#found.get(transactionOf(item));
    const target = this.#collections.find(item);
    const key = twin && target && keyIn(target.path, twin.path);
    // As the source that reads this account names it.
    return target && key !== undefined ? { folder: target.key, key, revision: twin?.etag?.replace(/^W\//, '') ?? '' } : undefined;
  }

  async write(asked: RestoreItem, how: 'create' | 'replace', run: RunContext): Promise<Written> {
    const item = objectBeside(asked);
    this.#requireKind(item);
    if (isRoot(item)) return {};
    // All of it first: a damaged item throws here, before the server has heard of it.
    const bytes = item.manifest.kind === 'folder' ? undefined : await wholeOf(item);
    stopIfCancelled(run);
    return this.#step(item, async () => {
      const target = this.#collections.find(item) ?? (await this.#collections.make(item, this.#writing, run));
      return bytes === undefined ? {} : this.#put(item, target, bytes, how);
    });
  }

  async folderOf(item: RestoreItem): Promise<string | undefined> {
    return isRoot(item) ? undefined : this.#collections.find(item)?.key;
  }

  async limits(): Promise<PlaceLimits> {
    return limitsOf(this.#dav, this.#home);
  }

  async readBack(asked: RestoreItem, made: Made | undefined): Promise<readonly Difference[] | 'missing'> {
    const bytes = await wholeOf(objectBeside(asked));
    const target = made && this.#collections.byKey(made.folder);
    if (made === undefined || target === undefined) return 'missing';
    return this.#step(asked, async () => {
      const there = await readObject(this.#dav, `${target.path}${encodeURIComponent(made.key)}`);
      if (there === undefined) return 'missing';
      if (Buffer.from(there.bytes).equals(bytes)) return [];
      return isSameObject(there.bytes, bytes) ? ['form'] : ['content'];
    });
  }

  async finish(): Promise<void> {}

  async close(): Promise<void> {
    this.#dav.close();
  }

  async #put(item: RestoreItem, target: Target, bytes: Uint8Array, how: 'create' | 'replace'): Promise<Written> {
    const twin = await this.#twin(item, target, bytes);
    if (twin !== undefined && how === 'create') throw writeFailed(item, 'it is there already');
    const objects = this.#objectsIn(target);
    const sent = this.#sendsInvitations ? withoutInvitations(bytes) : bytes;
    const name =
      twin === undefined ? freeObjectName(item, bytes, this.#service, await objects.names()) : keyIn(target.path, twin.path);
    const path = twin?.path ?? `${target.path}${encodeURIComponent(name ?? '')}`;
    // Without an etag there is no saying that it is still the one that was looked at.
    if (twin !== undefined && twin.etag === undefined) throw writeFailed(item, 'the server names no version of what is there');
    const etag = await this.#writing.put(path, sent, this.#service.contentType, twin?.etag ?? null);
    await objects.note(name ?? '', path, bytes, etag);
    this.#found.delete(transactionOf(item));
    const made: Made = { folder: target.key, key: name ?? '', revision: etag ?? '' };
    return { made };
  }

  async #takeBack(asked: RestoreItem, made: Made | undefined, how: 'look' | 'take'): Promise<TakenBack> {
    const item = objectBeside(asked);
    this.#requireKind(item);
    const bytes = await wholeOf(item);
    return this.#step(item, async () => {
      const target = made === undefined ? this.#collections.find(item) : this.#collections.byKey(made.folder);
      if (target === undefined) return 'gone';
      const place = { target, objects: this.#objectsIn(target), made, bytes };
      return takeObject({ dav: this.#dav, writing: this.#writing }, place, item, how);
    });
  }

  async #twin(item: RestoreItem, target: Target, bytes: Uint8Array): Promise<Twin | undefined> {
    const key = transactionOf(item);
    if (!this.#found.has(key)) this.#found.set(key, await this.#objectsIn(target).find(item, bytes, madeIn(target, item)));
    return this.#found.get(key);
  }

  #objectsIn({ key, path }: Target): DestinationObjects {
    const objects = this.#objects.get(key) ?? new DestinationObjects(this.#dav, this.#service, path);
    this.#objects.set(key, objects);
    return objects;
  }

  #requireKind({ manifest: { kind } }: RestoreItem): void {
    const isCalendar = this.#service.extension === '.ics';
    if (kind === 'folder' || (isCalendar ? ['event', 'task', 'note'].includes(kind) : kind === 'contact')) return;
    const reason = `${isCalendar ? 'a calendar' : 'an address book'} holds no items of kind ${kind}`;
    throw new StrataError('not.supported', 'never', { reason });
  }

  /** A refusal concerns the item; a lost connection ends the restore, because nobody knows whether the last object arrived. */
  async #step<T>(item: RestoreItem, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof Refused || error instanceof Unintelligible) throw writeFailed(item, error.message, error);
      throw error;
    }
  }
}

const madeIn = ({ key }: Target, { madeBefore }: RestoreItem): readonly Made[] =>
  (madeBefore ?? []).filter(({ folder }) => folder === key);

const isRoot = ({ manifest: { kind, name } }: RestoreItem): boolean => kind === 'folder' && name === '';

async function wholeOf({ content }: RestoreItem): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  // A piece may be valid only until the next is asked for.
  if (content !== undefined) for await (const chunk of content()) parts.push(chunk.slice());
  return Buffer.concat(parts);
}

/** What goes beside another has another key. */
const transactionOf = ({ manifest }: RestoreItem): string => `${manifest.item}.${manifest.version}.${manifest.key}`;

const writeFailed = ({ manifest }: RestoreItem, reason: string, cause?: unknown): StrataError =>
  new StrataError('restore.write-failed', 'later', { item: manifest.name, reason }, { cause });

import type { JsonObject, JsonValue } from '../../../src/shared/domain/json.ts';
import type { JmapEmulation } from './jmap-server.ts';

type Type = 'CalendarEvent' | 'ContactCard';

interface EmulatedObject {
  readonly collections: readonly string[];
  readonly text: string;
  readonly version: number;
}

/**
 * What the emulated JMAP server has beside mail: one kind of objects in collections, in the form of the standards (RFC 9610, and the draft of
 * JMAP for calendars) with the bytes that Cyrus adds to it. Changed by tests as they please.
 */
export class EmulatedObjects {
  readonly type: Type;
  readonly collections: string[];
  readonly objects = new Map<string, EmulatedObject>();
  readonly #happened: { readonly id: string; readonly what: 'created' | 'updated' | 'destroyed' }[] = [];
  #versions = 0;

  constructor(type: Type = 'ContactCard', collections: readonly string[] = ['home', 'work']) {
    this.type = type;
    this.collections = [...collections];
  }

  put(id: string, collections: readonly string[] = ['home'], text = cardOf(id)): void {
    this.#versions += 1;
    this.#happened.push({ id, what: this.objects.has(id) ? 'updated' : 'created' });
    this.objects.set(id, { collections, text, version: this.#versions });
  }

  remove(id: string): void {
    this.objects.delete(id);
    this.#happened.push({ id, what: 'destroyed' });
  }

  get state(): string {
    return `s${this.#happened.length}`;
  }

  /** What a server with them says and answers, to be mixed with what it has beside. */
  emulation(accounts: JsonObject = {}, more: JmapEmulation = {}): JmapEmulation {
    const capabilities = Object.fromEntries(this.capabilities.map((one) => [one, {}]));
    const core = { maxCallsInRequest: 16, maxObjectsInGet: 500, maxConcurrentRequests: 4, maxSizeRequest: 10_000_000 };
    const all = { 'urn:ietf:params:jmap:core': { ...core, ...more.limits }, 'urn:ietf:params:jmap:mail': {}, ...capabilities };
    return {
      ...more,
      session: {
        capabilities: all,
        accounts: { anna: { name: 'anna', isPersonal: true, accountCapabilities: all }, ...accounts },
        ...more.session,
      },
      method: (method, asked, usual) => {
        const ours = this.answer(method, asked, more.limits?.maxObjectsInGet ?? core.maxObjectsInGet) ?? usual;
        return more.method?.(method, asked, ours) ?? ours;
      },
      answer: (asked, response) => {
        const answered = more.answer?.(asked, response);
        const blob = /^\/blob\/anna\/v([^/?]+)\//.exec(asked.path)?.[1];
        if (answered !== undefined || blob === undefined) return answered;
        const found = [...this.objects.values()].find(({ version }) => String(version) === blob);
        return found === undefined ? { status: 404 } : { status: 200, body: found.text };
      },
    };
  }

  get capabilities(): readonly string[] {
    const name = this.type === 'ContactCard' ? 'contacts' : 'calendars';
    return [`urn:ietf:params:jmap:${name}`, `https://cyrusimap.org/ns/jmap/${name}`];
  }

  row(id: string): JsonObject {
    const { collections = [], text = '', version = 0 } = this.objects.get(id) ?? {};
    const lies = Object.fromEntries(collections.map((one) => [one, true]));
    return this.type === 'ContactCard'
      ? { id, addressBookIds: lies, 'cyrusimap.org:blobId': `v${version}`, 'cyrusimap.org:size': Buffer.byteLength(text) }
      : { id, calendarIds: lies, blobId: `v${version}` };
  }

  answer(method: string, { ids, position, limit, sinceState }: JsonObject, most: number): JsonObject | undefined {
    const all = [...this.objects.keys()];
    switch (method) {
      case this.type === 'ContactCard' ? 'AddressBook/get' : 'Calendar/get':
        return { state: 'c1', list: this.collections.map((id) => ({ id, name: id.toUpperCase(), sortOrder: 1 })) };
      case `${this.type}/get`: {
        const wanted = (ids ?? all) as readonly string[];
        if (wanted.length > most) return { type: 'requestTooLarge' };
        return { state: this.state, list: wanted.filter((id) => this.objects.has(id)).map((id) => this.row(id)), notFound: [] };
      }
      case `${this.type}/query`:
        return { total: all.length, ids: all.slice(Number(position), Number(position) + Number(limit)) };
      case `${this.type}/changes`:
        return this.#changes(String(sinceState));
      default:
        return undefined;
    }
  }

  #changes(since: string): JsonObject {
    const told = this.#happened.slice(Number(since.slice(1)));
    const of = (what: string): JsonValue => [...new Set(told.filter((one) => one.what === what).map(({ id }) => id))];
    return {
      ...{ oldState: since, newState: this.state, hasMoreChanges: false },
      ...{ created: of('created'), updated: of('updated'), destroyed: of('destroyed') },
    };
  }
}

export const cardOf = (id: string): string => `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${id}\r\nFN:Person ${id}\r\nEND:VCARD\r\n`;

import type { JsonObject } from '../../../shared/domain/json.ts';
import { type Answer, type WebConnection, wholeBody } from '../web-connection.ts';
import { keptTexts } from './collections.ts';
import { isRefused, Refused } from '../web-failure.ts';
import type { Service } from './service.ts';
import { calendarName, contactsName, davName, element, emptyElement, escapeXml, xmlDocument } from './xml.ts';

const answerBytes = 1024 * 1024;

/** What changes an account. Nothing of it is asked twice by itself: nobody knows what became of the first time. */
export class WritingDav {
  readonly #connection: WebConnection;

  constructor(connection: WebConnection) {
    this.#connection = connection;
  }

  /** `etag` null: only where nothing is there. Returns the new one where the server says it. */
  async put(path: string, bytes: Uint8Array, contentType: string, etag: string | null): Promise<string | undefined> {
    const condition: Record<string, string> = etag === null ? { 'if-none-match': '*' } : { 'if-match': etag };
    // Heeded by some servers for more than the deleting that the standard has it for (RFC 6638, section 8.1).
    const headers = { ...condition, 'content-type': contentType, 'schedule-reply': 'F' };
    const answer = await this.#do({ method: 'PUT', path, headers, body: bytes });
    return answer.headers.etag;
  }

  /** `etag`: only while it is still that one. Null: a collection, which has none. */
  async remove(path: string, etag: string | null): Promise<void> {
    const condition: Record<string, string> = etag === null ? {} : { 'if-match': etag };
    // Nobody is told that what a restore made has gone (RFC 6638, section 8.1).
    await this.#do({ method: 'DELETE', path, headers: { ...condition, 'schedule-reply': 'F' } });
  }

  /** With all properties that it had, or else as many as the server takes. Returns how many it did not. */
  async makeCollection(path: string, service: Service, name: string, was: JsonObject): Promise<number> {
    const needed = [element(davName('displayname'), escapeXml(name)), ...componentsOf(was)];
    const wished = propertiesOf(service, was);
    try {
      await this.#make(path, service, [...needed, ...wished]);
      return 0;
    } catch (error) {
      if (!isRefused(error) || wished.length === 0) throw error;
    }
    await this.#make(path, service, needed);
    let refused = 0;
    for (const property of wished) if (!(await this.#setProperty(path, property))) refused += 1;
    return refused;
  }

  async #make(path: string, service: Service, properties: readonly string[]): Promise<void> {
    const set = (type: readonly string[]): string =>
      element(davName('set'), element(davName('prop'), [...type, ...properties].join('')));
    const isCalendar = service.extension === '.ics';
    const kind = element(davName('resourcetype'), emptyElement(davName('collection')) + emptyElement(service.collection));
    const answer = await this.#do({
      method: isCalendar ? 'MKCALENDAR' : 'MKCOL',
      path,
      headers: { 'content-type': 'application/xml; charset=utf-8' },
      body: xmlDocument(isCalendar ? element(calendarName('mkcalendar'), set([])) : element(davName('mkcol'), set([kind]))),
    });
    // Anything else tells of properties that were not taken, and then nothing was made (RFC 5689, section 3).
    if (answer.status !== 201 && answer.status !== 200) throw new Refused(answer.status);
  }

  async #setProperty(path: string, property: string): Promise<boolean> {
    const update = element(davName('propertyupdate'), element(davName('set'), element(davName('prop'), property)));
    try {
      await this.#do({
        method: 'PROPPATCH',
        path,
        headers: { 'content-type': 'application/xml; charset=utf-8' },
        body: xmlDocument(update),
      });
      return true;
    } catch (error) {
      if (!isRefused(error)) throw error;
      return false;
    }
  }

  async #do(request: Parameters<WebConnection['ask']>[0]): Promise<Answer> {
    const answer = await this.#connection.ask(request, false);
    await wholeBody(answer, answerBytes);
    return answer;
  }
}

function componentsOf(was: JsonObject): string[] {
  const { components } = was;
  if (!Array.isArray(components) || components.length === 0) return [];
  const named = (components as readonly unknown[]).filter((one) => typeof one === 'string');
  const comps = named.map((name) => element(calendarName('comp'), '', ` name="${escapeXml(name)}"`));
  return [element(calendarName('supported-calendar-component-set'), comps.join(''))];
}

/** Beside its name: for an address book the second of two properties that hold the same. */
function propertiesOf(service: Service, was: JsonObject): string[] {
  const isCalendar = service.extension === '.ics';
  const texts = Object.entries(keptTexts).flatMap(([kept, names]) => {
    const text = was[kept];
    const name = isCalendar ? names[0] : names.find((one) => one.startsWith(contactsName('')) || one.includes('addressbook'));
    return kept === 'displayName' || typeof text !== 'string' || name === undefined ? [] : [element(name, escapeXml(text))];
  });
  const { transparency } = was;
  if (!isCalendar || typeof transparency !== 'string' || !/^[a-z]+$/.test(transparency)) return texts;
  return [...texts, element(calendarName('schedule-calendar-transp'), emptyElement(calendarName(transparency)))];
}

import type { JsonObject } from '../../../shared/domain/json.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import type { Answer, WebConnection } from '../web-connection.ts';
import { wholeBody } from '../web-connection.ts';
import { Refused, Unintelligible } from '../web-failure.ts';
import type { Found } from './discovery.ts';
import type { JmapLimits } from './limits.ts';
import type { JmapAccount } from './accounts.ts';
import { core, filledIn, type JmapSession, mail } from './session-object.ts';
import { list, said, type Said, text } from './values.ts';

/** All that is ever asked of the API. */
const looks = [
  ...(['Mailbox/get', 'Mailbox/changes', 'Email/get', 'Email/query', 'Email/changes'] as const),
  ...(['Calendar/get', 'Calendar/changes', 'CalendarEvent/get', 'CalendarEvent/query', 'CalendarEvent/changes'] as const),
  ...(['AddressBook/get', 'AddressBook/changes', 'ContactCard/get', 'ContactCard/query', 'ContactCard/changes'] as const),
  ...([
    'Contact/get',
    'Contact/query',
    'Contact/changes',
    'ContactGroup/get',
    'ContactGroup/query',
    'ContactGroup/changes',
  ] as const),
] as const;
export type Look = (typeof looks)[number];
export type Question = readonly [method: Look, asked: JsonObject];

/** A method that answers with an error (RFC 8620, section 3.6.2). */
export class MethodRefused extends Refused {
  readonly type: string;

  constructor(method: string, type: string) {
    super(200, type);
    this.message = `${method}: ${type}`;
    this.type = type;
  }
}

export const isMethodRefused = (error: unknown, ...types: readonly string[]): error is MethodRefused =>
  error instanceof MethodRefused && types.includes(error.type);

/** The server has too much to do, or we ask too much at once: told to come back later, so many times. */
const busyTries = 4;

/** What all accounts of a session have in common. */
interface Way {
  readonly api: WebConnection;
  readonly downloads: WebConnection;
  /** Where the session object was: addresses in it may be relative to that. */
  readonly path: string;
  readonly session: JmapSession;
  readonly limits: JmapLimits;
  readonly run: Pick<RunContext, 'clock' | 'signal'>;
  /** One request of the API at a time: below the limit of any server (`maxConcurrentRequests`). */
  turn: Promise<unknown>;
}

/**
 * An account that can be looked at and nothing else: whoever holds this has no way to a method that writes, nor to an upload.
 * Each question may be asked twice without harm.
 */
export class ReadOnlyJmap {
  readonly account: JmapAccount;
  readonly #way: Way;
  readonly #using: readonly string[];

  private constructor(way: Way, account: JmapAccount, using: readonly string[]) {
    this.#way = way;
    this.account = account;
    this.#using = using;
  }

  /** The user's own account, and its mail. */
  static over(
    { api, downloads }: { readonly api: WebConnection; readonly downloads: WebConnection },
    { session, path }: Found,
    limits: JmapLimits,
    run: Pick<RunContext, 'clock' | 'signal'>,
  ): ReadOnlyJmap {
    return new ReadOnlyJmap({ api, downloads, path, session, limits, run, turn: Promise.resolve() }, session.own, [mail]);
  }

  /** Another account of the same session. */
  of(account: JmapAccount): ReadOnlyJmap {
    return new ReadOnlyJmap(this.#way, account, this.#using);
  }

  /** Other things of the same account: those that these capabilities are about. */
  using(capabilities: readonly string[]): ReadOnlyJmap {
    return new ReadOnlyJmap(this.#way, this.account, capabilities);
  }

  get origin(): URL {
    return this.#way.api.origin;
  }

  get session(): JmapSession {
    return this.#way.session;
  }

  get limits(): JmapLimits {
    return this.#way.limits;
  }

  /** Objects in one question: what the server allows, and no more than its longest request has room for. */
  get objects(): number {
    const { mostObjects, mostBytes } = this.session;
    return Math.max(1, Math.min(mostObjects, this.limits.emails, Math.floor((mostBytes - roomForRest) / bytesPerId)));
  }

  /** The answers in the order of the questions; in as few requests as the server lets it be. */
  async ask(...questions: readonly Question[]): Promise<readonly Said[]> {
    const answers: Said[] = [];
    for (let at = 0; at < questions.length; at += this.session.mostCalls)
      answers.push(...(await this.#inTurn(questions.slice(at, at + this.session.mostCalls))));
    return answers;
  }

  /** The message or object as it came, of which nobody changed a byte. To be read, or discarded. */
  download(blobId: string, name = 'message.eml'): Promise<Answer> {
    const { session, downloads, path } = this.#way;
    const asked = { accountId: this.account.id, blobId, name, type: 'application/octet-stream' };
    const target = downloads.targetOf(filledIn(session.downloadUrl, asked), path);
    return downloads.ask({ method: 'GET', path: target, headers: { accept: '*/*' } }, true);
  }

  /** What lies at an address that the server names for an object, on the host that we speak to. To be read, or discarded. */
  async at(address: string): Promise<Answer> {
    const { api, path } = this.#way;
    return api.ask({ method: 'GET', path: api.targetOf(address, path), headers: { accept: '*/*' } }, true);
  }

  /** RFC 8620, section 7.3: says what changed as long as it stays open. Undefined: there is nothing of the kind. */
  async events(types: readonly string[], pingSeconds: number): Promise<Answer | undefined> {
    const { api, path, session } = this.#way;
    if (session.eventSourceUrl === undefined) return undefined;
    const url = filledIn(session.eventSourceUrl, { types: types.join(','), closeafter: 'no', ping: String(pingSeconds) });
    const target = api.targetOf(url, path);
    const answer = await api.ask({ method: 'GET', path: target, headers: { accept: 'text/event-stream' } }, true);
    if (answer.status === 200 && /^text\/event-stream\b/i.test(answer.headers['content-type'] ?? '')) return answer;
    answer.discard();
    return undefined;
  }

  close(): void {
    this.#way.api.close();
    this.#way.downloads.close();
  }

  #inTurn(questions: readonly Question[]): Promise<readonly Said[]> {
    const answered = this.#way.turn.then(() => this.#patiently(questions));
    // Told to who asked; who comes next asks all the same.
    this.#way.turn = answered.catch(() => undefined);
    return answered;
  }

  async #patiently(questions: readonly Question[]): Promise<readonly Said[]> {
    const { run } = this.#way;
    for (let tries = 1; ; tries++) {
      try {
        return await this.#once(questions);
      } catch (error) {
        const isBusy = isMethodRefused(error, 'serverUnavailable') || (error instanceof Refused && error.condition === 'limit');
        if (!isBusy) throw error;
        if (tries === busyTries)
          throw new StrataError('source.throttled', 'later', { host: this.origin.hostname }, { cause: error });
        await run.clock.sleep(this.limits.retryAfterMs * 2 ** tries, run.signal);
      }
    }
  }

  async #once(questions: readonly Question[]): Promise<readonly Said[]> {
    const accountId = this.account.id;
    for (const [method] of questions)
      if (!looks.includes(method)) throw new TypeError(`${method} is not among what a backup may ask`);
    const body = JSON.stringify({
      using: [core, ...this.#using],
      methodCalls: questions.map(([method, asked], at) => [method, { accountId, ...asked }, String(at)]),
    });
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const { api, path, session } = this.#way;
    const answer = await api.ask({ method: 'POST', path: api.targetOf(session.apiUrl, path), headers, body }, true);
    const bytes = await wholeBody(answer, this.limits.answerBytes);
    if (bytes === undefined) throw new Unintelligible('too long');
    const responses = list(said(parsed(bytes), 'answer')['methodResponses'], 'methodResponses');
    return questions.map(([method], at) => answerTo(method, String(at), responses));
  }
}

/** Ids are 255 characters at most; quotes and a comma. */
const bytesPerId = 258;
const roomForRest = 1024;

function answerTo(method: Look, callId: string, responses: readonly unknown[]): Said {
  const response = responses.map((one) => list(one, 'response')).find((one) => one[2] === callId);
  if (response === undefined) throw new Unintelligible(`${method} was not answered`);
  const [name, content] = response;
  const answer = said(content, method);
  if (name === 'error') throw new MethodRefused(method, text(answer['type'], 'error').slice(0, 60));
  if (name !== method) throw new Unintelligible(`${method} was not answered`);
  return answer;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
  } catch (cause) {
    throw new Unintelligible('no JSON', { cause });
  }
}

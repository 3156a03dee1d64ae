import type { JsonObject } from '../../../shared/domain/json.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import type { Answer, WebConnection } from '../web-connection.ts';
import { wholeBody } from '../web-connection.ts';
import { Refused, Unintelligible } from '../web-failure.ts';
import type { Found } from './discovery.ts';
import type { JmapLimits } from './limits.ts';
import { core, filledIn, type JmapSession, mail } from './session-object.ts';
import { list, said, type Said, text } from './values.ts';

/** All that is ever asked of the API. */
const looks = ['Mailbox/get', 'Mailbox/changes', 'Email/get', 'Email/query', 'Email/changes'] as const;
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

/**
 * An account that can be looked at and nothing else: whoever holds this has no way to a method that writes, nor to an upload.
 * Each question may be asked twice without harm.
 */
export class ReadOnlyJmap {
  readonly origin: URL;
  readonly session: JmapSession;
  readonly limits: JmapLimits;
  readonly #connection: WebConnection;
  readonly #downloads: WebConnection;
  readonly #path: string;
  readonly #api: string;
  readonly #run: Pick<RunContext, 'clock' | 'signal'>;
  /** One request of the API at a time: below the limit of any server (`maxConcurrentRequests`). */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    { api, downloads }: { readonly api: WebConnection; readonly downloads: WebConnection },
    { session, path }: Found,
    limits: JmapLimits,
    run: Pick<RunContext, 'clock' | 'signal'>,
  ) {
    this.origin = api.origin;
    this.session = session;
    this.limits = limits;
    this.#connection = api;
    this.#downloads = downloads;
    this.#path = path;
    this.#api = api.targetOf(session.apiUrl, path);
    this.#run = run;
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

  /** The message as it came, of which nobody changed a byte. To be read, or discarded. */
  download(blobId: string): Promise<Answer> {
    const { accountId, downloadUrl } = this.session;
    const url = filledIn(downloadUrl, { accountId, blobId, name: 'message.eml', type: 'application/octet-stream' });
    const path = this.#downloads.targetOf(url, this.#path);
    return this.#downloads.ask({ method: 'GET', path, headers: { accept: '*/*' } }, true);
  }

  /** RFC 8620, section 7.3: says what changed as long as it stays open. Undefined: there is nothing of the kind. */
  async events(pingSeconds: number): Promise<Answer | undefined> {
    const { eventSourceUrl } = this.session;
    if (eventSourceUrl === undefined) return undefined;
    const url = filledIn(eventSourceUrl, { types: 'Email,Mailbox', closeafter: 'no', ping: String(pingSeconds) });
    const path = this.#connection.targetOf(url, this.#path);
    const answer = await this.#connection.ask({ method: 'GET', path, headers: { accept: 'text/event-stream' } }, true);
    if (answer.status === 200 && /^text\/event-stream\b/i.test(answer.headers['content-type'] ?? '')) return answer;
    answer.discard();
    return undefined;
  }

  close(): void {
    this.#connection.close();
    this.#downloads.close();
  }

  #inTurn(questions: readonly Question[]): Promise<readonly Said[]> {
    const answered = this.#turn.then(() => this.#patiently(questions));
    // Told to who asked; who comes next asks all the same.
    this.#turn = answered.catch(() => undefined);
    return answered;
  }

  async #patiently(questions: readonly Question[]): Promise<readonly Said[]> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#once(questions);
      } catch (error) {
        const isBusy = isMethodRefused(error, 'serverUnavailable') || (error instanceof Refused && error.condition === 'limit');
        if (!isBusy) throw error;
        if (tries === busyTries)
          throw new StrataError('source.throttled', 'later', { host: this.origin.hostname }, { cause: error });
        await this.#run.clock.sleep(this.limits.retryAfterMs * 2 ** tries, this.#run.signal);
      }
    }
  }

  async #once(questions: readonly Question[]): Promise<readonly Said[]> {
    const { accountId } = this.session;
    for (const [method] of questions)
      if (!looks.includes(method)) throw new TypeError(`${method} is not among what a backup may ask`);
    const body = JSON.stringify({
      using: [core, mail],
      methodCalls: questions.map(([method, asked], at) => [method, { accountId, ...asked }, String(at)]),
    });
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const answer = await this.#connection.ask({ method: 'POST', path: this.#api, headers, body }, true);
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
